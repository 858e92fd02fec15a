/* detect/age_plain.h — inside detect/age*.c: ages over 89 in the plain words and short forms of hurried people.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is the number at token i, which is over 89 and no limit, an age by the words around it?
 *
 *     Age (yrs): 95    Age at visit: 91    "age": 92    Sex/Age: F/93    Yrs: 95
 *     94 years         93y4m               her 94 years
 *     94 female, fell  female, 94, found   W/F, 94      (94F)            P14, F, 94
 *     Mother: 95       aunt, 94            Mat GM 99    Father deceased (96)
 *     going on 97      claims to be 93     who is 94    At 94, surgery   making her 94
 *
 * Not after a vital sign or a laboratory value, and not where something is counted by it. */
bool age_is_plain(const struct doc *d, int64_t i);
/* "looks younger than 94", "younger than her 94 years": of a person, so that "than" sets no limit. */
bool age_is_looked(const struct doc *d, int64_t i);
/* "90s F", "mid 90s female": a decade by the sex behind it, whose plural ends at token `s`. */
SELDOM bool age_is_decade_of_sex(const struct doc *d, int64_t i, int64_t s);
