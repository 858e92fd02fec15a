/* base/sorted.h — where in an ordered list something would stand.
 *
 *     static bool is_before(const void *element, const void *what)   the element comes before it
 *     uint32_t at = sorted_first(list, n, sizeof *list, &what, is_before);
 *
 * The index of the first element that does not come before `what`; n when all do. With "not behind" in place of
 * "before" it is the first that comes behind it, and the one ahead of that the last that does not.
 * `list` and `what` are borrowed for the call; `list` may be NULL when n is 0.   Threads: pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline uint32_t sorted_first(const void *list, uint32_t n, size_t size, const void *what,
                                    bool (*is_before)(const void *element, const void *what))
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (is_before((const char *)list + (size_t)mid * size, what))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
