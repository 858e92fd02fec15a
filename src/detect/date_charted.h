/* detect/date_charted.h — inside detect/date*.c: days that the layout of a chart tells, where they look like
 * fractions.   Threads: pure. */
#pragma once
#include "detect/date_context.h"

/* Are tokens first … last, a/b, the day of a log's line, of a result, of a dictation, or of what is named in the
 * same brackets? */
bool date_is_charted(const struct doc *d, uint32_t first, uint32_t last,
                     const struct date_context *c);
/* "D: 3/5 T: 3/6": the days of dictation and of transcription. */
bool date_is_dictated(const struct doc *d, uint32_t first, uint32_t last);
/* "BCx 2/2 GPC": so many of the bottles drawn, and what grew. */
bool date_is_bottles(const struct doc *d, uint32_t first, uint32_t last);
