/* base/tuning.h — sizes that decide speed, never results.
 *
 * A build with -DCORDON_STRESS (-Dstress=true: that of make asan) can make them absurdly small: it does
 * so where the environment has CORDON_STRESS, so that every "the block is full", "the buffer moves" and
 * "the read was short" happens all the time in ordinary tests. Output must be the same either way. Any
 * other build has the sizes as constants and never asks the environment.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct tuning {
    size_t arena_first;      /* bytes of an arena's first block; each next one is twice as large */
    size_t arena_growth_max; /* … up to this, but for requests that are larger */
    size_t arena_keep_max;   /* blocks over this are returned by arena_reset */
    size_t buf_first;        /* bytes of a buf's first block */
    size_t read_chunk;       /* bytes asked for by one read(2) */
    size_t write_chunk;      /* bytes given to one write(2), at most */
    uint32_t map_first;      /* slots of a map at first; a power of two, at least 4 */
    uint32_t together;       /* texts that are looked through together, at most … */
    size_t together_bytes;   /* … and their bytes, unless it is one alone */
};

enum { TUNE_TOGETHER_MAX = 32 };

#define TUNING_ORDINARY                                                                            \
    {                                                                                              \
        .arena_first = 64 << 10, .arena_growth_max = 64 << 20, .arena_keep_max = 1 << 20,          \
        .buf_first = 64, .read_chunk = 256 << 10, .write_chunk = 1 << 30, .map_first = 16,         \
        .together = TUNE_TOGETHER_MAX, .together_bytes = 48 << 10,                                 \
    }

#ifdef CORDON_STRESS
extern struct tuning tune; /* set before main, never after */
#else
static const struct tuning tune = TUNING_ORDINARY;
#endif
