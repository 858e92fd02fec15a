/* detect/age_plain_inside.h — inside age_plain*.c: what its parts share.
 *
 *     age_plain.c         forms, years, sex, and what is said plainly
 *     age_plain_kin.c     by a relative before the number
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Does the clause end with the token before i? */
bool age_plain_is_closed(const struct doc *d, int64_t i);
/* Does it end behind number i, or go on with a word in small letters that is no unit: "94 and frail"? */
bool age_plain_is_told(const struct doc *d, int64_t i);
/* A mother, an aunt, siblings. */
bool age_plain_is_relative(const struct doc *d, int64_t i);
/* "Mother: 95, alive", "aunt, 94", "Father deceased (96)", "siblings 90, 92 and 87" */
bool age_plain_is_of_kin(const struct doc *d, int64_t i);
