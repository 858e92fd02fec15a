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
 * are kinds of houses and numbers, and longer. */
static inline bool name_small_may_tell(const struct doc *d, uint32_t i)
{
    enum {
        LONGEST = 5,
        FIRST = 1 << 0 | 1 << 2 | 1 << 11 | 1 << 15 | 1 << 17 | 1 << 18 | 1 << 19 | 1 << 21
    };
    const struct token *t = &d->tok[i];
    if (!(t->flags & TOK_LOWER) || i + 1 >= d->n) return false;
    if (d->lex[i]->bits & LEX(RELATIVE)) {
        const struct lex_info *next = d->lex[i + 1];
        return !next->bits || MAX(next->given, next->surname) > next->word;
    }
    /* a, c, l, p, r, s, t, v */
    const uint32_t letter = (uint32_t)d->text.p[t->start] - 'a';
    return t->len <= LONGEST && letter < 26 && FIRST >> letter & 1;
}
/* The names in small letters that the word at token i leads to. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_small_told(const struct doc *d, uint32_t i, const uint8_t *taken,
                             struct findings *out);
