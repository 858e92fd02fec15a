/* redact/permutation.h — a keyed permutation of 0 … n-1 for small n, without fixed points.
 *
 * P is a Feistel network over a * b ≥ n with ten rounds of tabulated random functions and cycle walking
 * (Black and Rogaway's generalised Feistel cipher). What is used is x → P⁻¹(P(x) + s mod n) with a keyed
 * s ≠ 0: a bijection that never gives the value itself, undone with -s.   Threads: immutable.
 */
#pragma once
#include "base/base.h"

enum { PERMUTATION_ROUNDS = 10, PERMUTATION_SIDE = 128 };
enum { PERMUTATION_MAX = PERMUTATION_SIDE * PERMUTATION_SIDE };

struct permutation {
    uint32_t n, shift;
    uint8_t a, b;
    uint8_t round[PERMUTATION_ROUNDS][PERMUTATION_SIDE];
};
/* 2 ≤ n ≤ PERMUTATION_MAX; all of it follows from seed and n. */
void permutation_init(struct permutation *p, uint32_t n, const uint8_t seed[32]);
uint32_t permutation_apply(const struct permutation *p,
                           uint32_t x); /* x < n; the result is not x */
uint32_t permutation_invert(const struct permutation *p, uint32_t y);
