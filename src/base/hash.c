#include "base/hash.h"

#include <endian.h>
#include <sodium.h>

/* The first min(n, 8) bytes as a little-endian number, on every machine. */
static uint64_t load(const char *p, size_t n)
{
    uint64_t w = 0;
    memcpy(&w, p, MIN(n, (size_t)8));
    return le64toh(w);
}

uint64_t hash64(view v, uint64_t seed)
{
    uint64_t h = hash_mix(seed, v.n);
    const char *p = v.p;
    size_t n = v.n;

    for (; n > 16; p += 16, n -= 16)
        h = hash_mix(load(p, 8) ^ h, load(p + 8, 8));
    if (n > 8) return hash_mix(load(p, 8) ^ h, load(p + 8, n - 8) ^ v.n);
    return hash_mix((n ? load(p, n) : 0) ^ h, v.n);
}

/* Four lanes, because one multiplication must wait for the one before it. */
void hash128(view v, uint64_t out[2])
{
    enum { LANES = 4, STEP = LANES * 16 };
    uint64_t lane[LANES];
    size_t at = 0;
    for (unsigned k = 0; k < LANES; k++)
        lane[k] = hash_mix(v.n, k);
    for (; v.n - at >= STEP; at += STEP)
        for (unsigned k = 0; k < LANES; k++)
            lane[k] =
                hash_mix(load(v.p + at + 16 * k, 8) ^ lane[k], load(v.p + at + 16 * k + 8, 8));
    const view rest = view_sub(v, at, v.n);
    const uint64_t a = hash_mix(lane[0], lane[1]), b = hash_mix(lane[2], lane[3]);
    out[0] = hash_mix(hash64(rest, a), b);
    out[1] = hash_mix(hash64(rest, b), a);
}

void checksum32(view v, uint8_t out[32])
{
    crypto_generichash(out, 32, (const unsigned char *)v.p, v.n, NULL, 0);
}

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct checksum),
               "libsodium's state fits");

void checksum_init(struct checksum *c)
{
    crypto_generichash_init((crypto_generichash_state *)c->state, NULL, 0, 32);
}

void checksum_add(struct checksum *c, view v)
{
    crypto_generichash_update((crypto_generichash_state *)c->state, (const unsigned char *)v.p,
                              v.n);
}

void checksum_end(struct checksum *c, uint8_t out[32])
{
    crypto_generichash_final((crypto_generichash_state *)c->state, out, 32);
}

void checksum_hex(const uint8_t sum[32], char out[64])
{
    for (size_t i = 0; i < 32; i++) {
        out[2 * i] = "0123456789abcdef"[sum[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[sum[i] & 15];
    }
}
