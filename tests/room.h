/* tests/room.h — an arena and a buffer for all tests of one file: room_start before them, room_end behind,
 * which fails when anything is left in memory. Include after cmocka.h. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

static struct arena arena;
static struct buf out __attribute__((unused));

static inline int room_start(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    buf_init(&out, 1 << 20);
    return 0;
}

static inline int room_end(void **state)
{
    (void)state;
    arena_clear(&arena);
    buf_clear(&out);
    return mem_in_use() != 0;
}
