#include "deid/resume.h"

#include <sys/stat.h>

#include "deid/output_set.h"

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

static bool is_file(const char *path, uint64_t bytes, const uint8_t sum[32])
{
    uint64_t n;
    uint8_t is[32];
    return output_sum(path, &n, is, NULL) == OK && n == bytes && memcmp(is, sum, sizeof is) == 0;
}

static bool has_length(const char *path, uint64_t bytes)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size == bytes;
}

err resume_look(struct journal *j, const struct batch_params *params, const struct plan_item *item,
                uint64_t ordinal, struct resume_item *out, struct diag *d)
{
    err e = OK;
    uint64_t digest = 0;
    struct stat st;
    *out = (struct resume_item){ 0 };
    if (!j || !item->input || !item->output || stat(item->input, &st) != 0 || !S_ISREG(st.st_mode))
        return OK;
    out->has_id = true;
    out->input_bytes = (uint64_t)st.st_size;
    out->id = journal_id_of(j, view_of_str(item->output), (uint64_t)st.st_size,
                            (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec);
    if (params->known_of) {
        e = params->known_of(params->known_ctx, item->input, &digest);
        if (e) return DIAG(d, e, "what is known of an input's patients can't be read");
    }
    out->known = journal_known_of(j, digest);
    const struct journal_entry *known = journal_find(j, &out->id);
    if (!known || known->state == JOURNAL_FAILED) return OK;
    if (!has_length(item->output, known->bytes)) return OK; /* taken away since */
    out->output_bytes = known->bytes;
    memcpy(out->sum, known->sum, sizeof out->sum);
    if (known->known != out->known) {
        out->is_stale = is_file(item->output, known->bytes, known->sum); /* else it is not ours */
        return OK;
    }
    out->is_done = known->state == JOURNAL_DONE;
    if (!out->is_done && is_file(item->output, known->bytes, known->sum)) {
        TRY(journal_done(j, &out->id, ordinal, d));
        out->is_done = true;
    }
out:
    return e;
}
