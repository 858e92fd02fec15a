#include "deid/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/pool.h"
#include "deid/plan.h"
#include "deid/resume.h"
#include "deid/sink.h"
#include "format/reader.h"

enum { BATCH_BYTES = 256 << 10, IN_FLIGHT_PER_WORKER = 2, JOBS_MAX = 256 };
enum { INPUT_FORMAT_MAX = 64 << 20 };

/* Where the format of one input lives: until the last of the input's batches is done with. */
struct input_format {
    struct arena arena;
    unsigned users; /* jobs, and the one who reads; the owner counts */
};

/* One batch of records on its way: read by the owner, worked on by a worker, written by the owner. */
struct job {
    struct job *next_free;
    struct batch in;
    struct buf out, faults; /* faults: struct diag, one a failed record */
    struct buf packed;      /* what is written instead of `out` when packing is set */
    enum packing packing;
    uint64_t taken;            /* bytes read from the input for it */
    struct resume_item before; /* is_end: what the journal knew */
    const struct format *format;
    struct input_format *kept; /* what `format` may live in, or NULL */
    enum encoding encoding;
    struct deid_counts counts;
    uint64_t input;   /* 1-based */
    bool is_stream;   /* records are lines: one that fails does not end the input */
    bool is_end;      /* carries no records: the input ends here */
    struct diag diag; /* is_end: why the input failed, or code OK */
    err stopped;      /* what ends the whole run */
    bool dropped;     /* a record that is the whole input failed: the input has no output */
};

struct run {
    const struct batch_work *work;
    const struct batch_params *params;
    struct batch_result *result;
    struct plan plan;
    struct pool *pool;
    void **scratch; /* one a worker */
    unsigned workers;
    struct job *jobs, *free_jobs;
    unsigned n_jobs;
    struct timespec started;
    struct diag *diag;
    /* Of the input whose results are being written: */
    struct sink sink;
    uint64_t writing; /* its ordinal; 0: none yet */
    bool input_failed;
    view last_folder;
    uint64_t bytes_done;
    struct checksum sum; /* of the output, when on_output or the journal wants it */
    uint64_t sum_bytes;
    uint64_t begun_bytes,
        begun_failures;      /* sum_bytes and failed records before the present input */
    err stopped;             /* what ends the run although only one output failed */
    struct journal *journal; /* NULL: none is kept */
    bool is_packed_known;    /* of the one output: its first bytes said how it is packed */
    enum packing packing;
};

/* batch_cancel may come at any instruction. It sets a flag, and so that a read that waits does not
 * wait for ever, puts an empty file in the place of the descriptor being read: the read that was
 * interrupted ends at once, also when it is begun again. What was read is then thrown away. */
static atomic_int cancelled, reading_fd = -1, empty_fd = -1;

void batch_cancel(void)
{
    int keep = errno, from = empty_fd, to = reading_fd;
    cancelled = 1;
    if (from >= 0 && to >= 0) (void)dup2(from, to);
    errno = keep;
}

bool batch_is_cancelled(void)
{
    return cancelled != 0;
}

struct batch_params batch_default_params(void)
{
    return (struct batch_params){ .encoding = ENC_AUTO, .max_document = DOCUMENT_MAX };
}

/* ---- in a worker ---- */

static err add_fault(struct job *j, const struct diag *d)
{
    return buf_add(&j->faults, view_of((const char *)d, sizeof *d));
}

static void fail_record(const struct run *r, struct job *j, const struct batch_record *rec,
                        struct diag *d, err e, uint64_t at)
{
    DIAG(d, e, "the record failed");
    d->input = rec->input;
    d->record = j->format->is_stream ? rec->number : 0;
    if (d->has_offset) d->offset += at;
    j->stopped = add_fault(j, d);
    if (r->work->failed && !j->stopped)
        j->stopped = r->work->failed(r->work->ctx, rec, d->code, &j->out);
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
                                .input = j->input,
                                .number = j->in.first_record };
    if (j->is_end) return;
    if (j->in.too_large) {
        struct diag d = { 0 };
        DIAG(&d, ERR_LIMIT, "larger than --max-document allows");
        fail_record(r, j, &rec, &d, ERR_LIMIT, j->in.offset);
        return;
    }
    view all = buf_view(&j->in.bytes);
    bool more = true; /* also where an input without a byte is a record */
    while (more && !j->stopped && !cancelled) {
        size_t at = pos;
        struct diag d = { 0 };
        rec.bytes = reader_record(j->format, all, &pos);
        err e = r->work->record(r->work->ctx, r->scratch[worker], &rec, &j->out, &j->counts, &d);
        if (e) fail_record(r, j, &rec, &d, e, j->in.offset + at);
        rec.number++;
        more = pos < all.n;
    }
    if (j->packing && j->out.n && !j->stopped) {
        buf_reset(&j->packed);
        j->stopped = packed_add(j->packing, buf_view(&j->out), &j->packed);
    }
}

/* ---- in the owner: results in order ---- */

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

static err open_sink(struct run *r, const char *path, struct diag *d)
{
    err e = path ? prepare_folder(r, path, d) : OK;
    if (wants_sum(r)) checksum_init(&r->sum);
    r->sum_bytes = 0;
    return e ? e : sink_open(&r->sink, path, r->params->replace, d);
}

