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

void checksum32(view v, uint8_t out[32])
{
    crypto_generichash(out, 32, (const unsigned char *)v.p, v.n, NULL, 0);
}
