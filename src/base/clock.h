/* base/clock.h — monotonic time and the calendar day. Threads: safe. */
#pragma once
#include "base/base.h"

uint64_t clock_mono_ns(void);
struct clock_utc {
    int year, month, day, hour, minute, second;
};
struct clock_utc clock_utc_now(void);
