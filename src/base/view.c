#include "base/base.h"

size_t view_count_digits(view v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++)
        n += ascii_is_digit(v.p[i]);
    return n;
}

bool view_is_digits(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_digit(v.p[i])) return false;
    return v.n > 0;
}

bool view_eq_nocase(view a, view b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i])) return false;
    return true;
}

int view_cmp_all(view a, view b)
{
    size_t n = MIN(a.n, b.n);
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c != 0) return c < 0 ? -1 : 1;
    return a.n < b.n ? -1 : a.n > b.n;
}

size_t view_find_byte(view v, size_t from, char c)
{
    if (from >= v.n) return v.n;
    const char *at = memchr(v.p + from, (unsigned char)c, v.n - from);
    return at ? (size_t)(at - v.p) : v.n;
}

view view_trim(view v)
{
    size_t from = 0, to = v.n;
    while (from < to && ascii_is_space(v.p[from]))
        from++;
    while (to > from && ascii_is_space(v.p[to - 1]))
        to--;
    return view_sub(v, from, to);
}

bool view_to_u64(view v, uint64_t *out)
{
    uint64_t n = 0;
    if (v.n == 0) return false;
    for (size_t i = 0; i < v.n; i++) {
        if (!ascii_is_digit(v.p[i])) return false;
        if (__builtin_mul_overflow(n, UINT64_C(10), &n)) return false;
        if (__builtin_add_overflow(n, (uint64_t)(v.p[i] - '0'), &n)) return false;
    }
    *out = n;
    return true;
}
