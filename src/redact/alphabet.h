/* redact/alphabet.h — the 30 signs of key ids and tags: digits and capitals without vowels.
 *
 * Crockford's base 32 (no I, L, O, U) less A and E: what it spells is read out without mistakes and is
 * never a word.   Threads: pure.
 */
#pragma once
#include "base/base.h"

enum { ALPHABET_LEN = 30, ALPHABET_WORD_MAX = 12 };
#define ALPHABET "0123456789BCDFGHJKMNPQRSTVWXYZ"
_Static_assert(sizeof ALPHABET == ALPHABET_LEN + 1, "thirty signs");

/* n ≤ ALPHABET_WORD_MAX signs from 64 random bits (30^12 < 2^59). */
static inline void alphabet_spell(uint64_t bits, char *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = ALPHABET[bits % ALPHABET_LEN];
        bits /= ALPHABET_LEN;
    }
}
