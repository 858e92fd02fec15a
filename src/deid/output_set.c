#include "deid/output_set.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

enum { SUM = 32, HEX = 2 * SUM };
static const size_t SUMS_MAX = (size_t)2 << 30, LIST_MAX = (size_t)4 << 30;

void output_set_init(struct output_set *s)
{
    *s = (struct output_set){ 0 };
    buf_init(&s->sums, SUMS_MAX);
}

void output_set_clear(struct output_set *s)
{
    buf_clear(&s->sums);
}

err output_set_add(struct output_set *s, uint64_t bytes, const uint8_t sum[32])
{
    err e = buf_add(&s->sums, view_of((const char *)sum, SUM));
    if (e) return e;
    s->files++;
    s->bytes += bytes;
    return OK;
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, SUM);
}

void output_set_end(struct output_set *s, uint8_t sum[32])
{
    struct checksum c;
    char line[HEX + 1];
    if (s->files > 1) qsort(s->sums.p, s->files, SUM, by_bytes); /* hexadecimal sorts alike */
    checksum_init(&c);
    for (size_t at = 0; at < s->sums.n; at += SUM) {
        checksum_hex((const uint8_t *)s->sums.p + at, line);
        line[HEX] = '\n';
        checksum_add(&c, view_of(line, sizeof line));
    }
    checksum_end(&c, sum);
}

err output_sum(const char *path, uint64_t *bytes, uint8_t sum[32], struct diag *d)
{
    enum { CHUNK = 64 << 10 };
    err e = OK;
    struct checksum c;
    ssize_t n;
    int fd = -1;
    char *buffer = mem_alloc(CHUNK);
    *bytes = 0;
    if (!buffer) return ERR_MEMORY;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
    if (fd < 0) TRY(DIAG_OS(d, "an output can't be opened"));
    checksum_init(&c);
    while ((n = read(fd, buffer, CHUNK)) > 0) {
        checksum_add(&c, view_of(buffer, (size_t)n));
        *bytes += (uint64_t)n;
    }
    if (n < 0) TRY(DIAG_OS(d, "an output can't be read"));
    checksum_end(&c, sum);
out:
    if (fd >= 0) close(fd);
    mem_free(buffer);
    return e;
}

static err add_file(struct output_set *s, const char *path, struct diag *d)
{
    err e = OK;
    uint64_t bytes;
    uint8_t sum[SUM];
    TRY(output_sum(path, &bytes, sum, d));
    TRY(output_set_add(s, bytes, sum));
out:
    return e;
}

static err add_folder(struct output_set *s, const char *root, struct diag *d)
{
    err e = OK;
    struct arena a;
    struct file_list list;
    char path[PATH_MAX];
    arena_init(&a, LIST_MAX);
    TRY(file_walk(root, &a, &list, d));
    if (list.unreadable) TRY(DIAG(d, ERR_PERMISSION, "a folder in the output can't be read"));
    if (list.passed_over)
        TRY(DIAG(d, ERR_UNSUPPORTED,
                 "the output holds hidden files, links or devices, which no run has written"));
    for (size_t i = 0; i < list.n; i++) {
        int n = snprintf(path, sizeof path, "%s/%s", root, list.paths[i].p);
        if (n < 0 || (size_t)n >= sizeof path)
            TRY(DIAG(d, ERR_LIMIT, "the path of an output is too long"));
        TRY(add_file(s, path, d));
    }
out:
    arena_clear(&a);
    return e;
}

err output_set_path(struct output_set *s, const char *path, struct diag *d)
{
    enum file_kind kind;
    err e = file_kind_of(path, &kind, d);
    if (e) return DIAG(d, e, "the output can't be looked at");
    return kind == FILE_FOLDER ? add_folder(s, path, d) : add_file(s, path, d);
}
