/* base/hash.h — fast hashes for tables, and the checksum of Cordon's own files.
 *
 * hash64 is not cryptographic and is the same on every machine (images built here are read there).
 * Threads: pure.
 */
#pragma once
#include "base/base.h"

#define HASH_LEFT UINT64_C(0x9E3779B97F4A7C15)
#define HASH_RIGHT UINT64_C(0xD6E8FEB86659FD93)
static inline uint64_t hash_product(uint64_t a, uint64_t b)
{
    __uint128_t m = (__uint128_t)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
    return hash_product(a ^ HASH_LEFT, b ^ HASH_RIGHT);
}
uint64_t hash64(view v, uint64_t seed);
/* For texts of some length, and where 64 bits would let two of many meet. */
void hash128(view v, uint64_t out[2]);
/* BLAKE2b-256 of v, for headers of own formats. */
void checksum32(view v, uint8_t out[32]);
/* The same for bytes that come in parts: init, add …, end. */
struct checksum {
    _Alignas(64) unsigned char state[384];
};
void checksum_init(struct checksum *c);
void checksum_add(struct checksum *c, view v);
void checksum_end(struct checksum *c, uint8_t out[32]);
/* Hex of a checksum, as `b2sum -l 256` prints it. */
void checksum_hex(const uint8_t sum[32], char out[64]);
