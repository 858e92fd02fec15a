#include "cli/run_report.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/run_document.h"
#include "report/report.h"

enum { LISTED_MAX = 10000, REPORT_BYTES_MAX = 64 << 20 };

void run_report_init(struct run_report *r)
{
    *r = (struct run_report){ .begun = clock_utc_now() };
    buf_init(&r->failures, LISTED_MAX * sizeof(struct diag));
    buf_init(&r->outputs, LISTED_MAX * sizeof(struct run_output));
}

void run_report_clear(struct run_report *r)
{
    for (unsigned i = 0; i < OPT_TEXTS_MAX; i++)
        sink_discard(&r->sinks[i]);
    buf_clear(&r->failures);
    buf_clear(&r->outputs);
}

static bool ends(const char *path, view ending)
{
    view p = view_of_str(path);
    return p.n > ending.n && view_eq(view_sub(p, p.n - ending.n, p.n), ending);
}

static bool is_html(const char *path)
{
    return ends(path, VIEW(".html"));
}

/* With --force a report takes the place of an older one, and of nothing else: the name may be that of an
 * input, or of an output that this run has just written. */
static err check_place(const char *path, struct diag *d)
{
    char head[REPORT_HEAD];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) return errno == ENOENT ? OK : DIAG_OS(d, "the report can't be looked at");
    bool is_file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    ssize_t n = is_file ? read(fd, head, sizeof head) : 0;
    close(fd);
    if (!is_file || n < 0) return DIAG(d, ERR_EXISTS, "the report's name belongs to no file");
    if (!report_is_one(view_of(head, (size_t)n)))
        return DIAG(d, ERR_EXISTS, "the report's name belongs to a file that is no report");
    return OK;
}

static err check_names(const struct opt_texts *paths, struct diag *d)
{
    for (unsigned i = 0; i < paths->n; i++) {
        if (!is_html(paths->v[i]) && !ends(paths->v[i], VIEW(".json")))
            return DIAG(d, ERR_USAGE, "a report's name ends in .html or .json");
        for (unsigned j = 0; j < i; j++)
            if (view_eq(view_of_str(paths->v[i]), view_of_str(paths->v[j])))
                return DIAG(d, ERR_USAGE, "the same report twice");
    }
    return OK;
}

err run_report_open(struct run_report *r, const struct opt_texts *paths, bool force, struct diag *d)
{
    err e = OK;
    r->paths = paths;
    r->force = force;
    TRY(check_names(paths, d));
    for (unsigned i = 0; i < paths->n; i++) {
        if (force) TRY(check_place(paths->v[i], d));
        TRY(sink_open(&r->sinks[i], paths->v[i], force, d));
    }
out:
    if (e) DIAG(d, e, "the report can't be written");
    for (unsigned i = 0; e && i < paths->n && i < OPT_TEXTS_MAX; i++)
        sink_discard(&r->sinks[i]);
    return e;
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
    (void)!buf_add(&r->outputs, view_of((const char *)&o, sizeof o));
}

void run_report_watch(struct run_report *r, struct console *c, struct batch_params *params)
{
    r->console = c;
    if (!r->paths || r->paths->n == 0) return;
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
    struct buf text;
    buf_init(&text, REPORT_BYTES_MAX);
    if (!r->paths || r->paths->n == 0) return OK;
    TRY(run_document(&doc, r, f, result));
    for (unsigned i = 0; i < r->paths->n; i++) {
        buf_reset(&text);
        TRY(is_html(r->paths->v[i]) ? report_html(doc, &text) : report_json(doc, &text));
        TRY(sink_write(&r->sinks[i], buf_view(&text), d));
        if (r->force) TRY(check_place(r->paths->v[i], d));
        TRY(sink_commit(&r->sinks[i], d));
    }
out:
    if (e) DIAG(d, e, "the report could not be written");
    report_free(doc);
    buf_clear(&text);
    return e;
}
