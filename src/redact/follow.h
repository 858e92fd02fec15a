/* redact/follow.h — what is left of a name becomes what is left of its surrogate.
 *
 *     John Smith      David Brown
 *     J. Smith, JS    D. Brown, DB         the surrogate's own letters
 *     jsmith@…        dbrown@…
 *
 * Whose a letter is, redact/persons.h says. One that is nobody's, or could be several persons', is permuted among the 26
 * (name_pool_initial), as it is where no person is known.
 * docs/adr/0013-initials.md says what that tells.   Threads: as struct rewrite.
 */
#pragma once
#include "redact/persons.h"
#include "redact/rewrite.h"

/* The persons of the text in hand; NULL when nobody is known. Whoever asks follows them: his value is not remembered
 * (redact/value_memo.h). */
MUST_USE err follow_persons(struct rewrite *r, const struct persons **out);

enum { FOLLOW_LETTERS_MAX = 3, FOLLOW_LOGIN_ROOM = 128 };
/* What the letters of each word become, in lower case; 0: nobody's. */
struct followed {
    char letter[NAME_WORDS_MAX][FOLLOW_LETTERS_MAX];
    const struct persons
        *login; /* the value is one word, and who is called so is in here; or NULL */
};
/* `part` is the finding's. Words that no list knows are marked as the given or family names that they are elsewhere in
 * the text. */
MUST_USE err follow_name(struct rewrite *r, struct name_words *ws, struct followed *out);

/* "j.smith", "john.s": the answer to words that do not say which of them is the family's. */
void follow_letters(const struct persons *p, struct person_words *asked, struct person_answer *out);
/* "jsmith": in lower case, or each part with a capital. False when it is nobody's. */
bool follow_login(struct keyed_domain *keys, const struct persons *p, view key, bool capitals,
                  char out[FOLLOW_LOGIN_ROOM], size_t *n);
/* What a letter becomes that stands for the word, or for nobody's (NULL). */
char follow_letter(struct keyed_domain *keys, const struct person_word *of, char letter);
