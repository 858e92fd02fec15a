#include "detect/finding.h"

void findings_init(struct findings *f, uint32_t max)
{
    *f = (struct findings){ .max = max };
}

void findings_clear(struct findings *f)
{
    mem_free(f->v);
    *f = (struct findings){ .max = f->max };
}

err findings_add(struct findings *f, struct finding x)
{
    BUG_IF(x.start >= x.end);
    if (f->n == f->cap) {
        uint32_t cap = MIN(f->cap ? f->cap * 2 : 64, f->max);
        if (f->n >= cap) return ERR_LIMIT;
        struct finding *v = mem_resize(f->v, cap * sizeof *v);
        if (!v) return ERR_MEMORY;
        f->v = v;
        f->cap = cap;
    }
    f->v[f->n++] = x;
    return OK;
}

/* All fields take part, so that the order never depends on how the list was filled. */
static int by_place(const void *pa, const void *pb)
{
    const struct finding *a = pa, *b = pb;
#define ORDER(x, y)                                                                                \
    if ((x) != (y)) return (x) < (y) ? -1 : 1
    ORDER(a->start, b->start);
    ORDER(b->end, a->end);
    ORDER(b->source, a->source);
    ORDER(b->score, a->score);
    ORDER(a->label, b->label);
    ORDER(a->rule, b->rule);
    ORDER(b->part, a->part);
    ORDER(b->role, a->role);
#undef ORDER
    return 0;
}

void findings_sort(struct findings *f)
{
    /* Detectors walk the text, so a text's few findings are nearly sorted: insertion beats qsort.
     */
    if (f->n > 256) {
        qsort(f->v, f->n, sizeof *f->v, by_place);
        return;
    }
    for (uint32_t i = 1; i < f->n; i++) {
        struct finding x = f->v[i];
        uint32_t j = i;
        for (; j && by_place(&f->v[j - 1], &x) > 0; j--)
            f->v[j] = f->v[j - 1];
        f->v[j] = x;
    }
}
