/* detect/name_small_told.h — names in small letters in a text that has capitals, where somebody jots who is told or asked.
 *
 *     ask amenta where her pills are     told kuno to hold it      hx via mojina (sis) and haydee (bro)
 *     ok to refill per anderle           spoke w daxa nickey re    lm for jabaley, no answer
 *     rtc apr 14, corvilla to schedule   pt of quenan              lives w ieuan      coach jemison
 *     mom mojina says, dtr nimax at bs   called re itzayana        what only a person does behind a word for kin
 *
 * The word before and the one behind leave nothing else to stand there; the name is on no list or above all a name.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Words that lead to one, besides those of name_small.h, for detect/route.h: *n of them. */
const view *name_small_told_words(size_t *n);
/* Could the word at token i be one of them, or one for kin with a name behind it? Most that are looked at in small letters
 * are kinds of houses and numbers. */
static inline bool name_small_may_tell(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) |
                           LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) | LEX(CUE_LICENSE) |
                           LEX(CUE_PHONE) | LEX(CUE_DEVICE) | LEX(CUE_VEHICLE) | LEX(CUE_DATE);
    const uint64_t bits = d->lex[i]->bits;
    if (!(d->tok[i].flags & TOK_LOWER) || bits & other || i + 1 >= d->n) return false;
    const struct lex_info *next = d->lex[i + 1];
    return !(bits & (LEX(RELATIVE) | LEX(CREDENTIAL))) || !next->bits ||
           MAX(next->given, next->surname) > next->word || bits & LEX(NAME_CUE); /* "pt of" */
}
/* The names in small letters that the word at token i leads to. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_small_told(const struct doc *d, uint32_t i, const uint8_t *taken,
                             struct findings *out);
