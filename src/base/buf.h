/* base/buf.h — a growing byte string with a limit given at birth.
 *
 * The bytes are owned by the buf and wiped whenever they move or go. A view of it is valid until the
 * next append. All appends: OK, ERR_MEMORY, or ERR_LIMIT past max; unchanged when they fail.
 * Threads: one owner at a time.
 */
#pragma once
#include "base/mem.h"

struct buf {
    char *p;
    size_t n, cap, max;
};

void buf_init(struct buf *b, size_t max_bytes);
void buf_clear(struct buf *b);                     /* wipes, frees, keeps max */
void buf_reset(struct buf *b);                     /* wipes, keeps the memory, n = 0 */
MUST_USE err buf_grow(struct buf *b, size_t more); /* buf_reserve, where there is not room enough */
/* Room for `more` bytes past n. */
static inline MUST_USE err buf_reserve(struct buf *b, size_t more)
{
    return LIKELY(more <= b->cap - b->n) ? OK : buf_grow(b, more);
}
/* In the header, so that a literal is stored and not copied. */
static inline MUST_USE err buf_add(struct buf *b, view v)
{
    err e = buf_reserve(b, v.n);
    if (e) return e;
    if (v.n) memcpy(b->p + b->n, v.p, v.n);
    b->n += v.n;
    return OK;
}
MUST_USE err buf_add_char(struct buf *b, char c);
MUST_USE err buf_add_u64(struct buf *b, uint64_t n);                /* decimal */
MUST_USE err buf_add_u64_pad(struct buf *b, uint64_t n, int width); /* zero-padded decimal */
/* With a point in every locale; a number that is not finite is "null", so that JSON stays JSON. */
MUST_USE err buf_add_fixed(struct buf *b, double x, int decimals);
/* As a JSON string with quotes; v must be valid UTF-8. */
MUST_USE err buf_add_json(struct buf *b, view v);
/* Each has what the other had; the limits stay, and should be about the same. */
static inline void buf_swap(struct buf *a, struct buf *b)
{
    const struct buf was = *a;
    *a = (struct buf){ .p = b->p, .n = b->n, .cap = b->cap, .max = was.max };
    *b = (struct buf){ .p = was.p, .n = was.n, .cap = was.cap, .max = b->max };
}
static inline view buf_view(const struct buf *b)
{
    return (view){ b->p, b->n };
}
