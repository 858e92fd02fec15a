/* base/view.h — a borrowed run of bytes: pointer and length, not terminated.
 *
 * A view never owns; whoever made it says how long it lives. `p` may be NULL only when `n` is 0.
 * ASCII case rules only: Unicode folding is text/fold.h.    Threads: pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct view {
    const char *p;
    size_t n;
} view;

#define VIEW(literal) ((view){ "" literal, sizeof(literal) - 1 })

static inline view view_of(const char *p, size_t n)
{
    return (view){ p, n };
}
/* The bytes between two places of a text, or from a symbol of the linker's to the one behind its data. */
static inline view view_between(const char *from, const char *end)
{
    return (view){ from, (size_t)(end - from) };
}
static inline view view_of_str(const char *s)
{
    return (view){ s, s ? strlen(s) : 0 };
}
/* Bytes [from, to) of v; both are clamped to v, so the result always lies inside it. */
static inline view view_sub(view v, size_t from, size_t to)
{
    if (to > v.n) to = v.n;
    if (from > to) from = to;
    return (view){ from ? v.p + from : v.p, to - from }; /* an empty view may point nowhere */
}
static inline bool view_eq(view a, view b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool view_starts(view v, view prefix)
{
    return v.n >= prefix.n && (prefix.n == 0 || memcmp(v.p, prefix.p, prefix.n) == 0);
}
static inline char ascii_lower(char c)
{
    return (c >= 'A' && c <= 'Z') ? (char)(c | 0x20) : c;
}
static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool ascii_is_alpha(char c)
{
    c = ascii_lower(c);
    return c >= 'a' && c <= 'z';
}
static inline bool ascii_is_hex(char c)
{
    c = ascii_lower(c);
    return ascii_is_digit(c) || (c >= 'a' && c <= 'f');
}
static inline bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
/* How many of its bytes are digits; are all, and is there one? */
size_t view_count_digits(view v);
bool view_is_digits(view v);
/* Equal but for the case of A–Z. */
bool view_eq_nocase(view a, view b);
static inline bool view_starts_nocase(view v, view prefix)
{
    return v.n >= prefix.n && view_eq_nocase((view){ v.p, prefix.n }, prefix);
}
int view_cmp_all(view a, view b);
/* Byte order, shorter first when one is a prefix of the other: -1, 0, 1. In a search most differ in their first
 * byte. */
static inline int view_cmp(view a, view b)
{
    if (a.n && b.n && a.p[0] != b.p[0])
        return (unsigned char)a.p[0] < (unsigned char)b.p[0] ? -1 : 1;
    return view_cmp_all(a, b);
}
/* The same with a string, whose end need not be looked for. */
static inline int view_cmp_str(view a, const char *b)
{
    for (size_t i = 0; i < a.n; i++)
        if (a.p[i] != b[i] || !b[i]) return (unsigned char)a.p[i] < (unsigned char)b[i] ? -1 : 1;
    return b[a.n] ? -1 : 0;
}
/* Offset of the first c at or after `from`, or v.n. */
size_t view_find_byte(view v, size_t from, char c);
/* Without ASCII white space at both ends. */
view view_trim(view v);
/* Decimal digits only, no sign, no overflow; false leaves *out as it was. */
bool view_to_u64(view v, uint64_t *out);
