/* deid/vault_back.h — from a vault back to what stood in the originals.
 *
 * A record that is an output of the run, byte for byte, becomes the original, byte for byte. Of any other text the
 * replacements in it are put back where one is known to stand for one value alone (redact/restore.h says when);
 * the rest stays.   Threads: immutable once open; share it.
 */
#pragma once
#include "deid/vault.h"
#include "redact/restore.h"

struct vault_back;
struct vault_back_counts {
    uint64_t records;  /* that are outputs of the run */
    uint64_t other;    /* that were searched */
    uint64_t put_back; /* values */
    uint64_t left;     /* replacements that are known, but not for one value alone */
};
/* `is_exact`: other texts are left as they are, and the table for searching is not made. ERR_LIMIT when a vault
 * holds more than memory may. */
MUST_USE err vault_back_open(struct vault_back **out, const char *path, const struct key *k,
                             bool is_exact, struct diag *d);
void vault_back_free(struct vault_back *b); /* wiped; NULL is fine */
const struct vault_facts *vault_back_facts(const struct vault_back *b);

/* Appends the record with what can be put back. Nothing is appended when this fails. */
MUST_USE err vault_back_record(const struct vault_back *b, view record, struct buf *out,
                               struct vault_back_counts *counts);
