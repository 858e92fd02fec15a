/* detect/date_named.h — inside detect/date*.c: a/b that a person, a facility or a clock beside it makes a day.
 *
 *     appt with Dieu 5/4, …        colonoscopy done at Tidewater Clinic 10/9, …
 *     signed out 3/2 by Farley     orders noted PWS 3/6       TXT 2/8 03:17
 *
 * Threads: pure. */
#pragma once
#include "detect/date_context.h"

/* `ends`: nothing that is counted or graded stands behind it. */
bool date_is_of_named(const struct doc *d, uint32_t first, uint32_t last,
                      const struct date_context *c, bool ends);
/* "baptized by Rev. Gashi 1.25": behind who did it. */
bool date_is_after_doer(const struct doc *d, uint32_t first);
