#include "deid/batch_inside.h"

static void report(struct run *r, const struct diag *d)
{
    const char *path = d->input && d->input <= r->plan.n ? r->plan.v[d->input - 1].input : NULL;
    if (r->params->on_failure) r->params->on_failure(r->params->ctx, d);
    if (r->params->on_failed_path)
        r->params->on_failed_path(r->params->path_ctx, d, path ? path : "");
}

/* Makes the folder of an output (of one among many) and takes away what a dead run left in it. */
static err prepare_folder(struct run *r, const char *path, struct diag *d)
{
    char folder[4096];
    view whole = view_of_str(path);
    size_t n = whole.n;
    while (n > 0 && whole.p[n - 1] != '/')
        n--;
    view of = view_sub(whole, 0, n);
    if (r->last_folder.p && view_eq(of, r->last_folder)) return OK;
    if (n >= sizeof folder) return DIAG(d, ERR_LIMIT, "the path of the output is too long");
    memcpy(folder, n ? path : ".", n ? n : 1);
    folder[n ? n : 1] = '\0';
    if (n && !r->plan.shared) {
        err e = file_make_folders(folder, d);
        if (e) return e;
    }
    /* Where a lock taken on another machine can't be seen, its temporaries look abandoned. */
    if (!r->params->shards) sink_sweep(folder, r->started);
    r->last_folder = of; /* lives in the plan or the params */
    return OK;
}

static bool wants_sum(const struct run *r)
{
    return r->params->on_output || r->journal;
}

static err open_sink(struct run *r, const char *path, bool replaces, struct diag *d)
{
    err e = path ? prepare_folder(r, path, d) : OK;
    if (wants_sum(r)) checksum_init(&r->sum);
    r->sum_bytes = 0;
    return e ? e : sink_open(&r->sink, path, r->params->replace || replaces, d);
}

static err write_sink(struct run *r, view v, struct diag *d)
{
    if (wants_sum(r)) checksum_add(&r->sum, v);
    r->sum_bytes += v.n;
    return sink_write(&r->sink, v, d);
}

/* `input` is 0 for the output that all inputs share; `item` NULL without a journal. */
static err commit_sink(struct run *r, uint64_t input, const struct resume_item *item,
                       struct diag *d)
{
    err e = OK;
    uint8_t sum[32] = { 0 };
    if (r->work->before_output) TRY(r->work->before_output(r->work->ctx, d));
    if (wants_sum(r)) checksum_end(&r->sum, sum);
    if (item &&
        (e = journal_intend(r->journal, &item->id, input, r->sum_bytes, sum, item->known, d))) {
        r->stopped = e; /* without its journal the run may not go on */
        return e;
    }
    TRY(sink_commit(&r->sink, d));
    if (item && (e = journal_done(r->journal, &item->id, input, d))) r->stopped = e;
    if (r->params->on_output) r->params->on_output(r->params->ctx, input, r->sum_bytes, sum);
out:
    return e;
}

/* The present input goes without output, and is counted once. */
static void fail_input(struct run *r, struct diag *d)
{
    d->input = r->writing;
    if (!r->plan.shared) sink_discard(&r->sink);
    if (!r->input_failed) r->result->inputs_failed++;
    r->input_failed = true;
    report(r, d);
}

/* An output that can't be written ends the run when it is the only one, or when none can be. */
static err output_failed(struct run *r, struct diag *d)
{
    if (r->plan.shared || r->stopped || d->code == ERR_NO_SPACE || d->code == ERR_MEMORY) {
        if (r->diag) *r->diag = *d;
        return d->code;
    }
    fail_input(r, d);
    return OK;
}

static err begin_input(struct run *r, const struct job *j)
{
    struct diag d = { 0 };
    if (r->writing == j->input) return OK;
    r->writing = j->input;
    r->input_failed = false;
    r->begun_failures = r->result->records_failed;
    if (!r->plan.shared && !j->diag.code && !j->dropped &&
        open_sink(r, r->plan.v[j->input - 1].output, j->replaces, &d))
        return output_failed(r, &d);
    r->begun_bytes = r->sum_bytes;
    return OK;
}

/* An earlier run has done it: its output stands, and is told of again. */
static err pass_over(struct run *r, const struct job *j)
{
    r->writing = j->input;
    r->input_failed = false;
    r->result->inputs_before++;
    r->plan.bytes_total -= MIN(r->plan.bytes_total, j->before.input_bytes);
    if (r->params->on_output)
        r->params->on_output(r->params->ctx, j->input, j->before.output_bytes, j->before.sum);
    return OK;
}

