/* detect/date_value.h — inside detect/date*.c: a/b that a name before it makes a value: "IOP 12/14", "BiPAP 12/6
 * from 10/5", "ate 3/4".   Threads: pure. */
#pragma once
#include "detect/date_context.h"

/* Are tokens first … last the value of what is named before them, past other values and "was", "from", "->", or
 * the dose of a scale (">150" follows)? */
bool date_is_value(const struct doc *d, uint32_t first, uint32_t last);
/* Are they what bends, breathes or is counted between two bounds, of which the second would be a year: "flex 10/90",
 * "FiO2/PEEP 8/60, 10/50"? */
bool date_is_wide(const struct doc *d, uint32_t first, uint32_t last);
/* Are they a count of another kind than a day: how far somebody sees ("VA 6/9"), nodes ("pN1 (3/12)"), half a
 * strength ("1/2 NS"), so many days, weeks or months ("review in 6/12", "3/7 early"), the day of a course,
 * one of so many treatments ("fx 8/25", "HBO 10/30")? */
bool date_is_count(const struct doc *d, uint32_t first, uint32_t last);
/* "Klonopin 1/2", "Aldrete 8/10": straight after a medicine, a score that is called after someone, or the name of a
 * measured value, where a time of day says when it was given or read. `of_event`: a word of what happened stands
 * further before it, so that a measured value is told with its day: "last weight 3/4". */
bool date_is_after_measured(const struct doc *d, uint32_t first, bool of_event);
