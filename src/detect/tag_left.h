/* detect/tag_left.h — days and codes that the best tags left, looked at again.
 *
 *     Sarkis clinic cancelled 9.24; moved      Mail pharmacy ships 10/12 to      Print W01XPDAXDT on consent
 *
 * Of all ways to tag a window the best has an identifier fewer more often than not where the model is of two minds. A
 * form that hardly anything else has needs less of a chance than half to be part of one.
 * Threads: pure. */
#pragma once
#include "detect/code.h"

/* "10/12", "9.24", "3-5" at NUMBER token first, which stands apart and has no shield: a month and a day in form. */
bool tag_left_is_pair(const struct doc *d, uint32_t first);
/* Could it be one, with no sign that it is measured or counts? */
bool tag_left_may_be_day(const struct doc *d, uint32_t first);
/* May such a pair be a finding, with so much of a chance to be part of one? `beside`: what stands before it is found. */
bool tag_left_is_day(const struct doc *d, uint32_t first, float inside, bool beside);
/* Has the code letters and digits mixed, as nothing of medicine has? */
bool tag_left_may_be_code(const struct doc *d, const struct code *c);
/* May such a code be a finding? */
bool tag_left_is_code(const struct doc *d, const struct code *c, float inside);
