/* base/arena.h — memory of one document or request: taken piece by piece, wiped and returned at once.
 *
 * Bounded at birth. Nothing in it is freed on its own. Not zeroed.   Threads: one owner at a time.
 */
#pragma once
#include "base/mem.h"

struct arena_block;
struct arena {
    struct arena_block *first; /* chain of blocks; `now` is the one in use */
    struct arena_block *now;
    char *p, *end; /* free part of the current block */
    char *last;    /* the piece before it, or NULL */
    size_t held;   /* bytes of all blocks */
    size_t max;    /* no more than this is ever held */
};

/* No memory is taken yet. */
void arena_init(struct arena *a, size_t max_bytes);
/* n bytes, 16-aligned; NULL when the limit or memory is reached. */
void *arena_alloc(struct arena *a, size_t n) MUST_USE;
/* count * size with overflow checked. */
void *arena_array(struct arena *a, size_t count, size_t size) MUST_USE;
/* Room for one more behind the n elements of `v`, an array of this arena with room for *cap: v itself, or
 * its copy with twice the room (`first` at the beginning). NULL as arena_alloc: v and *cap stay. */
void *arena_grow(struct arena *a, void *v, size_t size, uint32_t n, uint32_t *cap,
                 uint32_t first) MUST_USE;
static inline void *arena_more(struct arena *a, void *v, size_t size, uint32_t n, uint32_t *cap,
                               uint32_t first)
{
    return LIKELY(n < *cap) ? v : arena_grow(a, v, size, n, cap, first);
}
/* Of the piece p, the last one that was taken, the first n bytes are all that is needed: what is behind them is wiped
 * and taken anew. Nothing happens when another was taken since. */
void arena_trim(struct arena *a, void *p, size_t n);
/* The same where nothing was written behind them, so that nothing is to be wiped. */
void arena_give_back(struct arena *a, void *p, size_t n);
/* A copy of v's bytes; *out untouched when this fails. */
err arena_copy(struct arena *a, view v, view *out) MUST_USE;
/* Wipes what was used and keeps the blocks for the next document (a block over 1 MB is returned). */
void arena_reset(struct arena *a);
/* Wipes and frees all; the arena is as after arena_init. */
void arena_clear(struct arena *a);
