#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Views that grow in an arena: files found, and folders still to be read. */
struct stack {
    view *v;
    uint32_t n, cap;
};

static err push(struct stack *s, struct arena *a, view x)
{
    view *v = arena_more(a, s->v, sizeof *v, s->n, &s->cap, 64);
    if (!v) return ERR_MEMORY;
    s->v = v;
    s->v[s->n++] = x;
    return OK;
}

/* folder/name, terminated so that it can be given to the system; the view leaves the NUL out. */
static err join(struct arena *a, view folder, const char *name, view *out)
{
    size_t n = strlen(name), at = 0;
    char *p = arena_alloc(a, folder.n + 1 + n + 1);
    if (!p) return ERR_MEMORY;
    if (folder.n) {
        memcpy(p, folder.p, folder.n);
        at = folder.n;
        p[at++] = '/';
    }
    memcpy(p + at, name, n + 1);
    *out = view_of(p, at + n);
    return OK;
}

static mode_t kind_of_entry(DIR *dir, const struct dirent *entry)
{
    struct stat st;
    if (entry->d_type != DT_UNKNOWN) return DTTOIF(entry->d_type);
    return fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_mode : 0;
}

bool file_folder_holds(const char *path)
{
    bool holds = false;
    struct dirent *entry;
    DIR *dir = opendir(path);
    while (dir && !holds && (entry = readdir(dir)))
        holds = entry->d_name[0] != '.';
    if (dir) closedir(dir);
    return holds;
}

struct walk {
    struct arena *arena;
    struct stack files, folders;
    size_t unreadable, passed_over;
};

/* Takes the descriptor. */
static err read_folder(struct walk *w, int fd, view folder)
{
    err e = OK;
    struct dirent *entry;
    DIR *dir = fdopendir(fd);
    if (!dir) {
        close(fd);
        return errno == ENOMEM ? ERR_MEMORY : (w->unreadable++, OK);
    }
    while (errno = 0, (entry = readdir(dir))) {
        view path;
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
        mode_t mode = name[0] == '.' ? 0 : kind_of_entry(dir, entry); /* hidden, also ours: no */
        if (!S_ISREG(mode) && !S_ISDIR(mode)) {
            w->passed_over++;
            continue;
        }
        TRY(join(w->arena, folder, entry->d_name, &path));
        TRY(push(S_ISDIR(mode) ? &w->folders : &w->files, w->arena, path));
    }
    if (errno) w->unreadable++;
out:
    closedir(dir);
    return e;
}

static int compare(const void *a, const void *b)
{
    return view_cmp(*(const view *)a, *(const view *)b);
}

err file_walk(const char *root, struct arena *a, struct file_list *out, struct diag *d)
{
    err e = OK;
    struct walk w = { .arena = a };

    *out = (struct file_list){ 0 };
    int root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root_fd < 0) return DIAG_OS(d, "can't open the folder");
    int fd = openat(root_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        e = DIAG_OS(d, "can't read the folder");
        goto out;
    }
    TRY(read_folder(&w, fd, VIEW("")));
    while (w.folders.n) {
        view folder = w.folders.v[--w.folders.n];
        fd = openat(root_fd, folder.p, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd < 0)
            w.unreadable++;
        else
            TRY(read_folder(&w, fd, folder));
    }
    if (w.files.n > 1) qsort(w.files.v, w.files.n, sizeof *w.files.v, compare);
    *out = (struct file_list){ w.files.v, w.files.n, w.unreadable, w.passed_over };
out:
    close(root_fd);
    return e ? DIAG(d, e, "no memory for the list of files") : OK;
}
