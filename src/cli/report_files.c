#include "cli/report_files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REPORT_BYTES_MAX = 1 << 30 };

static bool ends(const char *path, view ending)
{
    view p = view_of_str(path);
    return p.n > ending.n && view_eq(view_sub(p, p.n - ending.n, p.n), ending);
}

static bool is_html(const char *path)
{
    return ends(path, VIEW(".html"));
}

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

err report_files_open(struct report_files *f, const struct opt_texts *paths, bool force,
                      struct diag *d)
{
    err e = OK;
    *f = (struct report_files){ .paths = paths, .force = force };
    TRY(check_names(paths, d));
    for (unsigned i = 0; i < paths->n; i++) {
        if (force) TRY(check_place(paths->v[i], d));
        TRY(sink_open(&f->sinks[i], paths->v[i], force, d));
    }
out:
    if (e) report_files_clear(f);
    return e ? DIAG(d, e, "the report can't be written") : OK;
}

err report_files_write(struct report_files *f, const struct report *doc, struct diag *d)
{
    err e = OK;
    struct buf text;
    buf_init(&text, REPORT_BYTES_MAX);
    for (unsigned i = 0; i < f->paths->n; i++) {
        buf_reset(&text);
        TRY(is_html(f->paths->v[i]) ? report_html(doc, &text) : report_json(doc, &text));
        TRY(sink_write(&f->sinks[i], buf_view(&text), d));
        if (f->force) TRY(check_place(f->paths->v[i], d));
        TRY(sink_commit(&f->sinks[i], d));
    }
out:
    buf_clear(&text);
    return e ? DIAG(d, e, "the report could not be written") : OK;
}

void report_files_clear(struct report_files *f)
{
    for (unsigned i = 0; i < OPT_TEXTS_MAX; i++)
        sink_discard(&f->sinks[i]);
}

err report_files_save(const struct report *doc, const struct opt_texts *paths, bool force,
                      struct diag *d)
{
    struct report_files f = { 0 };
    err e = report_files_open(&f, paths, force, d);
    if (!e) e = report_files_write(&f, doc, d);
    report_files_clear(&f);
    return e;
}
