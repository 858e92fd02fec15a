/* deid/score_words.h — the words and characters that scoring treats apart.
 *
 * Three expressions decide what an identifier's own words are, what a cue beside it is, and what is
 * only an age or a year. They, and the character classes, are those that Python's `re` and `str`
 * have, so that scores can be compared with those of scripts: \w is letters, numbers and "_";
 * letters match without case as there (i also matches U+0130 and U+0131). Threads: one owner at a
 * time (matching needs scratch).
 */
#pragma once
#include "base/arena.h"

enum score_expr {
    SCORE_GENERIC, /* words inside a value that name no one: Hospital, Clinic, Dr, MRN … */
    SCORE_CUE,     /* words before a value that may be covered with it: Dr., MRN, phone … */
    SCORE_AGE,     /* a whole value that is only an age, a year or a duration */
    SCORE_FINAL_SIGMA,
    SCORE_EXPR_COUNT
};

struct score_words;
/* ERR_MEMORY. */
MUST_USE err score_words_new(struct score_words **out);
void score_words_free(struct score_words *w); /* NULL is fine */

/* The next match of x in text[0 … text.n) that begins at or after *from (bytes, on a character
 * border); what stands before *from is seen by \b. *found tells; then [*start, *end) is the match
 * and *from is its end. ERR_LIMIT when the expression takes too many steps. */
MUST_USE err score_words_next(const struct score_words *w, enum score_expr x, view text,
                              size_t *from, bool *found, size_t *start, size_t *end);

bool score_is_alnum(uint32_t cp); /* letters and numbers, as Python's str.isalnum */

/* Python's text.lower() as code points, in the arena: U+0130 becomes two, a capital sigma that ends
 * a word becomes a final one. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err score_lower(const struct score_words *w, view text, struct arena *a, uint32_t **out,
                         size_t *n);
