/* base/file.h — files and folders: bounded reads, mapped images, writes that are whole or absent.
 *
 * No function prints a path or puts one into a diag. All fill *d with errno's meaning.
 * Threads: separate objects from separate threads.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

/* The whole file into out (appended). ERR_LIMIT when it is larger than out->max allows. */
MUST_USE err file_read(const char *path, struct buf *out, struct diag *d);
MUST_USE err file_read_fd(int fd, struct buf *out, struct diag *d);
/* The same, where "-" is standard input. */
MUST_USE err file_read_operand(const char *path, struct buf *out, struct diag *d);
/* Writes all of v, retrying short writes and EINTR. */
MUST_USE err file_write_fd(int fd, view v, struct diag *d);

/* A read-only mapping; the view lives until file_unmap. */
struct file_map {
    view bytes;
};
MUST_USE err file_map(struct file_map *m, const char *path, struct diag *d);
void file_unmap(struct file_map *m);

/* An output that appears under its name only when it is complete: written to a temporary file in the
 * same folder, synced, then renamed. file_out_clear without commit removes it; what a killed run left is
 * known by its name (file_is_temp_name). Without FILE_OUT_REPLACE an existing file is ERR_EXISTS, at
 * open and again, without a race, at commit. A symbolic link is kept and its target replaced. What is no
 * regular file (a device, a pipe) is written straight. */
struct file_out {
    int fd;
    char *path, *temp; /* owned */
    bool may_replace;
};
enum {
    FILE_OUT_REPLACE = 1, /* may replace a file */
    FILE_OUT_PRIVATE = 2, /* mode 0600 instead of 0666 & ~umask */
};
MUST_USE err file_out_open(struct file_out *f, const char *path, int flags, struct diag *d);
MUST_USE err file_out_write(struct file_out *f, view v, struct diag *d);
MUST_USE err file_out_commit(struct file_out *f, struct diag *d);
void file_out_clear(struct file_out *f); /* NULL-safe on a zeroed struct */
/* Is this the name of such a temporary file, ".cordon-" six letters ".tmp", and of nothing else? */
bool file_is_temp_name(const char *name);

MUST_USE err file_make_folders(const char *path, struct diag *d); /* as mkdir -p */
enum file_kind { FILE_REGULAR, FILE_FOLDER, FILE_OTHER };
MUST_USE err file_kind_of(const char *path, enum file_kind *out, struct diag *d);

/* Do both speak of the same file? */
struct stat;
bool file_is_same(const struct stat *a, const struct stat *b);
/* Is `path` (or, when it does not exist yet, the nearest folder above it) the folder `in`, or below? True too when it
 * can't be told. */
bool file_is_inside(const char *path, const struct stat *in);

/* Regular files below `root` in byte order of their relative paths, for a run that is the same every
 * time. Symbolic links are not followed; hidden files are skipped. Paths are relative to root and live in
 * the arena. A folder that can't be opened is counted in *unreadable and does not stop the walk. */
struct file_list {
    view *paths;
    size_t n;
    size_t unreadable;
    size_t passed_over; /* hidden files and folders, links, and what is neither file nor folder */
};
/* Does the folder hold anything that is not hidden? False too when it is none, or can't be read. */
bool file_folder_holds(const char *path);
MUST_USE err file_walk(const char *root, struct arena *a, struct file_list *out, struct diag *d);