/* Nothing came of a packed input: still its output is packed, so that it can be unpacked. */
static err write_empty(struct run *r, const struct job *j, struct diag *d)
{
    struct buf b;
    bool alone = !r->plan.shared || r->plan.n == 1;
    if (!j->packing || r->sum_bytes || !alone) return OK;
    buf_init(&b, 4096);
    err e = packed_add(j->packing, VIEW(""), &b);
    if (!e) e = write_sink(r, buf_view(&b), d);
    buf_clear(&b);
    return e ? DIAG(d, e, "an empty output can't be packed") : OK;
}

/* All records of the input failed, and what failed has no output: an empty file would look like a result. */
static void drop_if_nothing(struct run *r)
{
    if (r->input_failed || r->work->collect || r->sum_bytes > r->begun_bytes ||
        r->result->records_failed == r->begun_failures)
        return;
    r->input_failed = true; /* its records are reported and counted */
    r->result->inputs_failed++;
    if (!r->plan.shared) sink_discard(&r->sink);
}

static err end_input(struct run *r, struct job *j)
{
    err e = OK;
    struct diag d = { 0 };
    const struct resume_item *item = r->journal && j->before.has_id ? &j->before : NULL;
    if (!j->diag.code) drop_if_nothing(r);
    if (j->diag.code) {
        fail_input(r, &j->diag);
    } else if (!r->input_failed) {
        if (write_empty(r, j, &d)) TRY(output_failed(r, &d));
        if (!d.code && !r->plan.shared && commit_sink(r, r->writing, item, &d))
            TRY(output_failed(r, &d));
        r->result->inputs_done += !d.code;
        r->result->inputs_again += !d.code && j->replaces;
    }
    if (item && r->input_failed) {
        err why = j->diag.code ? j->diag.code : d.code ? d.code : ERR_FORMAT;
        d = (struct diag){ 0 };
        if (journal_failed(r->journal, &item->id, r->writing, why, &d)) {
            if (r->diag) *r->diag = d;
            e = d.code;
        }
    }
out:
    return e;
}

/* Of the one output of several inputs: all are packed as the first was. */
static bool is_packed_alike(struct run *r, const struct job *j)
{
    if (!r->plan.shared || !j->out.n) return true;
    if (!r->is_packed_known) r->packing = j->packing;
    r->is_packed_known = true;
    return r->packing == j->packing;
}

err batch_finish(struct run *r, struct job *j)
{
    err e = OK;
    struct diag d = { 0 };
    if (batch_is_cancelled()) return ERR_CANCELLED; /* its results may be cut short */
    if (j->stopped) return DIAG(r->diag, j->stopped, "a batch could not be held in memory");
    if (j->before.is_done) return pass_over(r, j);
    TRY(begin_input(r, j));
    if (!r->input_failed && !is_packed_alike(r, j)) {
        DIAG(&d, ERR_UNSUPPORTED, "packed otherwise than what one output begins with");
        fail_input(r, &d);
        d = (struct diag){ 0 };
    }
    for (size_t at = 0; at + sizeof d <= j->faults.n; at += sizeof d) {
        memcpy(&d, j->faults.p + at, sizeof d);
        r->result->records_failed += j->is_stream || !j->dropped; /* else the input counts */
        report(r, &d);
    }
    if (j->dropped && !r->input_failed) {
        r->input_failed = true;
        r->result->inputs_failed++;
        if (!r->plan.shared) sink_discard(&r->sink);
    }
    d = (struct diag){ 0 };
    if (!r->input_failed || r->work->collect) {
        deid_counts_add(&r->result->counts, &j->counts);
        view out = buf_view(j->packing ? &j->packed : &j->out);
        if (j->out.n && write_sink(r, out, &d)) TRY(output_failed(r, &d));
    }
    if (j->is_end) TRY(end_input(r, j));
    r->bytes_done += j->taken;
    if (r->params->on_progress)
        r->params->on_progress(r->params->ctx, r->bytes_done, r->plan.bytes_total,
                               r->result->counts.records);
out:
    return e;
}

err batch_begin_shared(struct run *r)
{
    struct diag d = { 0 };
    bool failed = open_sink(r, r->plan.output, false, &d) ||
                  (r->work->head.n && write_sink(r, r->work->head, &d));
    if (failed && r->diag) *r->diag = d;
    return failed ? d.code : OK;
}

err batch_end_shared(struct run *r)
{
    struct diag d = { 0 };
    /* A single input that failed leaves no file behind. */
    if (r->result->inputs_done == 0 && r->plan.n > 0 && !r->sink.is_stdout) {
        sink_discard(&r->sink);
        return OK;
    }
    if (!commit_sink(r, 0, NULL, &d)) return OK;
    if (r->diag) *r->diag = d;
    return d.code;
}
