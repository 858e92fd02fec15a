/* See verdicts.h. */
#include "cli/verdicts.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* How a verdict on a record of the sample begins. */
static err add_beginning(struct buf *line, const struct review *r)
{
    err e = OK;
    TRY(buf_add(line, VIEW("{\"sample\":")));
    TRY(buf_add_json(line, r->id));
    TRY(buf_add(line, VIEW(",\"unit\":")));
out:
    return e;
}

err verdicts_add(int fd, const struct review *r, const struct review_unit *u, view reader,
                 view missed, struct diag *d)
{
    err e = OK;
    struct buf line;
    buf_init(&line, 1 << 24);
    TRY(add_beginning(&line, r));
    TRY(buf_add_json(&line, u->name));
    TRY(buf_add(&line, VIEW(",\"reviewer\":")));
    TRY(buf_add_json(&line, reader));
    TRY(buf_add(&line, VIEW(",\"missed\":[")));
    TRY(buf_add(&line, missed));
    TRY(buf_add(&line, VIEW("]}\n")));
    TRY(file_write_fd(fd, buf_view(&line), d));
out:
    buf_clear(&line);
    return e;
}

/* Where the last whole line ends, and how the rest does. False: it can't be read. */
static bool last_line_end(int fd, off_t size, off_t *end, bool *is_whole)
{
    char block[4096];
    *is_whole = false;
    for (*end = size; *end > 0;) {
        size_t n = (size_t)MIN(*end, (off_t)sizeof block);
        if (pread(fd, block, n, *end - (off_t)n) != (ssize_t)n) return false;
        if (*end == size) *is_whole = n > 1 && memcmp(block + n - 2, "]}", 2) == 0;
        const char *mark = memrchr(block, '\n', n);
        *end -= mark ? block + n - mark - 1 : (off_t)n;
        if (mark) break;
    }
    return true;
}

/* Is what stands from `end` on the beginning of a verdict? Another file is not touched. */
static err is_cut_verdict(int fd, const struct review *r, off_t end, bool *out)
{
    err e = OK;
    char block[256];
    struct buf line;
    buf_init(&line, sizeof block);
    TRY(add_beginning(&line, r));
    ssize_t n = pread(fd, block, line.n, end);
    *out = n > 0 && memcmp(block, line.p, (size_t)n) == 0;
out:
    buf_clear(&line);
    return e;
}

/* A full disk or a kill can have cut the last verdict off, which nobody was told is noted: its record is asked again. Not
 * while another reader writes. */
static err mend_end(int fd, const struct review *r, struct diag *d)
{
    err e = OK;
    struct stat st;
    off_t end;
    bool is_whole, is_ours;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || flock(fd, LOCK_EX | LOCK_NB) != 0) return OK;
    if (!last_line_end(fd, st.st_size, &end, &is_whole))
        return DIAG_OS(d, "the verdicts can't be read");
    if (end == st.st_size) return OK;
    TRY(is_cut_verdict(fd, r, end, &is_ours));
    if (!is_ours) return OK;
    if (is_whole) return file_write_fd(fd, VIEW("\n"), d);
    if (ftruncate(fd, end) != 0) TRY(DIAG_OS(d, "the verdicts can't be written"));
    puts("the last verdict was cut off: its record is asked again");
out:
    return e;
}

err verdicts_open(int *fd, struct review *r, const char *path, struct diag *d)
{
    err e = OK;
    enum file_kind kind;
    bool was_there = file_kind_of(path, &kind, NULL) == OK;
    *fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0) return DIAG_OS(d, "the verdicts can't be written");
    TRY(mend_end(*fd, r, d));
    (void)flock(*fd, LOCK_SH);
    if (was_there) TRY(review_verdicts(r, path, d));
out:
    return e;
}
