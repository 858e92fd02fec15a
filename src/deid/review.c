/* review.c — drawing the sample. */
#include "deid/review.h"

#include "base/hash.h"

struct review_scratch {
    struct deid_scratch *deid;
};

static err scratch_new(void **out)
{
    struct review_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    err e = deid_scratch_new(&s->deid);
    if (e)
        mem_free(s);
    else
        *out = s;
    return e;
}

static void scratch_free(void *scratch)
{
    struct review_scratch *s = scratch;
    if (!s) return;
    deid_scratch_free(s->deid);
    mem_free(s);
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

static err sample_record(const void *ctx, void *scratch, const struct batch_record *r,
                         struct buf *out, struct deid_counts *counts, struct diag *d)
{
    err e = OK;
    const struct review_plan *p = ctx;
    struct review_scratch *s = scratch;
    struct deid_exam exam;
    struct deid_counts now = { 0 };
    size_t before = out->n;
    TRY(deid_examine(p->deid, s->deid, r->format, r->encoding, r->bytes, VIEW(""), &exam, &now, d));
    double chance = review_chance(p, &now);
    if (coin(p->seed, r) >= chance || exam.record.n == 0) return OK;
    TRY(add_unit(out, p, r, &exam, chance));
    deid_counts_add(counts, &now);
out:
    if (e) out->n = before;
    return e;
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
    return w;
}
