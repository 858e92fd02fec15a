/* detect/date_timed.h — inside detect/date*.c: a/b with a time of day behind it.   Threads: pure. */
#pragma once
#include "detect/date_context.h"

/* "at 2100", "@ 9am", "around 7:15", "2130", "PM" after token `last`. */
bool date_has_time(const struct doc *d, uint32_t last);
/* "Foley out 3/5 at 2100", "3/5 2130": is the time of tokens after `last` that of a day in first … last? Half a
 * tablet and four of five are given and read at a time too: a word of something that happened must stand before
 * it, or nothing at all in its line. */
bool date_is_timed(const struct doc *d, uint32_t first, uint32_t last,
                   const struct date_context *c);
/* "Dressing changed 3/5", "dc'd 3/5", "consented 3/5": straight after what was done; not after how much something
 * changed. */
bool date_is_done_then(const struct doc *d, uint32_t first);
