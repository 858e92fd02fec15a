#include "deid/leak_check.h"

#include "deid/leak_inside.h"
#include "text/utf8.h"

enum { FIRST_VALUES = 1 << 10 };
static const size_t ARENA_MAX = (size_t)2 << 30;

err leak_check_new(struct leak_check **out, const struct leak_params *p)
{
    *out = NULL;
    struct leak_check *c = mem_alloc_zero(sizeof *c);
    if (!c) return ERR_MEMORY;
    c->params = *p;
    c->values = mem_alloc_zero(FIRST_VALUES * sizeof *c->values);
    c->leaks = mem_alloc_zero(LEAKS_KEPT * sizeof *c->leaks);
    (void)pthread_mutex_init(&c->lock, NULL);
    c->cap = FIRST_VALUES;
    if (!c->values || !c->leaks) {
        leak_check_free(c);
        return ERR_MEMORY;
    }
    *out = c;
    return OK;
}

void leak_check_free(struct leak_check *c)
{
    if (!c) return;
    mem_free(c->values);
    mem_free(c->leaks);
    mem_free(c->suspects.v);
    mem_free(c->originals.v);
    mem_free(c->outputs.v);
    mem_free(c->olds.v);
    mem_free(c->olds.words);
    (void)pthread_mutex_destroy(&c->lock);
    mem_free(c);
}

/* ---- the list of leaks ---- */

static int by_place(const void *pa, const void *pb)
{
    const struct leak *a = pa, *b = pb;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    if (a->record != b->record) return a->record < b->record ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* The first LEAKS_KEPT by place, whatever order the workers come in. */
static void keep_leaks(struct leak_hunt *h, const struct batch_record *r)
{
    struct leak_check *c = h->c;
    (void)pthread_mutex_lock(&c->lock);
    c->n_aside += h->n_aside;
    c->n_put += h->n_put;
    for (uint32_t i = 0; i < h->n; i++) {
        struct leak x = h->v[i];
        x.input = r->input;
        x.record = r->number;
        c->n_leaks++;
        c->n_formless += x.is_formless;
        if (c->n_kept < LEAKS_KEPT) {
            c->leaks[c->n_kept++] = x;
            if (c->n_kept == LEAKS_KEPT) qsort(c->leaks, c->n_kept, sizeof *c->leaks, by_place);
        } else if (by_place(&x, &c->leaks[LEAKS_KEPT - 1]) < 0) {
            c->leaks[LEAKS_KEPT - 1] = x;
            qsort(c->leaks, c->n_kept, sizeof *c->leaks, by_place);
        }
    }
    (void)pthread_mutex_unlock(&c->lock);
}

/* ---- as work of a batch ---- */

static err scratch_make(void **out)
{
    struct arena *a = mem_alloc_zero(sizeof *a);
    *out = a;
    if (!a) return ERR_MEMORY;
    arena_init(a, ARENA_MAX);
    return OK;
}

static void scratch_drop(void *p)
{
    if (p) arena_clear(p);
    mem_free(p);
}

static err count(struct leak_check *c, struct leak_inputs *x, const struct batch_record *r)
{
    (void)pthread_mutex_lock(&c->lock);
    err e = leak_count(x, r);
    (void)pthread_mutex_unlock(&c->lock);
    return e;
}

static err gather_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                      struct deid_counts *counts, struct diag *d)
{
    (void)out;
    err e = OK;
    struct leak_check *c = *(struct leak_check *const *)ctx;
    struct record rec;
    arena_reset(scratch);
    TRY(format_decode(r->format, r->bytes, r->encoding, scratch, &rec, d));
    for (uint32_t i = 0; i < rec.n; i++)
        TRY(leak_gather_piece(c, &rec.pieces[i], scratch));
    TRY(count(c, &c->originals, r));
    counts->records++;
    counts->bytes_in += r->bytes.n;
out:
    return e;
}

/* What was found in bytes that stand there in base64 has no place of its own. */
static void place_in_embedded(struct leak_hunt *h, uint32_t from, const struct record *r,
                              uint32_t inside)
{
    const struct leak_range at = leak_embedded_at(r, inside);
    for (uint32_t i = from; i < h->n; i++) {
        h->v[i].offset = at.from;
        h->v[i].length = at.to - at.from;
        h->v[i].is_embedded = true;
    }
}