static err write_sink(struct run *r, view v, struct diag *d)
{
    if (wants_sum(r)) checksum_add(&r->sum, v);
    r->sum_bytes += v.n;
    return sink_write(&r->sink, v, d);
}

/* `input` is 0 for the output that all inputs share; `id` NULL without a journal. */
static err commit_sink(struct run *r, uint64_t input, const struct journal_id *id, struct diag *d)
{
    err e = OK;
    uint8_t sum[32] = { 0 };
    if (r->work->before_output) TRY(r->work->before_output(r->work->ctx, d));
    if (wants_sum(r)) checksum_end(&r->sum, sum);
    if (id && (e = journal_intend(r->journal, id, input, r->sum_bytes, sum, d))) {
        r->stopped = e; /* without its journal the run may not go on */
        return e;
    }
    TRY(sink_commit(&r->sink, d));
    if (id && (e = journal_done(r->journal, id, input, d))) r->stopped = e;
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
        open_sink(r, r->plan.v[j->input - 1].output, &d))
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
    const struct journal_id *id = r->journal && j->before.has_id ? &j->before.id : NULL;
    if (!j->diag.code) drop_if_nothing(r);
    if (j->diag.code) {
        fail_input(r, &j->diag);
    } else if (!r->input_failed) {
        if (write_empty(r, j, &d)) TRY(output_failed(r, &d));
        if (!d.code && !r->plan.shared && commit_sink(r, r->writing, id, &d))
            TRY(output_failed(r, &d));
        r->result->inputs_done += !d.code;
    }
    if (id && r->input_failed) {
        err why = j->diag.code ? j->diag.code : d.code ? d.code : ERR_FORMAT;
        d = (struct diag){ 0 };
        if (journal_failed(r->journal, id, r->writing, why, &d)) {
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

static err finish(struct run *r, struct job *j)
{
    err e = OK;
    struct diag d = { 0 };
    if (cancelled) return ERR_CANCELLED; /* its results may be cut short */
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

static void let_go(struct input_format *f)
{
    if (!f || --f->users) return;
    arena_clear(&f->arena);
    mem_free(f);
}

static void give_back(struct run *r, struct job *j)
{
    let_go(j->kept);
    j->kept = NULL;
    j->next_free = r->free_jobs;
    r->free_jobs = j;
}

static err take_one(struct run *r)
{
    struct job *j = pool_take(r->pool);
    if (!j) return OK;
    err e = finish(r, j);
    give_back(r, j);
    return e;
}

static err submit(struct run *r, struct job *j)
{
    pool_submit(r->pool, j);
    return pool_is_full(r->pool) || r->workers == 1 ? take_one(r) : OK;
}

/* ---- in the owner: reading ---- */

static err free_job(struct run *r, uint64_t input, struct job **out)
{
    err e = OK;
    while (!r->free_jobs)
        TRY(take_one(r));
    struct job *j = r->free_jobs;
    r->free_jobs = j->next_free;
    buf_reset(&j->out);
    buf_reset(&j->faults);
    j->counts = (struct deid_counts){ 0 };
    j->diag = (struct diag){ 0 };
    j->stopped = OK;
    j->is_end = j->dropped = false;
    j->packing = PACKED_NOT;
    j->taken = 0;
    j->before = (struct resume_item){ 0 };
    j->input = input;
    *out = j;
out:
    return e;
}

static err end_of_input(struct run *r, uint64_t input, enum packing packing,
                        const struct resume_item *before, const struct diag *d)
{
    struct job *j;
    err e = free_job(r, input, &j);
    if (e) return e;
    buf_reset(&j->in.bytes);
    j->is_end = true;
    j->packing = packing;
    j->before = *before;
    j->diag = *d;
    return submit(r, j);
}

const struct format *batch_format_by_name(const char *path)
{
    static const struct {
        view ending, format;
    } names[] = { { { ".csv", 4 }, { "csv", 3 } }, { { ".tsv", 4 }, { "tsv", 3 } } };
    view name = plan_name_unpacked(view_of_str(path));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t n = names[i].ending.n;
        if (name.n > n && view_eq_nocase(view_sub(name, name.n - n, name.n), names[i].ending))
            return format_by_name(names[i].format);
    }
    return NULL;
}

static const struct format *format_of(const struct run *r, uint64_t input)
{
    return r->params->format ? r->params->format : batch_format_by_name(r->plan.v[input - 1].input);
}

/* Nothing in it, and nothing says that it would be records or a structure: a text, and an empty one. */
static bool is_empty_text(const struct run *r, uint64_t input, const struct reader *reader)
{
    static const view others[] = { VIEW(".json"), VIEW(".jsonl"), VIEW(".ndjson") };
    const char *path = r->plan.v[input - 1].input;
    view name = path ? plan_name_unpacked(view_of_str(path)) : (view){ 0 };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (name.n > others[i].n &&
            view_eq_nocase(view_sub(name, name.n - others[i].n, name.n), others[i]))
            return false;
    return r->work->takes_empty && !reader->format->is_stream;
}

/* Reads one open input; what goes wrong in it is in *d, what stops the run is returned. */
static err read_input(struct run *r, int fd, uint64_t input, enum packing *packing, struct diag *d)
{
    uint64_t taken = 0;
    err e = OK;
    bool done = false, had_any = false;
    struct reader reader;
    struct input_format *kept = mem_alloc_zero(sizeof *kept);
    if (!kept) return ERR_MEMORY;
    arena_init(&kept->arena, INPUT_FORMAT_MAX);
    kept->users = 1;
    reader_init(&reader, fd, format_of(r, input), r->params->encoding, r->params->max_document,
                BATCH_BYTES);
    reader_prepare(&reader, r->params->format_options, &kept->arena);
    while (!done) {
        struct job *j;
        TRY(free_job(r, input, &j));
        reading_fd = fd;
        err bad = cancelled ? ERR_CANCELLED : reader_next(&reader, &j->in, &done, d);
        reading_fd = -1;
        if (cancelled) bad = ERR_CANCELLED;
        if (done && !bad && !had_any && is_empty_text(r, input, &reader)) done = false;
        if (bad || done) give_back(r, j);
        if (bad == ERR_CANCELLED || bad == ERR_MEMORY) TRY(bad);
        if (bad) {
            DIAG(d, bad, "the input can't be read");
            break;
        }
        if (r->work->packs) *packing = reader.source.how;
        if (done) break;
        had_any = true;
        j->format = reader.format;
        j->kept = kept;
        kept->users++;
        j->encoding = reader.encoding;
        j->packing = *packing;
        j->taken = reader.source.taken - taken;
        taken = reader.source.taken;
        j->is_stream = reader.format->is_stream;
        TRY(submit(r, j));
    }
out:
    reader_clear(&reader);
    let_go(kept);
    return e;
}

static err run_input(struct run *r, uint64_t input)
{
    err e = OK;
    const struct plan_item *item = &r->plan.v[input - 1];
    struct diag d = item->diag;
    enum packing packing = PACKED_NOT;
    struct resume_item before = { 0 };
    int fd = -1;
    if (!d.code) TRY(resume_look(r->journal, item, input, &before, r->diag));
    if (!d.code && !before.is_done) {
        fd = item->input ? open(item->input, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
        if (cancelled) TRY(ERR_CANCELLED);
        if (fd < 0)
            DIAG_OS(&d, "the input can't be opened");
        else
            TRY(read_input(r, fd, input, &packing, &d));
    }
    TRY(end_of_input(r, input, packing, &before, &d));
out:
    if (fd > STDIN_FILENO) close(fd);
    return e;
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
        buf_init(&j->in.bytes, r->params->max_document + BATCH_BYTES);
        buf_init(&j->out, 16 * (r->params->max_document + BATCH_BYTES));
        buf_init(&j->packed, 17 * (r->params->max_document + BATCH_BYTES));
        buf_init(&j->faults, sizeof(struct diag) * (r->params->max_document + BATCH_BYTES));
        give_back(r, j);
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
        let_go(r->jobs[i].kept);
    }
    for (unsigned i = 0; r->scratch && i < r->workers; i++)
        r->work->scratch_free(r->scratch[i]);
    mem_free(r->jobs);
    mem_free(r->scratch);
    sink_discard(&r->sink);
    plan_clear(&r->plan);
    journal_free(r->journal);
}

static err write_head(struct run *r, struct diag *d)
{
    return r->work->head.n ? write_sink(r, r->work->head, d) : OK;
}

static err run_all(struct run *r)
{
    err e = OK;
    struct diag d = { 0 };
    if (r->plan.shared && (open_sink(r, r->plan.output, &d) || write_head(r, &d))) {
        if (r->diag) *r->diag = d;
        return d.code;
    }
    for (uint64_t i = 1; i <= r->plan.n; i++)
        TRY(run_input(r, i));
    for (struct job *j; (j = pool_take(r->pool)); give_back(r, j))
        TRY(finish(r, j));
    if (cancelled) TRY(ERR_CANCELLED);
    /* A single input that failed leaves no file behind. */
    if (r->plan.shared && r->result->inputs_done == 0 && r->plan.n > 0 && !r->sink.is_stdout)
        sink_discard(&r->sink);
    else if (r->plan.shared && commit_sink(r, 0, NULL, &d)) {
        if (r->diag) *r->diag = d;
        e = d.code;
    }
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
    empty_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    clock_gettime(CLOCK_REALTIME_COARSE, &r.started);
    TRY(plan_make(&r.plan, w, p, diag));
    result->names_changed = r.plan.names_changed;
    TRY(resume_open(&r.journal, &r.plan, p, diag));
    TRY(start(&r));
    TRY(run_all(&r));
out:
    stop(&r);
    if (empty_fd >= 0) close(empty_fd);
    empty_fd = -1;
    cancelled = 0; /* not at the start: a signal that came before is not lost */
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
                                     .record = deid_one,
                                     .before_output = deid_before_output,
                                     .packs = true,
                                     .names = d };
    return batch_run_work(&work, p, result, diag);
}
