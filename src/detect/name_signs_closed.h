/* detect/name_signs_closed.h — two or three capitals with which somebody closes what he wrote or did.
 *
 *     Keys to Roe. Count correct. YV 1:09pm⏎      behind the last sentence of an entry, with the time
 *     1234567 copied BW   copy to MS.   r/b SZT    behind what clerks do
 *     Flu clinic: L deltoid, ST.                   behind where it was given
 *     MenACWY   12/1/2016   LA   LC⏎               in the last column of a row of vaccines
 *     FAXED TO 555-0100 2/22/2004 BY RB.           who did it
 *
 * Never a measure, test or service.   Threads: pure. */
#pragma once
#include "detect/doc.h"
#include "detect/wordset.h"

/* The words that may stand before them. */
const struct wordset *name_signs_closers(void);
/* May token i close anything? Most letters are told by what stands beside them. */
static inline bool name_signs_may_close(const struct doc *d, const struct wordset *closers,
                                        uint32_t i)
{
    if (!i || i + 1 >= d->n) return i;
    const struct token *t = &d->tok[i], *before = t - 1;
    const unsigned last = (t[1].flags & TOK_LINE) != 0,
                   pair = (t[1].hash == '/') | (before->hash == '/');
    const unsigned timed = (t[1].kind == TOK_NUMBER) & (before->hash == '.');
    const unsigned sited = (before->hash == ',') & ((t[-2 + (i == 1)].flags & TOK_LOWER) != 0);
    return (last | pair | timed | sited | wordset_may_have(closers, before->hash)) != 0;
}

/* Looks at token i, a word of two or three capitals. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs_closed(const struct doc *d, uint32_t i, const uint8_t *taken,
                               struct findings *out);
