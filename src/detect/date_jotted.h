/* detect/date_jotted.h — inside detect/date*.c: a day jotted behind or before what happened then.
 *
 *     Answered Ada by portal 2/24: ferritin normal      Roommate tested positive 5.2      Last used 1/12 with
 *     Enrolled in hospice 5/8, Willow Hospice           --A. Mohr 8/8                     3/5 entry belongs to
 *
 * The words are such as no score, share or measure stands beside.   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Tokens first … last: two numbers apart by a '/', '-' or '.'. */
bool date_is_jotted(const struct doc *d, uint32_t first, uint32_t last);

/* Does a drug, something measured or the letters of a test stand before token `first` in its line, so that two numbers
 * with a '.' between are a value: "INR by CoaguChek 2.8"? */
SELDOM bool date_is_measured_before(const struct doc *d, uint32_t first);
