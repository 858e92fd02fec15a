#include "base/hash.h"
#include "deid/vault_inside.h"

static const struct {
    char magic[9];
    view purpose; /* of the key that is derived */
} kinds[] = {
    [VAULT_RECORDS] = { "CRDNVLT\n", { "vault 1", 7 } },
    [VAULT_FAILURES] = { "CRDNFLD\n", { "failures 1", 10 } },
};

const char *vault_magic(enum vault_kind kind)
{
    return kinds[kind].magic;
}

void vault_stream_key(enum vault_kind kind, const struct key *k, view salt, uint8_t *out)
{
    key_derive(k, kinds[kind].purpose, salt, VIEW(""), out);
}

err vault_check_head(view head, enum vault_kind kind, const struct key *k, struct diag *d)
{
    uint8_t sum[32];
    if (head.n < VAULT_HEAD || memcmp(head.p, vault_magic(kind), VAULT_MAGIC) != 0)
        return DIAG(d, ERR_CORRUPT, "this is no vault");
    checksum32(view_sub(head, 0, VAULT_AT_SUM), sum);
    if (memcmp(sum, head.p + VAULT_AT_SUM, sizeof sum) != 0)
        return DIAG(d, ERR_CORRUPT, "the head of the vault is damaged");
    if (little_get32(head.p + VAULT_MAGIC) != VAULT_VERSION)
        return DIAG(d, ERR_VERSION, "the vault was written by another version");
    if (!view_eq(view_sub(head, VAULT_AT_KEY, VAULT_AT_SALT), key_id(k)))
        return DIAG(d, ERR_KEY, "the vault was sealed with another key");
    return OK;
}

size_t vault_segment_end(view file, size_t at)
{
    at += VAULT_HEAD;
    while (at + 4 <= file.n) {
        uint32_t n = little_get32(file.p + at);
        if (n < VAULT_STREAM_MORE || n > VAULT_FRAME_MAX || file.n - at - 4 < n) break;
        at += 4 + (size_t)n;
    }
    return at;
}

bool vault_is_segment(view file, enum vault_kind kind, size_t at)
{
    return file.n - at >= VAULT_MAGIC && memcmp(file.p + at, vault_magic(kind), VAULT_MAGIC) == 0;
}

bool vault_is_cut_head(view file, enum vault_kind kind, size_t at)
{
    size_t left = file.n - at;
    return left < VAULT_HEAD &&
           memcmp(file.p + at, vault_magic(kind), MIN(left, (size_t)VAULT_MAGIC)) == 0;
}
