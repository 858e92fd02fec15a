#include "base/clock.h"

#include <stdio.h>
#include <time.h>

uint64_t clock_mono_ns(void)
{
    struct timespec t;
    BUG_IF(clock_gettime(CLOCK_MONOTONIC, &t) != 0);
    return (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec;
}

struct clock_utc clock_utc_now(void)
{
    time_t now = time(NULL);
    struct tm tm;
    BUG_IF(!gmtime_r(&now, &tm));
    return (struct clock_utc){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                               tm.tm_hour,        tm.tm_min,     tm.tm_sec };
}

view clock_utc_stamp(const struct clock_utc *t, char out[CLOCK_STAMP])
{
    int n = snprintf(out, CLOCK_STAMP, "%04d-%02d-%02dT%02d:%02d:%02dZ", t->year, t->month, t->day,
                     t->hour, t->minute, t->second);
    BUG_IF(n <= 0 || n >= CLOCK_STAMP);
    return view_of(out, (size_t)n);
}
