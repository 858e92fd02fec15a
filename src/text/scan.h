/* text/scan.h — leaps over bytes that need no attention.
 *
 * All of them give the number of bytes before the first interesting one, or n. Sixteen bytes a step
 * with SSE2, fewer elsewhere; the answers are the same.   Threads: pure.
 */
#pragma once
#include "base/base.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static inline uint64_t scan_load(const char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return x;
}

/* To the first byte over 0x7F. */
static inline size_t scan_ascii(const char *p, size_t n)
{
    size_t i = 0;
#if defined(__SSE2__)
    for (; n - i >= 64; i += 64) {
        const __m128i *v = (const __m128i *)(const void *)(p + i);
        __m128i a = _mm_or_si128(_mm_loadu_si128(v), _mm_loadu_si128(v + 1));
        __m128i b = _mm_or_si128(_mm_loadu_si128(v + 2), _mm_loadu_si128(v + 3));
        if (_mm_movemask_epi8(_mm_or_si128(a, b))) break;
    }
    for (; n - i >= 16; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        int hit = _mm_movemask_epi8(v);
        if (hit) return i + (size_t)__builtin_ctz((unsigned)hit);
    }
#endif
    for (; n - i >= 8; i += 8)
        if (scan_load(p + i) & UINT64_C(0x8080808080808080)) break;
    while (i < n && (unsigned char)p[i] < 0x80)
        i++;
    return i;
}

/* To the first a or b. */
static inline size_t scan_to_either(const char *p, size_t n, char a, char b)
{
    size_t i = 0;
#if defined(__SSE2__)
    const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);
    for (; n - i >= 16; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        int hit = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(v, va), _mm_cmpeq_epi8(v, vb)));
        if (hit) return i + (size_t)__builtin_ctz((unsigned)hit);
    }
#endif
    while (i < n && p[i] != a && p[i] != b)
        i++;
    return i;
}

/* Is c a control character that is no white space? A NUL that JSON escaped splits a name for a program, and no reader
 * sees it. */
static inline bool scan_is_control(unsigned char c)
{
    return (c < ' ' && (c < '\t' || c > '\r')) || c == 0x7F;
}

#if defined(__SSE2__)
/* Which bytes are first … last? Moved to the top of the signed range by an addition that wraps, they are over a
 * bound that no other byte is over: one over 0x7F counts as negative. */
static inline __m128i scan_between(__m128i v, char first, char last)
{
    return _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(INT8_MAX - last))),
                          _mm_set1_epi8((char)(INT8_MAX - last + first - 1)));
}

/* Which bytes scan_to_special passes over. */
static inline __m128i scan_is_plain(const char *p)
{
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    const __m128i known = _mm_or_si128(scan_between(v, ' ', '~'), scan_between(v, '\t', '\r'));
    return _mm_andnot_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('&')), known);
}
#endif

/* To the first '&', control character or byte over 0x7F: whatever folding a text looks at. */
static inline size_t scan_to_special(const char *p, size_t n)
{
    size_t i = 0;
#if defined(__SSE2__)
    for (; n - i >= 64; i += 64) {
        const __m128i a = _mm_and_si128(scan_is_plain(p + i), scan_is_plain(p + i + 16));
        const __m128i b = _mm_and_si128(scan_is_plain(p + i + 32), scan_is_plain(p + i + 48));
        if (_mm_movemask_epi8(_mm_and_si128(a, b)) != 0xFFFF) break;
    }
    for (; n - i >= 16; i += 16) {
        const unsigned stop = 0xFFFF & ~(unsigned)_mm_movemask_epi8(scan_is_plain(p + i));
        if (stop) return i + (size_t)__builtin_ctz(stop);
    }
#endif
    while (i < n && (unsigned char)p[i] < 0x80 && p[i] != '&' &&
           !scan_is_control((unsigned char)p[i]))
        i++;
    return i;
}

#if defined(__SSE2__)
static inline __m128i scan_is_json_stop(const char *p)
{
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    const __m128i stop =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    return _mm_or_si128(stop, _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v));
}
#endif

/* To the first '"', '\\' or byte below 0x20: what ends the plain part of a JSON string. */
static inline size_t scan_json_plain(const char *p, size_t n)
{
    size_t i = 0;
#if defined(__SSE2__)
    for (; n - i >= 64; i += 64) {
        const __m128i a = _mm_or_si128(scan_is_json_stop(p + i), scan_is_json_stop(p + i + 16));
        const __m128i b =
            _mm_or_si128(scan_is_json_stop(p + i + 32), scan_is_json_stop(p + i + 48));
        if (_mm_movemask_epi8(_mm_or_si128(a, b))) break;
    }
    for (; n - i >= 16; i += 16) {
        const int hit = _mm_movemask_epi8(scan_is_json_stop(p + i));
        if (hit) return i + (size_t)__builtin_ctz((unsigned)hit);
    }
#else
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);
    for (; n - i >= 8; i += 8) {
        /* (x - 1) & ~x & 0x80 marks a zero byte; a false mark needs a true one below it. */
        uint64_t x = scan_load(p + i), q = x ^ (ones * '"'), s = x ^ (ones * '\\');
        uint64_t stop = ((q - ones) & ~q) | ((s - ones) & ~s) | ((x - ones * 0x20) & ~x);
        if (stop & tops) break;
    }
#endif
    while (i < n && p[i] != '"' && p[i] != '\\' && (unsigned char)p[i] >= 0x20)
        i++;
    return i;
}
