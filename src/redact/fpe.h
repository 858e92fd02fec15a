/* redact/fpe.h — keyed permutations of strings of digits and letters, shape kept.
 *
 * A Feistel network over the two halves of the string read as mixed-radix numbers (as FF1 of NIST SP
 * 800-38G does), with SipHash-2-4 as the round function: ten rounds, a 128-bit key. Longer strings than
 * FPE_CHUNK go in chunks, each tweaked by the result of those before it. One to one for a given shape;
 * another `family` is another permutation.   Threads: pure.
 */
#pragma once
#include "base/base.h"

enum { FPE_CHUNK = 20, FPE_MAX = 256 };
/* sym[i] in 0 … radix[i]-1, radix 10, 26 or 6; n ≤ FPE_MAX. In place. */
void fpe_permute(const uint8_t key[16], uint32_t family, const uint8_t *radix, uint8_t *sym,
                 size_t n);
