/* text/offsets.h — from a place in a decoded text back to the bytes it came from.
 *
 * A map is a list of boundaries (to, from): text offset `to` comes from source offset `from`. Between
 * two boundaries the text is linear when both sides have the same length, and atomic (an escape, an
 * entity, a composed letter) when not; a position inside an atomic stretch means all of it. A stretch
 * may have no length on one side (removed zero-width characters, markup). n = 0 is the identity.
 *
 *      source   a \ u 0 0 e 9 b          boundaries (0,0) (1,1) (3,7) (4,8)
 *      text     a é . b
 *
 * Threads: immutable once built; build from one thread.
 */
#pragma once
#include "base/arena.h"

struct offset_mark {
    uint32_t to, from;
};
struct offset_map {
    /* ascending in both; the last is (length of text, of source) */
    const struct offset_mark *marks;
    uint32_t n;
};

/* Where the character at text offset `at` begins in the source: of several source places that give
 * the same text offset, the last (so that removed bytes before it stay outside). */
uint32_t offset_start(const struct offset_map *m, uint32_t at);
/* Where the character before text offset `at` ends in the source (the first such place). */
uint32_t offset_end(const struct offset_map *m, uint32_t at);

/* Index of the first mark with a text offset over `at`, m->n when there is none. */
uint32_t offset_mark_after(const struct offset_map *m, uint32_t at);

/* Building: marks must be added in order. */
struct offset_builder {
    struct arena *arena; /* borrowed */
    struct offset_mark *marks;
    uint32_t n, cap;
};
void offset_builder_init(struct offset_builder *b, struct arena *a);
/* Room for n marks at once, for a builder without any: nothing is left behind by growing. */
MUST_USE err offset_builder_reserve(struct offset_builder *b, uint32_t n);
MUST_USE err offset_mark_add(struct offset_builder *b, uint32_t to, uint32_t from);
struct offset_map offset_builder_done(struct offset_builder *b);
