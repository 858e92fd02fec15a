/* detect/date_stamped.h — inside detect/date*.c: days as labels, stamps and loggers print them.
 *
 *     AUG19   Sept8        a month joined to its day or year; some are genes and what stains them
 *     Date 241112          the year first
 *     3/5/'10              a year cut down, with the sign for it
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is the number at token i, which is joined to what is before it, the day of a month there? *f: its finding. */
SELDOM bool date_read_glued(const struct doc *d, uint32_t i, struct finding *f);
/* Is the number of six digits at token i a day? *f: its finding. */
SELDOM bool date_read_year_first(const struct doc *d, uint32_t i, struct finding *f);
/* Do the numbers from token i on read "11/23/'25"? *f: their finding, *last: their last token. */
bool date_read_cut_year(const struct doc *d, uint32_t i, struct finding *f, uint32_t *last);
