#include "base/clock.h"
#include "deid/batch_inside.h"

enum { IN_FLIGHT_PER_WORKER = 2, JOBS_MAX = 256 };

struct batch_params batch_default_params(void)
{
    return (struct batch_params){ .encoding = ENC_AUTO, .max_document = DOCUMENT_MAX };
}

/* ---- in a worker ---- */

static err add_fault(struct job *j, const struct diag *d)
{
    return buf_add(&j->faults, view_of((const char *)d, sizeof *d));
}

static void fail_record(const struct run *r, struct job *j, void *scratch,
                        const struct batch_record *rec, struct diag *d, err e, uint64_t at)
{
    DIAG(d, e, "the record failed");
    d->input = rec->input;
    d->record = j->format->is_stream ? rec->number : 0;
    if (d->has_offset) d->offset += at;
    j->stopped = add_fault(j, d);
    if (r->work->failed && !j->stopped)
        j->stopped = r->work->failed(r->work->ctx, scratch, rec, d->code, &j->out);
    else if (!j->format->is_stream)
        j->dropped = true;
}

static void work_on(void *ctx, unsigned worker, void *job)
{
    const struct run *r = ctx;
    struct job *j = job;
    size_t pos = 0;
    struct batch_record rec = { .format = j->format,
                                .encoding = j->encoding,
                                .path = r->plan.v[j->input - 1].input,
                                .input = j->input,
                                .number = j->in.first_record };
    if (j->is_end) return;
    if (j->in.too_large) {
        struct diag d = { 0 };
        DIAG(&d, ERR_LIMIT, "larger than --max-document allows");
        fail_record(r, j, r->scratch[worker], &rec, &d, ERR_LIMIT, j->in.offset);
        return;
    }
    view all = buf_view(&j->in.bytes);
    size_t ahead = 0;
    bool more = true; /* also where an input without a byte is a record */
    while (more && !j->stopped && !batch_is_cancelled()) {
        size_t at = pos;
        struct diag d = { 0 };
        if (r->work->ahead && pos >= ahead)
            ahead = pos + r->work->ahead(r->work->ctx, r->scratch[worker], &rec,
                                         view_sub(all, pos, all.n));
        rec.bytes = reader_record(j->format, all, &pos);
        err e = r->work->record(r->work->ctx, r->scratch[worker], &rec, &j->out, &j->counts, &d);
        if (e) fail_record(r, j, r->scratch[worker], &rec, &d, e, j->in.offset + at);
        rec.number++;
        more = pos < all.n;
    }
    if (j->packing && j->out.n && !j->stopped) {
        buf_reset(&j->packed);
        j->stopped = packed_add(j->packing, buf_view(&j->out), &j->packed);
    }
}

/* ---- the whole ---- */

static err start(struct run *r)
{
    err e = OK;
    r->workers = r->params->jobs ? MIN(r->params->jobs, (unsigned)JOBS_MAX) : pool_cpus();
    r->n_jobs = r->workers == 1 ? 1 : r->workers * IN_FLIGHT_PER_WORKER;
    r->scratch = mem_alloc_zero(r->workers * sizeof *r->scratch);
    r->jobs = mem_alloc_zero(r->n_jobs * sizeof *r->jobs);
    if (!r->scratch || !r->jobs) return ERR_MEMORY;
    for (unsigned i = 0; i < r->n_jobs; i++) {
        struct job *j = &r->jobs[i];
        /* A replacement can be longer than what it replaces, but not without end. */
        buf_init(&j->in.bytes, r->params->max_document + BATCH_BYTES_PACKED);
        buf_init(&j->out, 16 * (r->params->max_document + BATCH_BYTES_PACKED));
        buf_init(&j->packed, 17 * (r->params->max_document + BATCH_BYTES_PACKED));
        buf_init(&j->faults, sizeof(struct diag) * (r->params->max_document + BATCH_BYTES_PACKED));
        batch_give_back(r, j);
    }
    for (unsigned i = 0; i < r->workers; i++)
        TRY(r->work->scratch_new(&r->scratch[i]));
    TRY(pool_new(&r->pool, r->workers, r->n_jobs, work_on, r));
out:
    return e;
}

