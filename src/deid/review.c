/* review.c — drawing the sample. */
#include "deid/review.h"

#include <pthread.h>

#include "base/hash.h"

struct drawn_unit {
    uint64_t input, number;
    size_t at, n; /* of lines */
};
struct review_drawn {
    pthread_mutex_t lock;
    struct buf lines, units; /* struct drawn_unit each */
};
struct review_scratch {
    struct deid_scratch *deid;
    struct buf line;
};
enum { ID_BYTES = 16, UNITS_BYTES_MAX = 1 << 30 };
static const size_t LINES_MAX = (size_t)1 << 30;

err review_drawn_new(struct review_drawn **out)
{
    struct review_drawn *d = mem_alloc_zero(sizeof *d);
    *out = d;
    if (!d) return ERR_MEMORY;
    (void)pthread_mutex_init(&d->lock, NULL);
    buf_init(&d->lines, LINES_MAX);
    buf_init(&d->units, UNITS_BYTES_MAX);
    return OK;
}

void review_drawn_free(struct review_drawn *d)
{
    if (!d) return;
    buf_clear(&d->lines);
    buf_clear(&d->units);
    (void)pthread_mutex_destroy(&d->lock);
    mem_free(d);
}

static void scratch_free(void *scratch)
{
    struct review_scratch *s = scratch;
    if (!s) return;
    deid_scratch_free(s->deid);
    buf_clear(&s->line);
    mem_free(s);
}

static err scratch_new(void **out)
{
    struct review_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    buf_init(&s->line, LINES_MAX);
    err e = deid_scratch_new(&s->deid);
    if (!e) e = deid_scratch_remember(s->deid);
    if (e)
        scratch_free(s);
    else
        *out = s;
    return e;
}

double review_doubt(const struct deid_counts *c)
{
    const double of_record = 0.05, of_kilobyte = 0.01;
    double doubt = of_record * (double)c->records + of_kilobyte * (double)c->bytes_in / 1000;
    for (unsigned i = 0; i < SCORE_BANDS; i++)
        doubt += (1 - deid_score_floor(i)) * (double)c->by_score[i];
    return doubt;
}

double review_chance(const struct review_plan *p, const struct deid_counts *of_record)
{
    double all = (double)p->whole.records, doubt = review_doubt(&p->whole);
    double r = all > 0 ? MIN(1, p->random_size / all) : 0;
    double w = doubt > 0 ? MIN(1, p->uncertain_size * review_doubt(of_record) / doubt) : 0;
    return 1 - (1 - r) * (1 - w);
}

/* In [0, 1), the same for the same seed and place. */
static double coin(uint64_t seed, const struct batch_record *r)
{
    uint64_t place[2] = { r->input, r->number };
    return (double)(hash64(view_of((const char *)place, sizeof place), seed) >> 11) * 0x1p-53;
}

static err count_record(const void *ctx, void *scratch, const struct batch_record *r,
                        struct buf *out, struct deid_counts *counts, struct diag *d)
{
    const struct review_plan *p = ctx;
    struct review_scratch *s = scratch;
    struct deid_exam exam;
    (void)out;
    return deid_examine(p->deid, s->deid, r->format, r->encoding, r->bytes, VIEW(""), &exam, counts,
                        d);
}

static err add_text(struct buf *out, const struct piece *piece, const struct edits *edits)
{
    err e = OK;
    TRY(buf_add(out, VIEW("{\"field\":")));
    TRY(buf_add_json(out, piece->field));
    TRY(buf_add(out, VIEW(",\"text\":")));
    TRY(buf_add_json(out, piece->text));
    TRY(buf_add(out, VIEW(",\"edits\":[")));
    for (uint32_t i = 0; i < edits->n; i++) {
        TRY(buf_add(out, i ? VIEW(",[") : VIEW("[")));
        TRY(buf_add_u64(out, edits->v[i].start));
        TRY(buf_add_char(out, ','));
        TRY(buf_add_u64(out, edits->v[i].end));
        TRY(buf_add_char(out, ','));
        TRY(buf_add_json(out, edits->v[i].with));
        TRY(buf_add_char(out, ']'));
    }
    TRY(buf_add(out, VIEW("]}")));
out:
    return e;
}

static err add_unit(struct buf *out, const struct review_plan *p, const struct batch_record *r,
                    const struct deid_exam *exam, double chance)
{
    err e = OK;
    uint64_t findings = 0;
    for (unsigned l = 0; l < LABEL_COUNT; l++)
        findings += p->whole.replaced[l];
    TRY(buf_add(out, VIEW("{\"unit\":\"")));
    TRY(buf_add_u64(out, r->input));
    TRY(buf_add_char(out, ':'));
    TRY(buf_add_u64(out, r->number));
    TRY(buf_add(out, VIEW("\",\"records\":")));
    TRY(buf_add_u64(out, p->whole.records));
    TRY(buf_add(out, VIEW(",\"findings\":")));
    TRY(buf_add_u64(out, findings));
    if (p->whole.by_source[SOURCE_READER]) {
        TRY(buf_add(out, VIEW(",\"by_reader\":")));
        TRY(buf_add_u64(out, p->whole.by_source[SOURCE_READER]));
    }
    TRY(buf_add(out, VIEW(",\"p\":")));
    TRY(buf_add_fixed(out, chance, 12));
    TRY(buf_add(out, VIEW(",\"texts\":[")));
    for (uint32_t i = 0; i < exam->record.n; i++) {
        if (i) TRY(buf_add_char(out, ','));
        TRY(add_text(out, &exam->record.pieces[i], &exam->edits[i]));
    }
    TRY(buf_add(out, VIEW("]}\n")));
out:
    return e;
}

