/* deid/failure_index.h — which inputs failed, by name, for the operator alone.
 *
 *     TRY(failure_index_open(&x, "failed.sealed", key, diag));
 *     params.on_failed_path = failure_index_hear, params.path_ctx = x;   … the run …
 *     TRY(failure_index_close(x, diag));
 *
 * Reports and messages name inputs by their ordinal: a file's name may be a patient's. Here the names are, sealed as a
 * vault is (deid/vault.h, VAULT_FAILURES), a JSON line a failure:
 *     {"run":"2026-11-22T07:00:00Z","input":3,"record":17,"kind":"not well-formed","reason":"…","path":"in/…"}
 * record is null where the whole input failed. A path that is not UTF-8 has "path":null and its bytes as
 * "path_hex". Further runs add to the file.   Threads: one owner.
 */
#pragma once
#include "base/diag.h"
#include "redact/key.h"

struct failure_index;
/* As vault_open. */
MUST_USE err failure_index_open(struct failure_index **out, const char *path, const struct key *k,
                                struct diag *d);
/* For batch_params. What can't be kept is told by failure_index_close. */
void failure_index_hear(void *index, const struct diag *d, const char *path);
/* Ends it and frees x, also when it fails. NULL is fine. */
MUST_USE err failure_index_close(struct failure_index *x, struct diag *d);
void failure_index_abandon(struct failure_index *x); /* what was heard until now may be missing */

/* Appends the lines of a whole index. What vault_read says; *unfinished: runs that did not end. */
MUST_USE err failure_index_read(view file, const struct key *k, struct buf *out,
                                uint64_t *unfinished, struct diag *d);
