/* deid/vault.h — the way back from an output, sealed: what was replaced, by what, in which record.
 *
 *     TRY(vault_open(&v, path, key, diag));          new, or one more segment of a vault of the same key
 *     params.vault = v;  … the run …
 *     TRY(vault_close(v, diag));
 *
 * A file is a row of segments, one a run:
 *
 *      0   8  magic "CRDNVLT\n"
 *      8   4  version, 1
 *     12   8  id of the key
 *     20  16  salt
 *     36  24  header of the secret stream
 *     60  32  BLAKE2b-256 of bytes 0 … 59
 *     92      frames: 4 bytes n (at most FRAME_MAX), then n bytes of crypto_secretstream_xchacha20poly1305 under
 *             key_derive(key, "vault 1", salt, ""); the last frame of a finished run has its final tag
 *
 * Frames in a row are one stream of entries, an entry a record:
 *
 *      4      bytes that follow
 *     16      BLAKE2b-128 of the record as it was written, without its line end
 *      4      how many swaps; each: 4 where in that record, 4 + 4 lengths, the bytes written, the bytes replaced
 *
 * All numbers little-endian. A run that was killed leaves a segment without its end: what was sealed before
 * counts, and a reader is told. An output appears only when its entries are on disk (vault_sync).
 * Mode 0600; the key lies apart. Threads: vault_add and vault_sync from any thread.
 */
#pragma once
#include "base/buf.h"
#include "base/diag.h"
#include "redact/key.h"

enum { VAULT_DIGEST = 16 };
struct vault_swap {
    uint32_t at;    /* in the record as it was written */
    view with, was; /* bytes as they stand in the files */
};
/* What a file is for: its magic and its key differ, so that none is taken for another. */
enum vault_kind {
    VAULT_RECORDS, /* "CRDNVLT\n", as drawn */
    VAULT_FAILURES /* "CRDNFLD\n": an entry a failure, whose one swap writes a JSON line (deid/failure_index.h) */
};
struct vault;
MUST_USE err vault_open_as(struct vault **out, enum vault_kind kind, const char *path,
                           const struct key *k, struct diag *d);
/* VAULT_RECORDS. ERR_KEY when the file was sealed with another key; ERR_CORRUPT, ERR_VERSION; ERR_EXISTS while another run
 * writes it. */
MUST_USE err vault_open(struct vault **out, const char *path, const struct key *k, struct diag *d);
/* `written` is the whole record as written. Swaps ascending. */
MUST_USE err vault_add(struct vault *v, view written, const struct vault_swap *swaps, uint32_t n);
/* What was added is on disk. */
MUST_USE err vault_sync(struct vault *v, struct diag *d);
/* Ends the segment and frees v, also when it fails. NULL is fine. */
MUST_USE err vault_close(struct vault *v, struct diag *d);
/* Frees v; the segment stays without its end, and a new file into which nothing was put goes. NULL is fine. */
void vault_abandon(struct vault *v);

/* The digest of a record, its line end apart. */
void vault_digest(view written, uint8_t out[VAULT_DIGEST]);

struct vault_facts {
    uint64_t segments, entries;
    uint64_t unfinished; /* segments without their end */
};
/* Called for each entry; `swaps` are its bytes after the digest. */
typedef err vault_entry_fn(void *ctx, const uint8_t digest[VAULT_DIGEST], view swaps);
MUST_USE err vault_read_as(view file, enum vault_kind kind, const struct key *k,
                           vault_entry_fn *each, void *ctx, struct vault_facts *facts,
                           struct diag *d);
/* Reads `file`, of VAULT_RECORDS. ERR_KEY: another key; ERR_CORRUPT: damaged or tampered with; ERR_VERSION; what `each` says. */
MUST_USE err vault_read(view file, const struct key *k, vault_entry_fn *each, void *ctx,
                        struct vault_facts *facts, struct diag *d);
/* The next swap of an entry. *at starts as 0; false at the end, and when the bytes are not what they should be
 * (then *bad is set). */
bool vault_next_swap(view swaps, size_t *at, struct vault_swap *out, bool *bad);
