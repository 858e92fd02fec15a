/* deid/vault_log.h — who went back, when and why: a record beside the vault that only grows.
 *
 * One JSON line an event; each ends with a keyed hash over the line and the hash of the line before it, so that a
 * line changed, taken out or put in by someone without the key is noticed (lines cut off at the end are not: keep a
 * copy elsewhere). The line is on disk before anything is restored.
 *     {"time":"2026-11-22T07:00:00Z","uid":1000,"user":"mlopez","event":"opened","reason":"…","key":"7QK2M4XA",
 *      "chain":"…64 hexadecimal digits…"}
 * Threads: one owner; processes are kept apart by a lock on the file.
 */
#pragma once
#include "base/diag.h"
#include "redact/key.h"

enum { REASON_MIN = 8, REASON_MAX = 500 }; /* bytes */
/* Between REASON_MIN and REASON_MAX bytes of text in UTF-8, without control characters? */
bool vault_reason_holds(view reason);

struct vault_event {
    const char *name; /* a literal: "opened", "restored" */
    view reason;      /* of "opened" */
    uint64_t records, put_back, left;
};
/* Appends to `path`, made with mode 0600 when it does not exist, and syncs. ERR_CORRUPT when what is there was
 * changed: nothing is appended. */
MUST_USE err vault_log_add(const char *path, const struct key *k, const struct vault_event *event,
                           struct diag *d);
