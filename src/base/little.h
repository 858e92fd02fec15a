/* base/little.h — whole numbers in the little-endian order of all our own files and messages.
 * `at` may have any alignment and is owned by the caller.   Threads: pure. */
#pragma once
#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline void little_put32(void *at, uint32_t n)
{
    n = htole32(n);
    memcpy(at, &n, sizeof n);
}

static inline void little_put64(void *at, uint64_t n)
{
    n = htole64(n);
    memcpy(at, &n, sizeof n);
}

static inline uint32_t little_get32(const void *at)
{
    uint32_t n;
    memcpy(&n, at, sizeof n);
    return le32toh(n);
}

static inline uint64_t little_get64(const void *at)
{
    uint64_t n;
    memcpy(&n, at, sizeof n);
    return le64toh(n);
}
