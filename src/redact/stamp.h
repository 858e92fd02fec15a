/* redact/stamp.h — dates as machines write them: 2021, 2021-03-12, 2021-03-12T14:30:00+02:00, 20210312143000.
 *
 * Messages, resources and tables hold these, and a replacement has to be one too. Dates that people
 * write are redact/date_shift.h.   Threads: pure.
 */
#pragma once
#include "base/base.h"

enum { STAMP_MAX = 64 }; /* bytes of a stamp, and of what is written for it */
struct stamp {
    int year, month, day;    /* month and day: 0 when it has none */
    bool is_compact;         /* 20210312 */
    bool has_time, has_zone; /* something stands behind the day; it ends with a zone */
    uint8_t date_end;        /* bytes of the year, month and day */
    uint8_t n;
    char text[STAMP_MAX];
};
/* False when v is anything else. Digits alone are taken for a date of the years 1800 to 2199 and 9999
 * only: other numbers are more often something else ("12312021"). A day that the calendar does not
 * have is no stamp. */
bool stamp_read(view v, struct stamp *out);
/* Moves it by days, in its own spelling; a month without a day as its 15th, a year alone not at all.
 * False, and nothing done, when it would leave the years 1 to 9999. */
bool stamp_move(struct stamp *s, int days);
static inline view stamp_view(const struct stamp *s)
{
    return view_of(s->text, s->n);
}
