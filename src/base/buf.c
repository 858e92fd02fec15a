#include "base/buf.h"

#include <math.h>

#include "base/tuning.h"

void buf_init(struct buf *b, size_t max_bytes)
{
    *b = (struct buf){ .max = max_bytes };
}

void buf_clear(struct buf *b)
{
    mem_free(b->p);
    buf_init(b, b->max);
}

void buf_reset(struct buf *b)
{
    mem_wipe(b->p, b->n);
    b->n = 0;
}

err buf_grow(struct buf *b, size_t more)
{
    size_t need;
    if (!size_add(b->n, more, &need) || need > b->max) return ERR_LIMIT;

    /* Half as much again: with doubling a buffer near its limit would hold twice what it may. */
    size_t cap = b->cap + b->cap / 2;
    cap = MIN(MAX(MAX(cap, need), tune.buf_first), b->max);
    char *p = mem_resize(b->p, cap);
    if (!p) return ERR_MEMORY;
    b->p = p;
    b->cap = cap;
    return OK;
}

err buf_add_char(struct buf *b, char c)
{
    err e = buf_reserve(b, 1);
    if (e) return e;
    b->p[b->n++] = c;
    return OK;
}

err buf_add_u64_pad(struct buf *b, uint64_t n, int width)
{
    char digits[20]; /* of UINT64_MAX */
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    size_t used = sizeof digits - at;
    size_t zeros = width > 0 && (size_t)width > used ? (size_t)width - used : 0;
    err e = buf_reserve(b, zeros + used);
    if (e) return e;
    if (zeros) memset(b->p + b->n, '0', zeros);
    memcpy(b->p + b->n + zeros, digits + at, used);
    b->n += zeros + used;
    return OK;
}

err buf_add_u64(struct buf *b, uint64_t n)
{
    return buf_add_u64_pad(b, n, 0);
}

err buf_add_fixed(struct buf *b, double x, int decimals)
{
    char text[352]; /* 309 digits of the largest double, sign, separator, 17 decimals */
    char *out = text;

    if (!isfinite(x)) return buf_add(b, VIEW("null"));
    int n = snprintf(text, sizeof text, "%.*f", MAX(0, MIN(decimals, 17)), x);
    BUG_IF(n <= 0 || (size_t)n >= sizeof text);
    /* A host program's locale may spell the decimal point otherwise, in one byte or more. */
    for (int i = 0; i < n; i++) {
        if (ascii_is_digit(text[i]) || text[i] == '-')
            *out++ = text[i];
        else if (out[-1] != '.')
            *out++ = '.';
    }
    return buf_add(b, view_between(text, out));
}

/* The two characters after the backslash's place in JSON's short escapes, or 0. */
static char json_short(unsigned char c)
{
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

/* Length of the run at p that may stand in a JSON string as it is, eight bytes at a time: a byte is
 * in the way when it is below 0x20, a quote or a backslash. */
static size_t json_clean(const char *p, size_t n)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
    size_t i = 0;

    for (; i + 8 <= n; i += 8) {
        uint64_t w, quote, slash;
        memcpy(&w, p + i, 8);
        quote = w ^ ones * '"';
        slash = w ^ ones * '\\';
        if ((((w - ones * 0x20) & ~w) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) &
            highs)
            break;
    }
    for (; i < n; i++)
        if ((unsigned char)p[i] < 0x20 || p[i] == '"' || p[i] == '\\') break;
    return i;
}

static err json_escape(struct buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char s[6] = { '\\', json_short(c) };
    if (s[1]) return buf_add(b, view_of(s, 2));
    memcpy(s + 1, "u00", 3);
    s[4] = hex[c >> 4];
    s[5] = hex[c & 15];
    return buf_add(b, view_of(s, 6));
}

err buf_add_json(struct buf *b, view v)
{
    err e = OK;
    size_t before = b->n, i = 0;

    TRY(buf_add_char(b, '"'));
    for (;;) {
        size_t run = json_clean(v.p + i, v.n - i);
        TRY(buf_add(b, view_of(v.p + i, run)));
        i += run;
        if (i == v.n) break;
        TRY(json_escape(b, (unsigned char)v.p[i++]));
    }
    TRY(buf_add_char(b, '"'));
out:
    if (e) {
        mem_wipe(b->p + before, b->n - before);
        b->n = before;
    }
    return e;
}
