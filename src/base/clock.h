/* base/clock.h — monotonic time and the calendar day. Threads: safe. */
#pragma once
#include "base/base.h"

uint64_t clock_mono_ns(void);
struct clock_utc {
    int year, month, day, hour, minute, second;
};
struct clock_utc clock_utc_now(void);
/* "2026-03-04T05:06:07Z" in `out`, which the view borrows. */
enum { CLOCK_STAMP = 80 };
view clock_utc_stamp(const struct clock_utc *t, char out[CLOCK_STAMP]);
