/* base/file_inside.c — which file or folder a path leads to, whatever links and ".." are in it. */
#include <limits.h>
#include <sys/stat.h>

#include "base/file.h"

bool file_is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool file_is_inside(const char *path, const struct stat *in)
{
    char at[PATH_MAX];
    struct stat st, last = { 0 };
    size_t n = strlen(path);
    if (n + 4 >= sizeof at) return true; /* can't be told */
    memcpy(at, path, n + 1);
    while (stat(n ? at : ".", &st) != 0) {
        if (n == 0) return false;
        while (n > 0 && at[n - 1] == '/')
            n--;
        while (n > 0 && at[n - 1] != '/')
            n--;
        at[n] = '\0';
    }
    if (n == 0) memcpy(at, ".", n = 1);
    at[n] = '\0';
    for (;;) {
        if (file_is_same(&st, in)) return true;
        if (file_is_same(&st, &last) || n + 4 >= sizeof at)
            return false; /* the root is its own parent */
        last = st;
        memcpy(at + n, "/..", 4);
        n += 3;
        if (stat(at, &st) != 0) return false;
    }
}
