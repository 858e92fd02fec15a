#include "redact/fpe.h"

#include <endian.h>
#include <sodium.h>

enum { ROUNDS = 10 };

static uint64_t prf(const uint8_t key[16], uint64_t tweak, uint64_t half, unsigned round)
{
    uint64_t in[3] = { htole64(tweak), htole64(half), htole64(round) }, out;
    uint8_t h[8];
    crypto_shorthash(h, (const unsigned char *)in, sizeof in, key);
    memcpy(&out, h, sizeof out);
    return le64toh(out);
}

static uint64_t number_of(const uint8_t *radix, const uint8_t *sym, size_t n, uint64_t *modulus)
{
    uint64_t x = 0, m = 1;
    for (size_t i = 0; i < n; i++) {
        x = x * radix[i] + sym[i];
        m *= radix[i]; /* at most 26^10 < 2^48: the modulo of 64 random bits has no visible bias */
    }
    *modulus = m;
    return x;
}

static void symbols_of(uint64_t x, const uint8_t *radix, uint8_t *sym, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        sym[i] = (uint8_t)(x % radix[i]);
        x /= radix[i];
    }
}

static void permute_chunk(const uint8_t key[16], uint64_t tweak, const uint8_t *radix, uint8_t *sym,
                          size_t n)
{
    size_t half = n / 2;
    uint64_t ma, mb, a = number_of(radix, sym, half, &ma),
                     b = number_of(radix + half, sym + half, n - half, &mb);
    for (unsigned r = 0; r < ROUNDS; r += 2) {
        a = (a + prf(key, tweak, b, r) % ma) % ma;
        b = (b + prf(key, tweak, a, r + 1) % mb) % mb;
    }
    symbols_of(a, radix, sym, half);
    symbols_of(b, radix + half, sym + half, n - half);
}

void fpe_permute(const uint8_t key[16], uint32_t family, const uint8_t *radix, uint8_t *sym,
                 size_t n)
{
    uint64_t tweak = (uint64_t)family << 32 | n;
    BUG_IF(n > FPE_MAX);
    for (size_t i = 0; i < n;
         i++) { /* the shape: strings of another shape are permuted otherwise */
        BUG_IF(sym[i] >= radix[i]);
        tweak = tweak * 31 + radix[i];
    }
    for (size_t at = 0; at < n; at += FPE_CHUNK) {
        size_t len = MIN(n - at, (size_t)FPE_CHUNK);
        permute_chunk(key, tweak, radix + at, sym + at, len);
        for (size_t i = at; i < at + len; i++)
            tweak = prf(key, tweak, sym[i], ROUNDS + (unsigned)(i & 1));
    }
}
