/* detect/name_signs_described.h — letters of whom it is said how old they are: "CM is a 52-year-old man".
 *
 * Nothing but a person is so many years old, so that it does not matter what else the letters mean, but for those that
 * stand for any patient ("PT is a 64-year-old").   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is what follows token i as short as "is"? Asked before the next, as most is not. */
static inline bool name_may_be_described(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, (int64_t)i + 1);
    return t->kind == TOK_WORD && t->len <= 3;
}

/* Looks at token i, a word of two or three capitals. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs_described(const struct doc *d, uint32_t i, const uint8_t *taken,
                                  struct findings *out);
/* "52-year-old", "11-1/2 year old", "9 yo", "3 week old", "30-year male" from token i; not "10-year problem". */
bool name_signs_is_age(const struct doc *d, int64_t i);
