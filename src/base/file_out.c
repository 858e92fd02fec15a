/* An output appears whole or not at all:
 *
 *      open      create ".cordon-XXXXXX.tmp" beside the target
 *      write     into it
 *      commit    sync it, close it, rename it over the target, sync the folder
 *      clear     remove it, unless it was committed
 *
 * A target that is no regular file (a terminal, a pipe, /dev/full) can't be replaced by renaming
 * and must not be: it is written straight, and the promise is the device's.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define TEMP_PREFIX ".cordon-"
#define TEMP_ENDING ".tmp"
enum { TEMP_LETTERS = 6, TEMP_TRIES = 100, TEMP_START = sizeof TEMP_PREFIX - 1 };
static const char temp_letters[] = "abcdefghijklmnopqrstuvwxyz234567";

bool file_is_temp_name(const char *name)
{
    if (strncmp(name, TEMP_PREFIX, TEMP_START) != 0) return false;
    name += TEMP_START;
    return strspn(name, temp_letters) == TEMP_LETTERS &&
           strcmp(name + TEMP_LETTERS, TEMP_ENDING) == 0;
}

/* Length of path's folder part with its slash; 0 when there is none. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static char *copy_string(const char *s, size_t n, size_t room)
{
    char *p = mem_alloc(n + room + 1);
    if (!p) return NULL;
    memcpy(p, s, n);
    p[n] = '\0';
    return p;
}

/* Creates the temporary file. The mode is given to open(2), not to chmod(2), so that the umask and
 * the folder's default access list apply without being read. */
static err open_temp(struct file_out *f, int flags, struct diag *d)
{
    size_t at = folder_length(f->path);
    mode_t mode = (flags & FILE_OUT_PRIVATE) ? 0600 : 0666;

    f->temp = copy_string(f->path, at, TEMP_START + TEMP_LETTERS + sizeof TEMP_ENDING);
    if (!f->temp) return DIAG(d, ERR_MEMORY, "no memory for a file name");
    memcpy(f->temp + at, TEMP_PREFIX, TEMP_START);
    at += TEMP_START;
    memcpy(f->temp + at + TEMP_LETTERS, TEMP_ENDING, sizeof TEMP_ENDING);
    for (int i = 0; i < TEMP_TRIES; i++) {
        uint8_t random[TEMP_LETTERS];
        if (getrandom(random, sizeof random, 0) != sizeof random) break;
        for (size_t k = 0; k < TEMP_LETTERS; k++)
            f->temp[at + k] = temp_letters[random[k] & 31];
        f->fd = open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (f->fd >= 0) return OK;
        if (errno != EEXIST) break;
    }
    err e = DIAG_OS(d, "can't create the output");
    mem_free(f->temp); /* nothing of that name is ours to remove */
    f->temp = NULL;
    return e;
}

/* The path that will be renamed to: a symbolic link stays, and what it points to is replaced. */
static err resolve(struct file_out *f, const char *path, struct diag *d)
{
    char real[PATH_MAX];
    struct stat st;

    if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
        if (!realpath(path, real)) return DIAG_OS(d, "the output is a link to nowhere");
        path = real;
    }
    f->path = copy_string(path, strlen(path), 0);
    return f->path ? OK : DIAG(d, ERR_MEMORY, "no memory for a file name");
}

err file_out_open(struct file_out *f, const char *path, int flags, struct diag *d)
{
    err e = OK;
    struct stat st;

    *f = (struct file_out){ .fd = -1, .may_replace = (flags & FILE_OUT_REPLACE) != 0 };
    TRY(resolve(f, path, d));
    if (stat(f->path, &st) != 0) {
        if (errno != ENOENT) TRY(DIAG_OS(d, "can't look at the output"));
        TRY(open_temp(f, flags, d));
    } else if (S_ISDIR(st.st_mode)) {
        e = DIAG(d, ERR_EXISTS, "the output is a folder");
    } else if (!S_ISREG(st.st_mode)) {
        f->fd = open(f->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (f->fd < 0) e = DIAG_OS(d, "can't open the output");
    } else if (!f->may_replace) {
        e = DIAG(d, ERR_EXISTS, "the output exists"); /* now, not after the work is done */
    } else {
        TRY(open_temp(f, flags, d));
    }
out:
    if (e) file_out_clear(f);
    return e;
}

err file_out_write(struct file_out *f, view v, struct diag *d)
{
    return file_write_fd(f->fd, v, d);
}

/* Makes the new name last through a power cut. Some file systems can't sync a folder, and say
 * EINVAL. */
static err sync_folder(const char *path, struct diag *d)
{
    err e = OK;
    char folder[PATH_MAX] = ".";
    size_t n = folder_length(path);

    if (n >= sizeof folder) return DIAG(d, ERR_LIMIT, "the path is too long");
    if (n) {
        memcpy(folder, path, n);
        folder[n] = '\0';
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return errno == EACCES ? OK : DIAG_OS(d, "can't open the output's folder");
    if (fsync(fd) != 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS)
        e = DIAG_OS(d, "can't sync the output's folder");
    close(fd);
    return e;
}

/* rename(2) that refuses an existing target; link(2) does the same where the file system does not
 * know the flag. */
static int rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) return -1;
    if (link(from, to) != 0) return -1;
    return unlink(from);
}

err file_out_commit(struct file_out *f, struct diag *d)
{
    BUG_IF(f->fd < 0);
    if (fsync(f->fd) != 0 && (f->temp || (errno != EINVAL && errno != ENOTSUP && errno != EROFS)))
        return DIAG_OS(d, "can't sync the output");
    int fd = f->fd;
    f->fd = -1;
    if (close(fd) != 0 && errno != EINTR) return DIAG_OS(d, "can't close the output");
    if (!f->temp) return OK;

    int failed = f->may_replace ? rename(f->temp, f->path) : rename_new(f->temp, f->path);
    if (failed) return DIAG_OS(d, "can't give the output its name");
    mem_free(f->temp);
    f->temp = NULL;
    return sync_folder(f->path, d);
}

void file_out_clear(struct file_out *f)
{
    /* A zeroed struct was never opened, and owns neither standard input nor a name. */
    if (f->path && f->fd >= 0) close(f->fd);
    if (f->temp && f->temp[0]) unlink(f->temp);
    mem_free(f->temp);
    mem_free(f->path);
    *f = (struct file_out){ .fd = -1 };
}
