/* text/token_one.h — the parts of text/token.h that its two files and their test share.
 *
 * The word hash is taken over the folded letters in 8-byte little-endian chunks, the last padded
 * with zeros, so that a short ASCII word costs one load, one OR (lower case) and one
 * multiplication.   Threads: pure.
 */
#pragma once
#include "text/token.h"

enum { C_MARK, C_ALPHA, C_DIGIT, C_SPACE, C_LINE, C_HIGH };
extern const uint8_t token_class[256]; /* of a byte */

/* Takes the token that begins at `at`, where no white space stands; *t has start and the flags of the
 * gap before it, the rest is filled in. Returns its end. */
size_t token_one(view text, size_t at, struct token *t);

#define TOKEN_CASE_BITS UINT64_C(0x2020202020202020)
static inline uint64_t load_le(const char *p, size_t n)
{
    uint64_t x = 0;
    memcpy(&x, p, n);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}

/* Letters only, so OR 0x20 is lower case. `room`: bytes that may be read from p, at least n. */
static inline uint64_t hash_ascii(const char *p, size_t n, size_t room)
{
    const uint64_t lower = TOKEN_CASE_BITS;
    uint64_t h = TOKEN_HASH_START + n;
    while (n >= 8) {
        h = hash_mix(h, load_le(p, 8) | lower);
        p += 8, n -= 8, room -= 8;
    }
    if (n) {
        uint64_t keep = (UINT64_C(1) << (8 * n)) - 1;
        uint64_t x = room >= 8 ? load_le(p, 8) : load_le(p, n);
        h = hash_mix(h, (x | lower) & keep);
    }
    return h;
}
