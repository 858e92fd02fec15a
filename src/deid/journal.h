/* deid/journal.h — what a run over many inputs has finished, so that a killed one goes on where it was.
 *
 *     header   0 "CORDONJ\n"  8 version  12 record size  16 salt[32]  48 terms[32]  80 check[16]
 *     record   0 kind  1 err  8 ordinal  16 id[16]  32 bytes  40 sum[32]  72 known  80 check[16]
 *
 * Numbers are little-endian. `terms` is a keyed hash of all that decides what comes out (profile, key,
 * options, versions): a journal of other terms is refused. An id is a keyed hash of an output's path,
 * and its input's size and time of change; nothing else of an input stands here, no name. `known` is one
 * of what other inputs said of its patients when it was done. The key is the run's, or the salt when it has none. check is a keyed hash of the record, its place and the header.
 *
 * Before an output gets its name an INTENT with its length and checksum is on disk (fdatasync); after
 * it, DONE is appended. So a kill at any instant leaves one of: nothing; an intent without the output
 * (done again); an intent and just this output (taken as done). A last record that is cut short or does
 * not check was never acknowledged and is dropped; one that does not check before others is ERR_CORRUPT.
 * Threads: one owner; the file is locked against other runs.
 */
#pragma once
#include "base/diag.h"
#include "base/view.h"
#include "redact/key.h"

struct journal;
struct journal_params {
    const char *path;
    const struct key *key; /* borrowed for the open; NULL: none */
    view terms;
    bool restart; /* forget what it says */
};
struct journal_id {
    uint8_t b[16];
};
enum journal_state { JOURNAL_UNKNOWN, JOURNAL_INTENT, JOURNAL_DONE, JOURNAL_FAILED };
struct journal_entry {
    struct journal_id id;
    enum journal_state state;
    uint64_t bytes; /* of the output */
    uint8_t sum[32];
    uint64_t known; /* journal_known_of what was known when it was made */
};

/* Makes it or reads it. ERR_EXISTS when another run holds it, ERR_CONFIG for other terms, ERR_VERSION,
 * ERR_CORRUPT, ERR_MEMORY, and what files say. */
MUST_USE err journal_open(struct journal **out, const struct journal_params *p, struct diag *d);
void journal_free(struct journal *j);
struct journal_id journal_id_of(const struct journal *j, view output, uint64_t size,
                                int64_t changed_ns);
uint64_t journal_known_of(const struct journal *j, uint64_t digest);
/* What is known of an output, or NULL. Valid until the next record is added. */
const struct journal_entry *journal_find(const struct journal *j, const struct journal_id *id);
MUST_USE err journal_intend(struct journal *j, const struct journal_id *id, uint64_t ordinal,
                            uint64_t bytes, const uint8_t sum[32], uint64_t known, struct diag *d);
MUST_USE err journal_done(struct journal *j, const struct journal_id *id, uint64_t ordinal,
                          struct diag *d);
MUST_USE err journal_failed(struct journal *j, const struct journal_id *id, uint64_t ordinal,
                            err why, struct diag *d);

/* For the fuzz target: replays a journal's bytes; the number of whole records, or why not. */
MUST_USE err journal_check(view bytes, const struct key *key, view terms, uint64_t *records,
                           struct diag *d);
