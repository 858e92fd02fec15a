/* A chain of blocks, each twice as large as the one before it. A reset keeps the small ones, so
 * that a run over many documents settles and asks the heap for nothing, and returns the large ones,
 * so that one huge document does not hold memory for the rest of the run.
 *
 *      first ─▶ [used|free…] ─▶ now [used|p … end] ─▶ [free…]
 */
#include "base/arena.h"

#include "base/poison.h"
#include "base/tuning.h"

struct arena_block {
    struct arena_block *next;
    size_t size; /* of the bytes */
    size_t used; /* valid for blocks before `now` */
    size_t align_16;
    char bytes[];
};
_Static_assert(sizeof(struct arena_block) % 16 == 0, "pieces are 16-aligned");

void arena_init(struct arena *a, size_t max_bytes)
{
    *a = (struct arena){ .max = max_bytes };
}

static void enter(struct arena *a, struct arena_block *b)
{
    if (a->now) a->now->used = (size_t)(a->p - a->now->bytes);
    a->now = b;
    a->p = b->bytes;
    a->last = NULL;
    a->end = b->bytes + b->size;
}

/* The next block in which n bytes fit: one kept from an earlier document, or a new one. */
static bool advance(struct arena *a, size_t n)
{
    size_t size = tune.arena_first, whole, left = a->max - a->held;

    while (a->now && a->now->next) {
        enter(a, a->now->next);
        if (a->now->size >= n) return true;
    }
    if (a->now) size = MIN(a->now->size * 2, tune.arena_growth_max);
    if (!size_add(n, sizeof(struct arena_block), &whole) || whole > left) return false;
    size = MIN(MAX(size, n), left - sizeof(struct arena_block));
    size = MAX(size & ~(size_t)15, n); /* n is a multiple of 16 */

    struct arena_block *b = mem_alloc(sizeof *b + size);
    if (!b) return false;
    *b = (struct arena_block){ .size = size };
    poison_region(b->bytes, size);
    if (a->now)
        a->now->next = b;
    else
        a->first = b;
    a->held += sizeof *b + size;
    enter(a, b);
    return true;
}

void *arena_alloc(struct arena *a, size_t n)
{
    size_t whole;
    if (UNLIKELY(!size_add(n, 15 + POISON_GAP, &whole))) return NULL;
    whole &= ~(size_t)15;
    if (UNLIKELY((size_t)(a->end - a->p) < whole || !a->now) && !advance(a, whole)) return NULL;
    char *p = a->p;
    a->p += whole;
    a->last = p;
    unpoison_region(p, n);
    return p;
}

static void cut(struct arena *a, void *p, size_t n, bool is_written)
{
    if (!p || a->last != p) return;
    size_t keep = (n + 15 + POISON_GAP) & ~(size_t)15, whole = (size_t)(a->p - a->last);
    if (keep >= whole) return;
    unpoison_region(a->last, whole);
    if (is_written) mem_wipe(a->last + keep, whole - keep);
    poison_region(a->last + n, whole - n);
    a->p = a->last + keep;
}

void arena_trim(struct arena *a, void *p, size_t n)
{
    cut(a, p, n, true);
}

void arena_give_back(struct arena *a, void *p, size_t n)
{
    cut(a, p, n, false);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t n;
    return size_mul(count, size, &n) ? arena_alloc(a, n) : NULL;
}

void *arena_grow(struct arena *a, void *v, size_t size, uint32_t n, uint32_t *cap, uint32_t first)
{
    uint32_t more = *cap ? *cap * 2 : first;
    if (more <= *cap) return NULL;
    void *to = arena_array(a, more, size);
    if (!to) return NULL;
    if (n) memcpy(to, v, n * size);
    *cap = more;
    return to;
}

err arena_copy(struct arena *a, view v, view *out)
{
    char *p = arena_alloc(a, v.n);
    if (!p) return a->max - a->held < v.n ? ERR_LIMIT : ERR_MEMORY;
    if (v.n) memcpy(p, v.p, v.n);
    *out = view_of(p, v.n);
    return OK;
}

/* Wipes every block up to `now`; keeps those of at most keep_max bytes. */
static void sweep(struct arena *a, size_t keep_max)
{
    struct arena_block **link = &a->first, *b;

    if (a->now) a->now->used = (size_t)(a->p - a->now->bytes);
    while ((b = *link)) {
        unpoison_region(b->bytes, b->size);
        if (b->size > keep_max || keep_max == 0) {
            *link = b->next;
            a->held -= sizeof *b + b->size;
            mem_free_part(b, sizeof *b + b->used);
        } else {
            mem_wipe(b->bytes, b->used);
            b->used = 0; /* blocks after `now` were never entered: theirs is 0 already */
            poison_region(b->bytes, b->size);
            link = &b->next;
        }
    }
    a->now = a->first;
    a->p = a->now ? a->now->bytes : NULL;
    a->last = NULL;
    a->end = a->now ? a->now->bytes + a->now->size : NULL;
}

void arena_reset(struct arena *a)
{
    sweep(a, tune.arena_keep_max);
}

void arena_clear(struct arena *a)
{
    sweep(a, 0);
}
