#include "deid/score_run.h"

#include "text/utf8.h"

/* An arena is never the limit here: the two files are, which the caller bounds. */
enum { SCRATCH_MAX = 1 << 30 };

/* Room for one more element: doubles the array in the arena. */
static err grow(struct arena *a, void **v, uint32_t n, uint32_t *cap, size_t size)
{
    void *wider = arena_more(a, *v, size, n, cap, 64);
    if (!wider) return ERR_MEMORY;
    *v = wider;
    return OK;
}

struct marked_reader {
    struct score_marked *m;
    struct arena *keep;
    bool need_text;
};

static err read_marked(void *ctx, view bytes, struct diag *d)
{
    err e = OK;
    struct marked_reader *r = ctx;
    struct score_line line;
    uint32_t at;

    TRY(score_line_read(bytes, r->keep, &line, d));
    if (r->need_text && !line.has_text) TRY(DIAG(d, ERR_FORMAT, "a gold line without a text"));
    if (map_get(&r->m->by_id, line.id, &at)) {
        r->m->v[at] = line;
        r->m->repeated++;
        return OK;
    }
    TRY(grow(r->keep, (void **)&r->m->v, r->m->n, &r->m->cap, sizeof *r->m->v));
    TRY(map_put(&r->m->by_id, line.id, r->m->n));
    r->m->v[r->m->n++] = line;
out:
    return e;
}

err score_marked_read(struct score_marked *out, view file, bool need_text, struct arena *keep,
                      struct diag *d)
{
    *out = (struct score_marked){ 0 };
    map_init(&out->by_id, keep);
    return score_lines(file, read_marked, &(struct marked_reader){ out, keep, need_text }, d);
}

void score_run_init(struct score_run *r, uint32_t show_max)
{
    *r = (struct score_run){ .show_max = show_max };
    arena_init(&r->keep, SIZE_MAX);
    arena_init(&r->scratch, SCRATCH_MAX);
    map_init(&r->gold_labels.by_name, &r->keep);
    map_init(&r->pred_labels.by_name, &r->keep);
}

void score_run_clear(struct score_run *r)
{
    arena_clear(&r->scratch);
    arena_clear(&r->keep);
}

err score_predict_file(void *ctx, const struct score_line *gold, struct arena *a,
                       const struct score_span **spans, size_t *n, bool *known)
{
    (void)a;
    const struct score_marked *m = ctx;
    uint32_t at;
    *known = map_get(&m->by_id, gold->id, &at);
    *spans = *known ? m->v[at].spans : NULL;
    *n = *known ? m->v[at].n : 0;
    return OK;
}

static err label_count(struct score_run *r, struct score_labels *l, view name, bool hit)
{
    err e = OK;
    uint32_t at;
    if (!map_get(&l->by_name, name, &at)) {
        view kept;
        at = l->n;
        TRY(grow(&r->keep, (void **)&l->v, l->n, &l->cap, sizeof *l->v));
        TRY(arena_copy(&r->keep, name, &kept));
        TRY(map_put(&l->by_name, kept, at));
        l->v[l->n++] = (struct score_label){ .name = kept };
    }
    l->v[at].spans++;
    l->v[at].hits += hit;
out:
    return e;
}

static err keep_shown(struct score_run *r, struct score_shown *list, uint64_t *n, view label,
                      view value)
{
    err e = OK;
    if (*n < r->show_max) {
        TRY(arena_copy(&r->keep, label, &list[*n].label));
        TRY(arena_copy(&r->keep, value, &list[*n].value));
    }
    ++*n;
out:
    return e;
}

static err see(void *ctx, bool is_gold, const struct score_span *s, view value, bool hit)
{
    err e = OK;
    struct score_run *r = ctx;
    TRY(label_count(r, is_gold ? &r->gold_labels : &r->pred_labels, s->label, hit));
    if (!hit && is_gold) TRY(keep_shown(r, r->missed, &r->n_missed, s->label, value));
    if (!hit && !is_gold) TRY(keep_shown(r, r->extra, &r->n_extra, s->label, value));
out:
    return e;
}

err score_run_compare(struct score_run *r, score_predict *predict, void *ctx, struct diag *d)
{
    err e = OK;
    struct score_words *words = NULL;
    uint32_t i = 0;

    TRY(score_words_new(&words));
    r->rows = arena_array(&r->keep, (size_t)r->gold.n + 1, sizeof *r->rows);
    r->missed = arena_array(&r->keep, (size_t)r->show_max + 1, sizeof *r->missed);
    r->extra = arena_array(&r->keep, (size_t)r->show_max + 1, sizeof *r->extra);
    if (!r->rows || !r->missed || !r->extra) TRY(ERR_MEMORY);
    for (; i < r->gold.n; i++) {
        const struct score_line *g = &r->gold.v[i];
        const struct score_span *pred = NULL;
        size_t n = 0;
        bool known = false;
        arena_reset(&r->scratch);
        TRY(predict(ctx, g, &r->scratch, &pred, &n, &known));
        known ? r->matched++ : r->unpredicted++;
        size_t length = utf8_count(g->text);
        for (size_t k = 0; k < n; k++)
            r->outside += pred[k].end > length;
        TRY(score_text(words, g->text, g->spans, g->n, pred, n, &r->scratch, &r->rows[i], see, r));
    }
out:
    if (e) {
        DIAG(d, e, "a text can not be scored");
        if (d && d->record == 0) d->record = i + 1;
    }
    score_words_free(words);
    return e;
}
