#include "deid/sink.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

err sink_open(struct sink *s, const char *path, bool replace, struct diag *d)
{
    *s = (struct sink){ .file = { .fd = -1 } };
    if (!path) {
        s->is_open = s->is_stdout = true;
        return OK;
    }
    err e = file_out_open(&s->file, path, replace ? FILE_OUT_REPLACE : 0, d);
    if (e) return e;
    s->is_open = true;
    /* Best effort: a file system without locks only loses the sweep. */
    (void)flock(s->file.fd, LOCK_EX | LOCK_NB);
    return OK;
}

err sink_write(struct sink *s, view v, struct diag *d)
{
    if (v.n == 0) return OK;
    return s->is_stdout ? file_write_fd(STDOUT_FILENO, v, d) : file_out_write(&s->file, v, d);
}

err sink_commit(struct sink *s, struct diag *d)
{
    if (!s->is_open) return OK;
    s->is_open = false;
    if (s->is_stdout) return OK;
    err e = file_out_commit(&s->file, d);
    file_out_clear(&s->file);
    return e;
}

void sink_discard(struct sink *s)
{
    if (!s->is_open) return;
    s->is_open = false;
    if (!s->is_stdout) file_out_clear(&s->file);
}

static bool is_older(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

static void sweep_one(int dir, const char *name, struct timespec before)
{
    struct stat st;
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && is_older(st.st_mtim, before) &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        (void)unlinkat(dir, name, 0);
    close(fd);
}

void sink_sweep(const char *folder, struct timespec before)
{
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *ent; (ent = readdir(dir));)
        if (file_is_temp_name(ent->d_name)) sweep_one(dirfd(dir), ent->d_name, before);
    closedir(dir);
}
