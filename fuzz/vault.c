/* fuzz/vault.c — any file is a vault or is refused; what a vault with broken entries says is never believed.
 *
 * The first byte chooses: 0 … 127 the rest is a file; else the rest is what a key holder sealed as an entry's bytes. */
#include "deid/vault.h"
#include "redact/key_secret.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static err look(void *ctx, const uint8_t digest[VAULT_DIGEST], view swaps)
{
    uint64_t *sum = ctx;
    struct vault_swap s;
    bool bad;
    *sum += digest[0];
    for (size_t at = 0; vault_next_swap(swaps, &at, &s, &bad);) {
        BUG_IF(at > swaps.n);
        for (size_t i = 0; i < s.with.n; i++)
            *sum += (uint8_t)s.with.p[i];
        for (size_t i = 0; i < s.was.n; i++)
            *sum += (uint8_t)s.was.p[i];
    }
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t secret[KEY_SECRET_LEN] = { 7, 1, 2, 3 };
    struct key *k = NULL;
    struct vault_facts facts;
    uint64_t sum = 0;
    struct diag d = { 0 };
    if (size < 1) return 0;
    view rest = view_of((const char *)data + 1, size - 1);
    if (data[0] >= 128) {
        uint8_t digest[VAULT_DIGEST] = { 0 };
        (void)look(&sum, digest, rest);
        return 0;
    }
    if (key_from_secret(&k, secret, false)) return 0;
    err e = vault_read(rest, k, look, &sum, &facts, &d);
    BUG_IF(e && d.code != e);
    key_free(k);
    return 0;
}
