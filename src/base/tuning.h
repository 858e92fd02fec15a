/* base/tuning.h — sizes that decide speed, never results.
 *
 * A build with -DCORDON_STRESS makes them absurdly small, so that every "the block is full", "the
 * buffer moves" and "the read was short" happens all the time in ordinary tests. Output must be the
 * same in both builds.
 */
#pragma once

#ifdef CORDON_STRESS
enum {
    TUNE_ARENA_FIRST = 64, /* bytes of an arena's first block; each next one is twice as large */
    TUNE_ARENA_GROWTH_MAX = 2048, /* … up to this, but for requests that are larger */
    TUNE_ARENA_KEEP_MAX = 1024,   /* blocks over this are returned by arena_reset */
    TUNE_BUF_FIRST = 1,           /* bytes of a buf's first block */
    TUNE_READ_CHUNK = 7,          /* bytes asked for by one read(2) */
    TUNE_WRITE_CHUNK = 11,        /* bytes given to one write(2), at most */
    TUNE_MAP_FIRST = 4,           /* slots of a map at first; a power of two, at least 4 */
    TUNE_TOGETHER = 3,            /* texts that are looked through together, at most */
    TUNE_TOGETHER_BYTES = 64,     /* … and their bytes, unless it is one alone */
};
#else
enum {
    TUNE_ARENA_FIRST = 64 << 10,
    TUNE_ARENA_GROWTH_MAX = 64 << 20,
    TUNE_ARENA_KEEP_MAX = 1 << 20,
    TUNE_BUF_FIRST = 64,
    TUNE_READ_CHUNK = 256 << 10,
    TUNE_WRITE_CHUNK = 1 << 30,
    TUNE_MAP_FIRST = 16,
    TUNE_TOGETHER = 32,
    TUNE_TOGETHER_BYTES = 48 << 10,
};
#endif