/* What stands where in the originals of forms that are to be judged. */
static err mark_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                    struct deid_counts *counts, struct diag *d)
{
    (void)out, (void)counts;
    static const struct offset_mark beginning = { 0, 0 };
    static const struct offset_map one_place = { &beginning, 1 };
    err e = OK;
    struct leak_check *c = *(struct leak_check *const *)ctx;
    struct leak_hunt h = { .c = c, .arena = scratch };
    struct leak_form form;
    struct record rec;
    arena_reset(scratch);
    TRY(format_decode(r->format, r->bytes, r->encoding, scratch, &rec, d));
    TRY(leak_form_read(&form, leak_pair_of(c, &c->originals, r), r, &rec, scratch));
    if (!leak_is_form(c, &form)) return OK;
    if (utf8_bad_at(r->bytes) >= r->bytes.n) TRY(leak_mark_text(&h, r->bytes, 0, NULL, &form));
    for (uint32_t i = 0; i < rec.n; i++) {
        const struct piece *p = &rec.pieces[i];
        uint64_t base = p->inside ? leak_embedded_at(&rec, p->inside).from : p->base;
        TRY(leak_mark_text(&h, p->text, base, p->inside ? &one_place : &p->map, &form));
    }
    leak_mark_form(c, &form);
    TRY(leak_keep_old(c, &form, r->bytes, scratch));
out:
    return e;
}

static err search_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                      struct deid_counts *counts, struct diag *d)
{
    (void)out;
    err e = OK;
    struct leak_check *c = *(struct leak_check *const *)ctx;
    struct leak_hunt h = { .c = c, .arena = scratch };
    struct leak_form form;
    struct record rec;
    arena_reset(scratch);
    bool is_utf8 = utf8_bad_at(r->bytes) >= r->bytes.n;
    h.in_bytes = true;
    h.in_fields = r->format->has_fields;
    if (is_utf8) TRY(leak_search_text(&h, r->bytes, 0, NULL));
    h.in_bytes = h.in_fields = false;
    TRY(format_decode(r->format, r->bytes, r->encoding, scratch, &rec, d));
    for (uint32_t i = 0; i < rec.n; i++) {
        const struct piece *p = &rec.pieces[i];
        uint32_t before = h.n;
        TRY(leak_search_text(&h, p->text, p->base, &p->map));
        if (p->inside) place_in_embedded(&h, before, &rec, p->inside);
    }
    if (h.n && c->pass != LEAK_FIND) {
        TRY(leak_form_read(&form, leak_pair_of(c, &c->outputs, r), r, &rec, scratch));
        if (c->pass == LEAK_SUSPECT) return leak_suspect(&h, &form);
        leak_judge(&h, &form);
        TRY(leak_align(&h, &form, r->bytes));
    }
    leak_drop_doubles(&h);
    leak_set_aside(&h, &rec);
    if (c->pass == LEAK_FIND) TRY(count(c, &c->outputs, r));
    counts->records++;
out:
    if (c->pass != LEAK_SUSPECT) keep_leaks(&h, r);
    return e;
}

static err run(struct leak_check *c, const struct batch_params *p,
               err (*record)(const void *, void *, const struct batch_record *, struct buf *,
                             struct deid_counts *, struct diag *),
               struct batch_result *result, struct diag *d)
{
    struct batch_params pass = *p;
    const struct batch_work work = { .ctx = &c,
                                     .scratch_new = scratch_make,
                                     .scratch_free = scratch_drop,
                                     .record = record,
                                     .collect = true };
    pass.output = NULL;
    pass.on_output = NULL;
    return batch_run_work(&work, &pass, result, d);
}

err leak_check_gather(struct leak_check *c, const struct batch_params *originals,
                      struct batch_result *result, struct diag *d)
{
    err e = run(c, originals, gather_one, result, d);
    c->n_records += result->counts.records;
    c->is_single = c->n_records == 1;
    return e;
}

err leak_check_search(struct leak_check *c, const struct batch_params *outputs,
                      struct batch_result *result, struct diag *d)
{
    err e = run(c, outputs, search_one, result, d);
    c->is_paired = leak_inputs_match(&c->originals, &c->outputs);
    qsort(c->leaks, c->n_kept, sizeof *c->leaks, by_place);
    return e;
}

err leak_check_judge(struct leak_check *c, const struct batch_params *originals,
                     const struct batch_params *outputs, struct diag *d)
{
    err e = OK;
    struct batch_params first = *originals, second = *outputs;
    struct batch_result unused;
    if (!c->n_leaks) return OK;
    first.on_failure = second.on_failure = NULL; /* it has been told */
    first.on_failed_path = second.on_failed_path = NULL;
    c->pass = LEAK_SUSPECT;
    TRY(run(c, &second, search_one, &unused, d));
    if (!c->suspects.n || c->suspects.is_full) return OK;
    TRY(run(c, &first, mark_one, &unused, d));
    leak_olds_end(&c->olds);
    c->pass = LEAK_JUDGE;
    c->n_kept = 0;
    c->n_leaks = c->n_aside = 0;
    TRY(run(c, &second, search_one, &unused, d));
    qsort(c->leaks, c->n_kept, sizeof *c->leaks, by_place);
out:
    return e;
}
