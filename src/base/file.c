#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tuning.h"

static ssize_t read_some(int fd, void *p, size_t n)
{
    ssize_t got;
    do {
        got = read(fd, p, n);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* At the limit one byte more is asked for into a place of its own: it tells "just fits" from "too
 * large" without a buffer larger than allowed. */
static err read_all(int fd, struct buf *out, struct diag *d)
{
    for (;;) {
        char over;
        size_t room = MIN(out->max - out->n, tune.read_chunk);
        err e = buf_reserve(out, room);
        if (e) return DIAG(d, e, "no memory for the file");
        if (room) room = MIN(out->cap - out->n, tune.read_chunk);
        ssize_t got = read_some(fd, room ? out->p + out->n : &over, room ? room : 1);
        if (got < 0) return DIAG_OS(d, "reading failed");
        if (got == 0) return OK;
        if (!room) return DIAG(d, ERR_LIMIT, "the file is too large");
        out->n += (size_t)got;
    }
}

err file_read_fd(int fd, struct buf *out, struct diag *d)
{
    err e = OK;
    struct stat st;
    size_t before = out->n;

    if (fstat(fd, &st) != 0) return DIAG_OS(d, "can't look at the file");
    if (S_ISREG(st.st_mode) && st.st_size > 0) {
        /* A hint only, since a file may grow while it is read; but it saves moving the buffer. */
        off_t at = lseek(fd, 0, SEEK_CUR);
        size_t left = at >= 0 && st.st_size > at ? (size_t)(st.st_size - at) : 0;
        e = buf_reserve(out, left);
        if (e) return DIAG(d, e, "the file is too large");
    }
    e = read_all(fd, out, d);
    if (e && out->n > before) {
        mem_wipe(out->p + before, out->n - before);
        out->n = before;
    }
    return e;
}

err file_read(const char *path, struct buf *out, struct diag *d)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return DIAG_OS(d, "can't open the file");
    err e = file_read_fd(fd, out, d);
    close(fd);
    return e;
}

err file_read_operand(const char *path, struct buf *out, struct diag *d)
{
    return strcmp(path, "-") == 0 ? file_read_fd(STDIN_FILENO, out, d) : file_read(path, out, d);
}

err file_write_fd(int fd, view v, struct diag *d)
{
    size_t done = 0;
    while (done < v.n) {
        ssize_t n = write(fd, v.p + done, MIN(v.n - done, tune.write_chunk));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return DIAG_OS(d, "writing failed");
        done += (size_t)n;
    }
    return OK;
}

err file_map(struct file_map *m, const char *path, struct diag *d)
{
    err e = OK;
    struct stat st;

    *m = (struct file_map){ { "", 0 } };
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return DIAG_OS(d, "can't open the file");
    if (fstat(fd, &st) != 0) {
        e = DIAG_OS(d, "can't look at the file");
    } else if (!S_ISREG(st.st_mode)) {
        e = DIAG(d, ERR_UNSUPPORTED, "not a regular file");
    } else if (st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED)
            e = DIAG_OS(d, "can't map the file");
        else
            m->bytes = view_of(p, (size_t)st.st_size);
    }
    close(fd);
    return e;
}

void file_unmap(struct file_map *m)
{
    if (m->bytes.n) munmap((void *)(uintptr_t)m->bytes.p, m->bytes.n);
    *m = (struct file_map){ { "", 0 } };
}

err file_kind_of(const char *path, enum file_kind *out, struct diag *d)
{
    struct stat st;
    if (stat(path, &st) != 0) return DIAG_OS(d, "can't look at the file");
    *out = S_ISREG(st.st_mode) ? FILE_REGULAR : S_ISDIR(st.st_mode) ? FILE_FOLDER : FILE_OTHER;
    return OK;
}

err file_make_folders(const char *path, struct diag *d)
{
    char part[PATH_MAX];
    size_t n = strlen(path);
    enum file_kind kind = FILE_OTHER;

    if (n == 0) return DIAG(d, ERR_NOT_FOUND, "a folder needs a name");
    if (n >= sizeof part) return DIAG(d, ERR_LIMIT, "the path is too long");
    memcpy(part, path, n + 1);
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        part[i] = '\0';
        /* Not only EEXIST: a parent that can't be written to may well exist. The last look decides.
         */
        if (mkdir(part, 0777) != 0) {
            struct stat st;
            int os = errno;
            if (stat(part, &st) != 0) {
                errno = os;
                return DIAG_OS(d, "can't make the folder");
            }
        }
        part[i] = path[i];
    }
    err e = file_kind_of(path, &kind, d);
    if (e) return e;
    return kind == FILE_FOLDER ? OK : DIAG(d, ERR_EXISTS, "a file stands where a folder should");
}
