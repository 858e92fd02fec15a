/* text/utf8.c — UTF-8 by the table of RFC 3629; ASCII is leapt over. */
#include "text/utf8.h"

#include "text/scan.h"

static inline bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Length of the well-formed sequence at p (first byte over 0x7F), or 0. */
static inline size_t sequence(const unsigned char *p, size_t n)
{
    unsigned char c = p[0];
    if (c < 0xC2) return 0; /* a tail byte, or C0 and C1: overlong */
    if (c < 0xE0) return n >= 2 && is_tail(p[1]) ? 2 : 0;
    if (c < 0xF0) {
        if (n < 3 || !is_tail(p[1]) || !is_tail(p[2])) return 0;
        if (c == 0xE0 && p[1] < 0xA0) return 0; /* overlong */
        if (c == 0xED && p[1] > 0x9F) return 0; /* surrogate */
        return 3;
    }
    if (c > 0xF4 || n < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3])) return 0;
    if (c == 0xF0 && p[1] < 0x90) return 0; /* overlong */
    if (c == 0xF4 && p[1] > 0x8F) return 0; /* over U+10FFFF */
    return 4;
}

size_t utf8_bad_at(view v)
{
    const unsigned char *p = (const unsigned char *)v.p;
    size_t i = 0;
    while (i < v.n) {
        if (p[i] < 0x80) {
            i += scan_ascii(v.p + i, v.n - i);
            continue;
        }
        size_t len = sequence(p + i, v.n - i);
        if (len == 0) return i;
        i += len;
    }
    return v.n;
}

bool utf8_is_ascii(view v)
{
    return v.n == 0 || scan_ascii(v.p, v.n) == v.n;
}

uint32_t utf8_next(view v, size_t *pos)
{
    const unsigned char *p = (const unsigned char *)v.p + *pos;
    uint32_t c = p[0];
    if (c < 0x80) {
        *pos += 1;
        return c;
    }
    if (c < 0xE0) {
        *pos += 2;
        return (c & 0x1F) << 6 | (p[1] & 0x3Fu);
    }
    if (c < 0xF0) {
        *pos += 3;
        return (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    *pos += 4;
    return (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

size_t utf8_count(view v)
{
    size_t i = 0, tails = 0;
    for (; v.n - i >= 8; i += 8) {
        /* Bit 7 set and bit 6 clear: a tail byte. */
        uint64_t x = scan_load(v.p + i);
        uint64_t one = (x >> 7) & (~x >> 6) & UINT64_C(0x0101010101010101);
        tails += (size_t)((one * UINT64_C(0x0101010101010101)) >> 56);
    }
    for (; i < v.n; i++)
        tails += is_tail((unsigned char)v.p[i]);
    return v.n - tails;
}

size_t utf8_put(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        BUG_IF(cp >= 0xD800 && cp <= 0xDFFF);
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    BUG_IF(cp > 0x10FFFF);
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}
