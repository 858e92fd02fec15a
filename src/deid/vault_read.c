#include "base/guarded.h"
#include "deid/vault_inside.h"

bool vault_next_swap(view swaps, size_t *at, struct vault_swap *out, bool *bad)
{
    *bad = false;
    if (*at == swaps.n) return false;
    *bad = true;
    if (swaps.n - *at < VAULT_SWAP_HEAD) return false;
    const char *p = swaps.p + *at;
    size_t with = little_get32(p + 4), was = little_get32(p + 8),
           left = swaps.n - *at - VAULT_SWAP_HEAD;
    if (with > left || was > left - with) return false;
    *out = (struct vault_swap){ little_get32(p), view_of(p + VAULT_SWAP_HEAD, with),
                                view_of(p + VAULT_SWAP_HEAD + with, was) };
    *at += VAULT_SWAP_HEAD + with + was;
    *bad = false;
    return true;
}

struct reading {
    enum vault_kind kind;
    vault_entry_fn *each;
    void *ctx;
    struct vault_facts *facts;
    struct buf clear; /* of entries not yet whole */
    crypto_secretstream_xchacha20poly1305_state *stream;
};

/* Hands out the entries that are whole. */
static err hand_out(struct reading *r)
{
    err e = OK;
    size_t at = 0;
    view all = buf_view(&r->clear);
    while (all.n - at >= 4) {
        size_t n = little_get32(all.p + at);
        if (n < VAULT_ENTRY_HEAD - 4) TRY(ERR_CORRUPT);
        if (all.n - at - 4 < n) break;
        const char *p = all.p + at + 4;
        view swaps = view_of(p + VAULT_DIGEST + 4, n - VAULT_DIGEST - 4);
        uint32_t count = 0;
        struct vault_swap s;
        bool bad;
        for (size_t i = 0; vault_next_swap(swaps, &i, &s, &bad);)
            count++;
        if (bad || count != little_get32(p + VAULT_DIGEST)) TRY(ERR_CORRUPT);
        TRY(r->each(r->ctx, (const uint8_t *)p, swaps));
        r->facts->entries++;
        at += 4 + n;
    }
    if (at) {
        memmove(r->clear.p, r->clear.p + at, all.n - at);
        mem_wipe(r->clear.p + (all.n - at), at);
        r->clear.n = all.n - at;
    }
out:
    return e;
}

static err read_segment(struct reading *r, view file, size_t *at, const struct key *k,
                        struct diag *d)
{
    err e = OK;
    unsigned char *clear = NULL, tag = 0;
    bool is_whole = false;
    size_t end;
    uint8_t *secret = guarded_alloc(VAULT_STREAM_KEY);
    if (!secret) return ERR_MEMORY;
    TRY(vault_check_head(view_sub(file, *at, file.n), r->kind, k, d));
    vault_stream_key(r->kind, k,
                     view_sub(file, *at + VAULT_AT_SALT, *at + VAULT_AT_SALT + VAULT_SALT), secret);
    if (crypto_secretstream_xchacha20poly1305_init_pull(
            r->stream, (const unsigned char *)file.p + *at + VAULT_AT_STREAM, secret) != 0)
        TRY(DIAG_AT(d, ERR_CORRUPT, "the vault is damaged", *at, 0));
    clear = mem_alloc(VAULT_FRAME_MAX);
    if (!clear) TRY(ERR_MEMORY);
    end = vault_segment_end(file, *at);
    for (*at += VAULT_HEAD; *at < end && !is_whole;) {
        unsigned long long n;
        size_t len = little_get32(file.p + *at);
        if (crypto_secretstream_xchacha20poly1305_pull(r->stream, clear, &n, &tag,
                                                       (const unsigned char *)file.p + *at + 4, len,
                                                       NULL, 0) != 0)
            TRY(DIAG_AT(d, ERR_CORRUPT, "the vault is damaged or was tampered with", *at, 0));
        *at += 4 + len;
        TRY(buf_add(&r->clear, view_of((const char *)clear, (size_t)n)));
        TRY(hand_out(r));
        is_whole = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    }
    if (*at < end || (is_whole && r->clear.n))
        TRY(DIAG_AT(d, ERR_CORRUPT, "the vault goes on behind its end", *at, 0));
    buf_reset(&r->clear); /* an entry that a killed run could not finish */
    r->facts->segments++;
    r->facts->unfinished += !is_whole;
out:
    mem_free(clear);
    guarded_free(secret);
    return e;
}

err vault_read(view file, const struct key *k, vault_entry_fn *each, void *ctx,
               struct vault_facts *facts, struct diag *d)
{
    return vault_read_as(file, VAULT_RECORDS, k, each, ctx, facts, d);
}

err vault_read_as(view file, enum vault_kind kind, const struct key *k, vault_entry_fn *each,
                  void *ctx, struct vault_facts *facts, struct diag *d)
{
    err e = OK;
    size_t at = 0;
    struct reading r = { .kind = kind, .each = each, .ctx = ctx, .facts = facts };
    *facts = (struct vault_facts){ 0 };
    if (sodium_init() < 0) return DIAG(d, ERR_SYSTEM, "no source of random numbers");
    buf_init(&r.clear, VAULT_CLEAR_MAX);
    r.stream = guarded_alloc(sizeof *r.stream);
    if (!r.stream) TRY(ERR_MEMORY);
    do {
        TRY(read_segment(&r, file, &at, k, d));
        if (at < file.n && vault_is_cut_head(file, kind, at)) {
            facts->unfinished++;
            break;
        }
        if (at == file.n || vault_is_segment(file, kind, at)) continue;
        /* The torn frame of the last run; anything more was put there. */
        if (file.n - at > VAULT_FRAME_MAX + 4 || facts->unfinished == 0)
            TRY(DIAG_AT(d, ERR_CORRUPT, "the vault is damaged", at, 0));
        break;
    } while (at < file.n);
out:
    guarded_free(r.stream);
    buf_clear(&r.clear);
    if (e) DIAG(d, e, "the vault can't be read");
    return e;
}