static void stop(struct run *r)
{
    while (r->pool && pool_take(r->pool)) {
    }
    pool_free(r->pool);
    for (unsigned i = 0; r->jobs && i < r->n_jobs; i++) {
        buf_clear(&r->jobs[i].in.bytes);
        buf_clear(&r->jobs[i].out);
        buf_clear(&r->jobs[i].faults);
        buf_clear(&r->jobs[i].packed);
        batch_let_go(r->jobs[i].kept);
    }
    for (unsigned i = 0; r->scratch && i < r->workers; i++)
        r->work->scratch_free(r->scratch[i]);
    mem_free(r->jobs);
    mem_free(r->scratch);
    sink_discard(&r->sink);
    plan_clear(&r->plan);
    journal_free(r->journal);
}

static err run_all(struct run *r)
{
    err e = OK;
    if (r->plan.shared) TRY(batch_begin_shared(r));
    for (uint64_t i = 1; i <= r->plan.n; i++)
        TRY(batch_run_input(r, i));
    for (struct job *j; (j = pool_take(r->pool)); batch_give_back(r, j))
        TRY(batch_finish(r, j));
    if (batch_is_cancelled()) TRY(ERR_CANCELLED);
    if (r->plan.shared) TRY(batch_end_shared(r));
out:
    return e;
}

err batch_run_work(const struct batch_work *w, const struct batch_params *p,
                   struct batch_result *result, struct diag *diag)
{
    err e = OK;
    uint64_t begun = clock_mono_ns();
    struct run r = { .work = w, .params = p, .result = result, .diag = diag };
    *result = (struct batch_result){ 0 };
    batch_cancel_begin();
    clock_gettime(CLOCK_REALTIME_COARSE, &r.started);
    TRY(plan_make(&r.plan, w, p, diag));
    result->names_changed = r.plan.names_changed;
    result->passed_over = r.plan.passed_over;
    result->adds = r.plan.adds;
    TRY(resume_open(&r.journal, &r.plan, p, diag));
    TRY(start(&r));
    TRY(run_all(&r));
out:
    stop(&r);
    batch_cancel_end();
    result->seconds = (double)(clock_mono_ns() - begun) * 1e-9;
    if (e) DIAG(diag, e, "the run was stopped");
    return e;
}

/* ---- de-identification as the work ---- */

static err deid_scratch_make(void **out)
{
    struct deid_scratch *s = NULL;
    err e = deid_scratch_new(&s);
    if (!e) e = deid_scratch_remember(s);
    *out = s; /* also when this fails: it is dropped then */
    return e;
}

static void deid_scratch_drop(void *s)
{
    deid_scratch_free(s);
}

static err deid_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                    struct deid_counts *counts, struct diag *d)
{
    return deid_record(ctx, scratch, r->format, r->encoding, r->bytes, VIEW(""), out, counts, d);
}

static size_t deid_next(const void *ctx, void *scratch, const struct batch_record *r, view block)
{
    return deid_ahead(ctx, scratch, r->format, r->encoding, block);
}

static err deid_before_output(const void *ctx, struct diag *d)
{
    return deid_settle(ctx, d);
}

err batch_run(const struct deid *d, const struct batch_params *p, struct batch_result *result,
              struct diag *diag)
{
    const struct batch_work work = { .ctx = d,
                                     .scratch_new = deid_scratch_make,
                                     .scratch_free = deid_scratch_drop,
                                     .ahead = deid_next,
                                     .record = deid_one,
                                     .before_output = deid_before_output,
                                     .packs = true,
                                     .names = d };
    return batch_run_work(&work, p, result, diag);
}
