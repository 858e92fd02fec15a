/* text/offsets.c — binary search over boundaries; building drops those that say nothing new. */
#include "text/offsets.h"

enum { FIRST_MARKS = 32 };

static bool is_linear(struct offset_mark a, struct offset_mark b)
{
    return b.to - a.to == b.from - a.from;
}

/* Index of the first mark with to >= at (or > at when `past`), m->n when there is none. */
static uint32_t bound(const struct offset_map *m, uint32_t at, bool past)
{
    uint32_t lo = 0, hi = m->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (m->marks[mid].to < at || (past && m->marks[mid].to == at))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t offset_mark_after(const struct offset_map *m, uint32_t at)
{
    return bound(m, at, true);
}

uint32_t offset_start(const struct offset_map *m, uint32_t at)
{
    if (m->n == 0) return at;
    uint32_t next = bound(m, at, true);
    if (next == 0) return m->marks[0].from;
    struct offset_mark a = m->marks[next - 1];
    if (next == m->n || !is_linear(a, m->marks[next])) return a.from;
    return a.from + (at - a.to);
}

uint32_t offset_end(const struct offset_map *m, uint32_t at)
{
    if (m->n == 0) return at;
    uint32_t i = bound(m, at, false);
    if (i == m->n) return m->marks[m->n - 1].from;
    struct offset_mark b = m->marks[i];
    if (i == 0 || b.to == at || !is_linear(m->marks[i - 1], b)) return b.from;
    return b.from - (b.to - at);
}

void offset_builder_init(struct offset_builder *b, struct arena *a)
{
    *b = (struct offset_builder){ .arena = a };
}

err offset_builder_reserve(struct offset_builder *b, uint32_t n)
{
    BUG_IF(b->n);
    struct offset_mark *v = arena_array(b->arena, n, sizeof *v);
    if (!v) return ERR_MEMORY;
    b->marks = v;
    b->cap = n;
    return OK;
}

static err grow(struct offset_builder *b)
{
    struct offset_mark *v = arena_more(b->arena, b->marks, sizeof *v, b->n, &b->cap, FIRST_MARKS);
    if (!v) return ERR_MEMORY;
    b->marks = v;
    return OK;
}

err offset_mark_add(struct offset_builder *b, uint32_t to, uint32_t from)
{
    struct offset_mark c = { to, from };
    if (b->n) {
        struct offset_mark *last = &b->marks[b->n - 1];
        BUG_IF(to < last->to || from < last->from);
        if (to == last->to && from == last->from) return OK;
        if (b->n > 1) {
            struct offset_mark a = b->marks[b->n - 2];
            bool same_to = a.to == last->to && last->to == to;
            bool same_from = a.from == last->from && last->from == from;
            if (same_to || same_from || (is_linear(a, *last) && is_linear(*last, c))) {
                *last = c;
                return OK;
            }
        }
    }
    if (b->n == b->cap) {
        err e = grow(b);
        if (e) return e;
    }
    b->marks[b->n++] = c;
    return OK;
}

struct offset_map offset_builder_done(struct offset_builder *b)
{
    return (struct offset_map){ b->marks, b->n };
}
