/* redact/persons.h — the persons of a text, so that what is left of a name follows the one who bears it.
 *
 *     persons_new(&p, arena);
 *     persons_add(p, (struct person_part[]){ { VIEW("Smith, John R."), PART_WHOLE } }, 1);     each name of the text
 *     persons_close(p);
 *     persons_find(p, &asked, &answer);                    "J. Smith": whose J?
 *
 * Only who is meant is answered here, by the words of the originals; what becomes of a word is no concern of it. The
 * answer does not depend on the order in which the names came. A letter that several names of the text could stand
 * for is nobody's.
 *
 *     asked          is answered by
 *     J. Smith       John Smith, John Robert Smith
 *     J. R. Smith    John Robert Smith; by John Smith for the J, if nobody has the R
 *     John S.        John Smith
 *     Mr. S., Dr. S. John Smith, Dr. Anna Stone
 *     JS, JRS        John Smith, John R. Smith        the first given name to the first letter, a family name to the last
 *
 * Names with letters alone ("J. R. Smith") are persons too; their letters get the words that others tell.
 * Those whom many texts name (the clinicians of a bundle of ten thousand patients) are held once, closed, and each
 * text's own persons lie over them: what is answered is what one set of all would say.
 * Threads: one owner until persons_close, then immutable. Everything lies in the arena.
 */
#pragma once
#include "redact/name_words.h"

enum { PERSON_WORDS_MAX = 8 };
struct person_word {
    view key;    /* canonical; one letter is an initial */
    bool family; /* else given */
};
struct person_words {
    struct person_word w[PERSON_WORDS_MAX]; /* in any order */
    uint32_t n;
    bool is_clinician; /* by a title or credential beside the name */
    bool is_group; /* initials alone: those between the first and the last may be of either kind */
};
struct person_part {
    view text;
    uint8_t part;      /* enum finding_part */
    bool is_clinician; /* what it stands in says so */
};
struct person_answer {
    /* For each initial asked the word that it stands for, or NULL. Lives as long as the persons. */
    const struct person_word *of[PERSON_WORDS_MAX];
    bool any; /* somebody has such a name, whoever it is */
};

struct persons;
MUST_USE err persons_new(struct persons **out, struct arena *a);
/* Over those of `base`: borrowed as long as they live, closed, themselves over none; or NULL. */
MUST_USE err persons_new_over(struct persons **out, const struct persons *base, struct arena *a);
/* One person by what is written of the name, in parts or as a whole. What is no name adds nobody. OK or ERR_MEMORY. */
MUST_USE err persons_add(struct persons *p, const struct person_part *parts, uint32_t n);
MUST_USE err persons_close(struct persons *p);

void persons_find(const struct persons *p, const struct person_words *asked,
                  struct person_answer *out);
/* The same of initials alone, "jrs", which are also put into *asked. At most PERSON_WORDS_MAX. */
void persons_find_initials(const struct persons *p, view letters, struct person_words *asked,
                           struct person_answer *out);
/* The same of a family name alone, "Mr. S.", "Dr. S.": of those who are clinicians, or who are not, as asked. */
void persons_find_family(const struct persons *p, const struct person_words *asked,
                         struct person_answer *out);
/* As what the persons bear the word: their given names, their family names. */
struct person_uses {
    bool given, family;
};
struct person_uses persons_word(const struct persons *p, view key);
/* A name in one word, as people sign on: "jsmith", "jrsmith", "smithj", "johns", "johnsmith", "js". Its parts in
 * order, as they would be asked, into *out; n is 0 when nobody of the text is called so. key: canonical. */
void persons_login(const struct persons *p, view key, struct person_words *out,
                   struct person_answer *answer);

/* The words of a name as they are asked: NAME_WORD and NAME_INITIAL, in order. n is 0 when there are too many. A name
 * of one word and an initial without a comma gives the initial to the family ("Anna S."). */
void person_words_of(const struct name_words *ws, uint8_t part, struct person_words *out);
static inline bool person_is_initial(const struct person_word *w)
{
    return w->key.n == 1 && w->key.p[0] >= 'a' && w->key.p[0] <= 'z';
}

/* Who gives the persons of a text: asked when the first thing comes that could follow one of them. */
struct persons_source {
    /* NULL: nobody is known. Lives as long as the call to redact_text. OK, ERR_MEMORY or ERR_LIMIT. */
    err (*get)(void *ctx, const struct persons **out);
    void *ctx;
};
