/* detect/name_handover.h — bare family names as colleagues say them to each other.
 *
 *     d/w Chen (cards)      Okoro, bed 4:      Rm 12 Osei      SW Otebe to call      Consults: ID (Bhatt)
 *     Pyun aware.           Tkache PGY4 covering for Rim       relieved by Le        Thanks,⏎Jashaw
 *     Yevgeny in micro      transport (Deshawn)      Corinne (monitor tech)      s/o Venkat      I am Raghu
 *
 * A family name alone is hardly known to any list, and a capital says little. What stands beside it in a
 * hand-over, a list or a letter stands beside people only.   Threads: pure.
 */
#pragma once
#include "detect/name_context.h"

enum { NAME_HANDOVER_POINTS = 8 }; /* of a cue that stands beside people only */

/* May the word at token i be a family name, as far as lists and case go? */
bool name_may_be_called(const struct doc *d, uint32_t i);
/* Is it a name much more than a word or a town, and nothing that an eponym, a maker or a service may be? */
bool name_is_usual(const struct doc *d, uint32_t i);
/* "Rm 873", "Bed 8:", "bed #4 -" up to token i: the token of the word, or -1. */
int64_t name_bed_before(const struct doc *d, int64_t i);
/* Adds to *c what stands before and after the run first … last. */
void name_handover(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c);
