#include "cli/run_report.h"

#include "cli/run_document.h"

enum { LISTED_MAX = 10000 };

void run_report_init(struct run_report *r)
{
    *r = (struct run_report){ .begun = clock_utc_now() };
    buf_init(&r->failures, LISTED_MAX * sizeof(struct diag));
    buf_init(&r->outputs, LISTED_MAX * sizeof(struct run_output));
    output_set_init(&r->set);
}

void run_report_clear(struct run_report *r)
{
    report_files_clear(&r->files);
    buf_clear(&r->failures);
    buf_clear(&r->outputs);
    output_set_clear(&r->set);
}

err run_report_open(struct run_report *r, const struct opt_texts *paths, bool force, struct diag *d)
{
    return report_files_open(&r->files, paths, force, d);
}

/* ---- listening ---- */

static void hear_failure(void *ctx, const struct diag *d)
{
    struct run_report *r = ctx;
    console_failure(r->console, d);
    r->n_failures++;
    if ((unsigned)d->code < ERR_KINDS) r->failed[d->code]++;
    /* What no longer fits is counted and not listed; the report says so. */
    (void)!buf_add(&r->failures, view_of((const char *)d, sizeof *d));
}

static void hear_progress(void *ctx, uint64_t done, uint64_t total, uint64_t records)
{
    const struct run_report *r = ctx;
    console_progress(r->console, done, total, records);
}

static void hear_output(void *ctx, uint64_t input, uint64_t bytes, const uint8_t sum[32])
{
    struct run_report *r = ctx;
    struct run_output o = { .input = input, .bytes = bytes };
    memcpy(o.sum, sum, sizeof o.sum);
    r->n_outputs++;
    if (output_set_add(&r->set, bytes, sum)) r->set_is_partial = true;
    (void)!buf_add(&r->outputs, view_of((const char *)&o, sizeof o));
}

void run_report_watch(struct run_report *r, struct console *c, struct batch_params *params)
{
    r->console = c;
    if (r->files.paths->n == 0) return;
    params->on_failure = hear_failure;
    params->on_progress = hear_progress;
    params->on_output = hear_output;
    params->ctx = r;
}

/* ---- writing ---- */

err run_report_write(struct run_report *r, const struct run_facts *f,
                     const struct batch_result *result, struct diag *d)
{
    err e = OK;
    struct report *doc = NULL;
    if (r->files.paths->n == 0) return OK;
    TRY(run_document(&doc, r, f, result));
    TRY(report_files_write(&r->files, doc, d));
out:
    report_free(doc);
    return e ? DIAG(d, e, "the report could not be written") : OK;
}
