#include "deid/resume.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

err resume_open(struct journal **out, const struct plan *p, const struct batch_params *params,
                struct diag *d)
{
    *out = NULL;
    if (!params->journal) return OK;
    if (p->shared)
        return DIAG(d, ERR_USAGE,
                    "a journal is for an output folder: a single output is whole or "
                    "absent without one");
    const struct journal_params with = { .path = params->journal,
                                         .key = params->journal_key,
                                         .terms = params->journal_terms,
                                         .restart = params->replace };
    return journal_open(out, &with, d);
}

/* BLAKE2b-256 of a file; false when it can't be read or has another length. */
static bool sum_of_file(const char *path, uint64_t bytes, uint8_t sum[32])
{
    enum { CHUNK = 64 << 10 };
    char *buffer = mem_alloc(CHUNK);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
    struct checksum c;
    uint64_t n = 0;
    ssize_t k = -1;
    checksum_init(&c);
    while (buffer && fd >= 0 && (k = read(fd, buffer, CHUNK)) > 0) {
        checksum_add(&c, view_of(buffer, (size_t)k));
        n += (uint64_t)k;
    }
    checksum_end(&c, sum);
    if (fd >= 0) close(fd);
    mem_free(buffer);
    return k == 0 && n == bytes;
}

static bool has_length(const char *path, uint64_t bytes)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size == bytes;
}

err resume_look(struct journal *j, const struct plan_item *item, uint64_t ordinal,
                struct resume_item *out, struct diag *d)
{
    err e = OK;
    struct stat st;
    uint8_t sum[32];
    *out = (struct resume_item){ 0 };
    if (!j || !item->input || !item->output || stat(item->input, &st) != 0 || !S_ISREG(st.st_mode))
        return OK;
    out->has_id = true;
    out->input_bytes = (uint64_t)st.st_size;
    out->id = journal_id_of(j, view_of_str(item->output), (uint64_t)st.st_size,
                            (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec);
    const struct journal_entry *known = journal_find(j, &out->id);
    if (!known || known->state == JOURNAL_FAILED) return OK;
    if (!has_length(item->output, known->bytes)) return OK; /* taken away since */
    out->output_bytes = known->bytes;
    memcpy(out->sum, known->sum, sizeof out->sum);
    out->is_done = known->state == JOURNAL_DONE;
    if (!out->is_done && sum_of_file(item->output, known->bytes, sum) &&
        memcmp(sum, known->sum, sizeof sum) == 0) {
        TRY(journal_done(j, &out->id, ordinal, d));
        out->is_done = true;
    }
out:
    return e;
}
