#include "redact/rewrite.h"

enum { FIRST_EDITS = 4 }; /* a cell of a table has one or two */

static err grow(struct rewrite *r)
{
    struct edit *v = arena_more(r->arena, r->v, sizeof *v, r->n, &r->cap, FIRST_EDITS);
    if (!v) return ERR_MEMORY;
    r->v = v;
    return OK;
}

err rewrite_put(struct rewrite *r, size_t from, size_t to, view with)
{
    err e = OK;
    BUG_IF(from > to || to > r->value.n);
    if (view_eq(view_sub(r->value, from, to), with)) return OK;
    uint32_t start = r->base + (uint32_t)from;
    BUG_IF(r->n && r->v[r->n - 1].end > start);
    if (r->n == r->cap) TRY(grow(r));
    view copy;
    TRY(arena_copy(r->arena, with, &copy));
    r->v[r->n++] = (struct edit){ .start = start, .end = r->base + (uint32_t)to, .with = copy };
out:
    return e;
}
