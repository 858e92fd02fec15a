#include "redact/permutation.h"

#include <endian.h>
#include <sodium.h>

void permutation_init(struct permutation *p, uint32_t n, const uint8_t seed[32])
{
    static const uint8_t nonce[crypto_stream_chacha20_NONCEBYTES];
    uint16_t random[2 + PERMUTATION_ROUNDS * PERMUTATION_SIDE];
    uint32_t a = 1;

    BUG_IF(n < 2 || n > PERMUTATION_MAX);
    while (a * a < n)
        a++;
    p->n = n;
    p->a = (uint8_t)a;
    p->b = (uint8_t)((n + a - 1) / a);
    crypto_stream_chacha20((unsigned char *)random, sizeof random, nonce, seed);
    uint32_t s = (uint32_t)le16toh(random[0]) << 16 | le16toh(random[1]);
    p->shift = 1 + s % (n - 1);
    for (int r = 0; r < PERMUTATION_ROUNDS; r++)
        for (int i = 0; i < PERMUTATION_SIDE; i++) /* 16 bits over at most 128: no visible bias */
            p->round[r][i] =
                (uint8_t)(le16toh(random[2 + r * PERMUTATION_SIDE + i]) % (r % 2 ? p->b : p->a));
    sodium_memzero(random, sizeof random);
}

/* Even rounds move the left half by a function of the right one, odd rounds the other way round. */
static uint32_t forward(const struct permutation *p, uint32_t x)
{
    do {
        uint32_t left = x / p->b, right = x % p->b;
        for (int r = 0; r < PERMUTATION_ROUNDS; r += 2) {
            left += p->round[r][right];
            if (left >= p->a) left -= p->a;
            right += p->round[r + 1][left];
            if (right >= p->b) right -= p->b;
        }
        x = left * p->b + right;
    } while (x >= p->n);
    return x;
}

static uint32_t backward(const struct permutation *p, uint32_t x)
{
    do {
        uint32_t left = x / p->b, right = x % p->b;
        for (int r = PERMUTATION_ROUNDS - 2; r >= 0; r -= 2) {
            right = right + p->b - p->round[r + 1][left];
            if (right >= p->b) right -= p->b;
            left = left + p->a - p->round[r][right];
            if (left >= p->a) left -= p->a;
        }
        x = left * p->b + right;
    } while (x >= p->n);
    return x;
}

uint32_t permutation_apply(const struct permutation *p, uint32_t x)
{
    BUG_IF(x >= p->n);
    uint32_t y = forward(p, x) + p->shift;
    return backward(p, y >= p->n ? y - p->n : y);
}

uint32_t permutation_invert(const struct permutation *p, uint32_t y)
{
    BUG_IF(y >= p->n);
    uint32_t x = forward(p, y) + p->n - p->shift;
    return backward(p, x >= p->n ? x - p->n : x);
}
