#include <fcntl.h>
#include <unistd.h>

#include "deid/batch_inside.h"

enum { INPUT_FORMAT_MAX = 64 << 20 };

/* ---- jobs ---- */

void batch_let_go(struct input_format *f)
{
    if (!f || --f->users) return;
    arena_clear(&f->arena);
    mem_free(f);
}

void batch_give_back(struct run *r, struct job *j)
{
    batch_let_go(j->kept);
    j->kept = NULL;
    j->next_free = r->free_jobs;
    r->free_jobs = j;
}

static err take_one(struct run *r)
{
    struct job *j = pool_take(r->pool);
    if (!j) return OK;
    err e = batch_finish(r, j);
    batch_give_back(r, j);
    return e;
}

static err submit(struct run *r, struct job *j)
{
    pool_submit(r->pool, j);
    return pool_is_full(r->pool) || r->workers == 1 ? take_one(r) : OK;
}

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
    j->replaces = false;
    j->input = input;
    *out = j;
out:
    return e;
}

/* ---- inputs ---- */

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
    j->replaces = before->is_stale;
    j->diag = *d;
    return submit(r, j);
}

static bool has_ending(view name, view ending)
{
    return name.n > ending.n && view_eq_nocase(view_sub(name, name.n - ending.n, name.n), ending);
}

const struct format *batch_format_by_name(const char *path)
{
    static const struct {
        view ending, format;
    } names[] = { { { ".csv", 4 }, { "csv", 3 } }, { { ".tsv", 4 }, { "tsv", 3 } } };
    view name = plan_name_unpacked(view_of_str(path));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (has_ending(name, names[i].ending)) return format_by_name(names[i].format);
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
        if (has_ending(name, others[i])) return false;
    return r->work->takes_empty && !reader->format->is_stream;
}

/* Reads one open input; what goes wrong in it is in *d, what stops the run is returned. */
static err read_input(struct run *r, int fd, uint64_t input, const struct resume_item *before,
                      enum packing *packing, struct diag *d)
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
                BATCH_BYTES_PACKED);
    reader.batch_bytes = BATCH_BYTES;
    reader_prepare(&reader, r->params->format_options, &kept->arena);
    while (!done) {
        struct job *j;
        TRY(free_job(r, input, &j));
        batch_cancel_watch(fd);
        err bad = batch_is_cancelled() ? ERR_CANCELLED : reader_next(&reader, &j->in, &done, d);
        batch_cancel_watch(-1);
        if (batch_is_cancelled()) bad = ERR_CANCELLED;
        if (done && !bad && !had_any && is_empty_text(r, input, &reader)) done = false;
        if (bad || done) batch_give_back(r, j);
        if (bad == ERR_CANCELLED || bad == ERR_MEMORY) TRY(bad);
        if (bad) {
            DIAG(d, bad, "the input can't be read");
            break;
        }
        if (r->work->packs) *packing = reader.source.how;
        if (*packing) reader.batch_bytes = BATCH_BYTES_PACKED;
        if (done) break;
        had_any = true;
        j->format = reader.format;
        j->kept = kept;
        kept->users++;
        j->encoding = reader.encoding;
        j->packing = *packing;
        j->replaces = before->is_stale;
        j->taken = reader.source.taken - taken;
        taken = reader.source.taken;
        j->is_stream = reader.format->is_stream;
        TRY(submit(r, j));
    }
out:
    reader_clear(&reader);
    batch_let_go(kept);
    return e;
}

err batch_run_input(struct run *r, uint64_t input)
{
    err e = OK;
    const struct plan_item *item = &r->plan.v[input - 1];
    struct diag d = item->diag;
    enum packing packing = PACKED_NOT;
    struct resume_item before = { 0 };
    int fd = -1;
    if (!d.code) TRY(resume_look(r->journal, r->params, item, input, &before, r->diag));
    if (!d.code && !before.is_done) {
        fd = item->input ? open(item->input, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
        if (batch_is_cancelled()) TRY(ERR_CANCELLED);
        if (fd < 0)
            DIAG_OS(&d, "the input can't be opened");
        else
            TRY(read_input(r, fd, input, &before, &packing, &d));
    }
    TRY(end_of_input(r, input, packing, &before, &d));
out:
    if (fd > STDIN_FILENO) close(fd);
    return e;
}