static err keep_unit(struct review_drawn *d, const struct batch_record *r, view line)
{
    (void)pthread_mutex_lock(&d->lock);
    const struct drawn_unit u = { r->input, r->number, d->lines.n, line.n };
    err e = buf_add(&d->lines, line);
    if (!e) e = buf_add(&d->units, view_of((const char *)&u, sizeof u));
    if (e) d->lines.n = u.at;
    (void)pthread_mutex_unlock(&d->lock);
    return e;
}

static err draw_unit(const struct review_plan *p, struct review_scratch *s,
                     const struct batch_record *r, const struct deid_exam *exam, double chance)
{
    err e = OK;
    if (exam->record.n == 0) return OK; /* nothing to read in it */
    buf_reset(&s->line);
    TRY(add_unit(&s->line, p, r, exam, chance));
    TRY(keep_unit(p->drawn, r, buf_view(&s->line)));
out:
    return e;
}

static err sample_record(const void *ctx, void *scratch, const struct batch_record *r,
                         struct buf *out, struct deid_counts *counts, struct diag *d)
{
    err e = OK;
    const struct review_plan *p = ctx;
    struct review_scratch *s = scratch;
    struct deid_exam exam;
    struct deid_counts now = { 0 }, again = { 0 };
    size_t before = out->n;
    if (p->writes)
        TRY(deid_record(p->deid, s->deid, r->format, r->encoding, r->bytes, VIEW(""), out, &now,
                        d));
    else
        TRY(deid_examine(p->deid, s->deid, r->format, r->encoding, r->bytes, VIEW(""), &exam, &now,
                         d));
    double chance = review_chance(p, &now);
    if (coin(p->seed, r) < chance) {
        if (p->writes) /* few are drawn: looking again costs less than keeping what was seen */
            TRY(deid_examine(p->deid, s->deid, r->format, r->encoding, r->bytes, VIEW(""), &exam,
                             &again, d));
        TRY(draw_unit(p, s, r, &exam, chance));
    }
    deid_counts_add(counts, &now);
out:
    if (e && out->n > before) {
        mem_wipe(out->p + before, out->n - before);
        out->n = before;
    }
    return e;
}

static err settle(const void *ctx, struct diag *d)
{
    const struct review_plan *p = ctx;
    return deid_settle(p->deid, d);
}

struct batch_work review_count_work(const struct review_plan *p)
{
    return (struct batch_work){ .ctx = p,
                                .scratch_new = scratch_new,
                                .scratch_free = scratch_free,
                                .record = count_record,
                                .collect = true };
}

struct batch_work review_sample_work(const struct review_plan *p)
{
    struct batch_work w = review_count_work(p);
    w.record = sample_record;
    if (!p->writes) return w;
    w.collect = false;
    w.packs = true;
    w.names = p->deid;
    w.before_output = settle;
    return w;
}

/* ---- as a file ---- */

static int by_place(const void *pa, const void *pb)
{
    const struct drawn_unit *a = pa, *b = pb;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* The same sample has the same name, which tells nothing of what is in it. */
static err add_head(const struct review_plan *p, struct output_set *set, struct buf *out)
{
    err e = OK;
    struct checksum c;
    uint8_t of_output[32] = { 0 }, id[32];
    char hex[64];
    const uint64_t facts[] = { p->seed, p->whole.records, p->whole.bytes_in,
                               p->drawn->units.n / sizeof(struct drawn_unit) };
    if (set) output_set_end(set, of_output);
    checksum_init(&c);
    checksum_add(&c, view_of((const char *)facts, sizeof facts));
    checksum_add(&c, view_of((const char *)of_output, sizeof of_output));
    checksum_end(&c, id);
    checksum_hex(id, hex);
    TRY(buf_add(out, VIEW("{\"cordon_sample\":1,\"id\":")));
    TRY(buf_add_json(out, view_of(hex, 2 * ID_BYTES)));
    TRY(buf_add(out, VIEW(",\"outputs\":")));
    TRY(set ? buf_add_u64(out, set->files) : buf_add(out, VIEW("null")));
    TRY(buf_add(out, VIEW(",\"" OUTPUT_SET_KEY "\":")));
    checksum_hex(of_output, hex);
    TRY(set ? buf_add_json(out, view_of(hex, sizeof hex)) : buf_add(out, VIEW("null")));
    TRY(buf_add(out, VIEW("}\n")));
out:
    return e;
}

err review_sample_lines(const struct review_plan *p, struct output_set *set, struct buf *out)
{
    err e = OK;
    struct drawn_unit *v = (struct drawn_unit *)(void *)p->drawn->units.p;
    size_t n = p->drawn->units.n / sizeof *v;
    TRY(add_head(p, set, out));
    if (n > 1) qsort(v, n, sizeof *v, by_place);
    for (size_t i = 0; i < n; i++)
        TRY(buf_add(out, view_of(p->drawn->lines.p + v[i].at, v[i].n)));
out:
    return e;
}
