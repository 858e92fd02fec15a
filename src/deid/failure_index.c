#include "deid/failure_index.h"

#include "base/clock.h"
#include "deid/vault.h"
#include "text/utf8.h"

enum { LINE_MAX_BYTES = 1 << 16 };

struct failure_index {
    struct vault *vault;
    struct clock_utc begun;
    struct buf line;
    err failed; /* the first failure to keep one */
};

err failure_index_open(struct failure_index **out, const char *path, const struct key *k,
                       struct diag *d)
{
    err e = OK;
    *out = NULL;
    struct failure_index *x = mem_alloc_zero(sizeof *x);
    if (!x) return ERR_MEMORY;
    x->begun = clock_utc_now();
    buf_init(&x->line, LINE_MAX_BYTES);
    TRY(vault_open_as(&x->vault, VAULT_FAILURES, path, k, d));
    *out = x;
    x = NULL;
out:
    failure_index_abandon(x);
    return e ? DIAG(d, e, "the index of failures can't be written") : OK;
}

void failure_index_abandon(struct failure_index *x)
{
    if (!x) return;
    vault_abandon(x->vault);
    buf_clear(&x->line);
    mem_free(x);
}

err failure_index_close(struct failure_index *x, struct diag *d)
{
    if (!x) return OK;
    struct vault *v = x->vault;
    err e = x->failed;
    x->vault = NULL;
    failure_index_abandon(x);
    if (e)
        vault_abandon(v);
    else
        e = vault_close(v, d);
    return e ? DIAG(d, e, "the index of failures could not be written") : OK;
}

static err add_number(struct buf *b, view key, uint64_t n)
{
    err e = OK;
    TRY(buf_add(b, key));
    TRY(n ? buf_add_u64(b, n) : buf_add(b, VIEW("null")));
out:
    return e;
}

static err add_path(struct buf *b, view path)
{
    static const char digits[] = "0123456789abcdef";
    err e = OK;
    TRY(buf_add(b, VIEW(",\"path\":")));
    if (utf8_bad_at(path) >= path.n) return buf_add_json(b, path);
    TRY(buf_add(b, VIEW("null,\"path_hex\":\"")));
    for (size_t i = 0; i < path.n; i++) {
        TRY(buf_add_char(b, digits[(uint8_t)path.p[i] >> 4]));
        TRY(buf_add_char(b, digits[(uint8_t)path.p[i] & 15]));
    }
    TRY(buf_add_char(b, '"'));
out:
    return e;
}

static err make_line(struct failure_index *x, const struct diag *d, view path)
{
    err e = OK;
    char when[CLOCK_STAMP];
    buf_reset(&x->line);
    TRY(buf_add(&x->line, VIEW("{\"run\":\"")));
    TRY(buf_add(&x->line, clock_utc_stamp(&x->begun, when)));
    TRY(buf_add(&x->line, VIEW("\"")));
    TRY(add_number(&x->line, VIEW(",\"input\":"), d->input));
    TRY(add_number(&x->line, VIEW(",\"record\":"), d->record));
    TRY(buf_add(&x->line, VIEW(",\"kind\":")));
    TRY(buf_add_json(&x->line, view_of_str(err_text(d->code))));
    TRY(buf_add(&x->line, VIEW(",\"reason\":")));
    TRY(buf_add_json(&x->line, view_of_str(d->what)));
    TRY(add_path(&x->line, path));
    TRY(buf_add(&x->line, VIEW("}\n")));
out:
    return e;
}

void failure_index_hear(void *index, const struct diag *d, const char *path)
{
    struct failure_index *x = index;
    if (x->failed) return;
    x->failed = make_line(x, d, view_of_str(path));
    if (x->failed) return;
    view line = buf_view(&x->line);
    const struct vault_swap one = { .with = line, .was = VIEW("") };
    x->failed = vault_add(x->vault, line, &one, 1);
}

static err each_failure(void *ctx, const uint8_t digest[VAULT_DIGEST], view swaps)
{
    err e = OK;
    size_t at = 0;
    struct vault_swap s;
    bool bad;
    (void)digest;
    while (vault_next_swap(swaps, &at, &s, &bad))
        TRY(buf_add(ctx, s.with));
out:
    return e;
}

err failure_index_read(view file, const struct key *k, struct buf *out, uint64_t *unfinished,
                       struct diag *d)
{
    struct vault_facts facts;
    err e = vault_read_as(file, VAULT_FAILURES, k, each_failure, out, &facts, d);
    *unfinished = facts.unfinished;
    return e ? DIAG(d, e, "the index of failures can't be read") : OK;
}
