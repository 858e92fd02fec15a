/* detect/name_signs_small.h — initials in small letters, where somebody signs for what was done, and a title with a letter.
 *
 *     alarm limits changed by mwt      TR band off 1410 lz      pt expired. js      nsg (cg)      gk rn
 *     init: cp      wit jmh      dict/abk trans/pq              Mr. K is stable      pt JR, 41      JM 41M dka
 *
 * Two or three small letters that no list knows, and that are no way, zone or unit; the letters of a title may be any.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Could token i be such letters? Asked before each of the calls, as most are not. */
static inline bool name_may_sign_small(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return (t->len - 2U < 2U) & ((t->flags & TOK_LOWER) != 0);
}
/* Looks at token i, behind a mark or a time, or the last of the document. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs_small(const struct doc *d, uint32_t i, const uint8_t *taken,
                              struct findings *out);
/* "Mr. K": the letter behind the title at token i. */
MUST_USE err name_titled_letter(const struct doc *d, uint32_t i, const uint8_t *taken,
                                struct findings *out);
/* "pt JR, 41", "pt JR's code", "JM 41M dka": two or three capitals at token i with what only a person has. */
MUST_USE err name_signs_aged(const struct doc *d, uint32_t i, const uint8_t *taken,
                             struct findings *out);
