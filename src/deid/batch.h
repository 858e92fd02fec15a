/* deid/batch.h — many inputs through one engine: in order, in parallel, in flat memory.
 *
 * Inputs are "-", files, or folders (walked, same tree below the output folder, names passed through
 * the engine). Outputs are written beside and renamed; a record or input that fails is counted,
 * reported through on_failure and never half-written: a JSON line that fails is left out of the
 * output, any other input that fails has no output. The rest goes on.
 *
 *     inputs ─ plan ─▶ reader ─ batches of whole records ─▶ workers ─ in order ─▶ sink
 *
 * What is done to a record is a struct batch_work, so that listing identifiers goes the same way as
 * replacing them.
 * Threads: batch_run is called by one thread and starts params.jobs workers of its own.
 */
#pragma once
#include "deid/deid.h"

struct batch_params {
    const char *const *inputs; /* borrowed */
    size_t n_inputs;
    const char *output;                          /* file, folder, or NULL for standard output */
    const struct format *format;                 /* NULL: by content */
    const struct format_options *format_options; /* borrowed; NULL: nothing said */
    enum encoding encoding;
    unsigned jobs; /* 0: one a processor */
    size_t max_document;
    bool replace;        /* may overwrite existing outputs, never an input */
    bool keep_names;     /* names of outputs are not passed through the engine */
    const char *journal; /* file that says what is done (deid/journal.h); NULL: none is kept */
    const struct key *journal_key; /* borrowed; NULL: the run has no key */
    view journal_terms;            /* all that decides what comes out; borrowed */
    /* A digest of what other inputs say that decides what comes of the one at `path`: what an earlier run has done
     * with another one is done again. NULL: nothing. Called by the calling thread. */
    err (*known_of)(const void *ctx, const char *path, uint64_t *out);
    const void *known_ctx;
    unsigned shard, shards; /* only the shard-th of so many parts; 0: all */
    /* Called by the calling thread, never concurrently. */
    void (*on_failure)(void *ctx, const struct diag *d);
    void (*on_progress)(void *ctx, uint64_t bytes_done, uint64_t bytes_total /* 0: unknown */,
                        uint64_t records);
    /* An output is complete: the ordinal of its input (0: the one output of all inputs), its bytes and
     * their BLAKE2b-256. Outputs are hashed only when this is set. */
    void (*on_output)(void *ctx, uint64_t input, uint64_t bytes, const uint8_t sum[32]);
    void *ctx;
    /* The same failure with the path of its input, which on_failure keeps from whoever listens; "" for standard
     * input. Only for what seals it. */
    void (*on_failed_path)(void *ctx, const struct diag *d, const char *path);
    void *path_ctx;
};
struct batch_result {
    struct deid_counts counts;
    uint64_t inputs_done, inputs_failed, records_failed;
    uint64_t inputs_again;  /* of inputs_done: done before, when less was known */
    uint64_t inputs_before; /* done by an earlier run, as the journal has it; not in inputs_done */
    uint64_t names_changed; /* outputs whose name or folder had to change */
    bool adds;              /* the output folder held other files, of which nothing is known */
    uint64_t passed_over;   /* hidden files, links and pipes in folders: no inputs */
    double seconds;
};

/* One record on its way through a worker. */
struct batch_record {
    const struct format *format;
    enum encoding encoding;
    view bytes;
    const char *path;       /* of the input; NULL: standard input */
    uint64_t input, number; /* 1-based ordinals: of the input, and of the record in it */
};
struct batch_work {
    const void *ctx; /* shared by all workers, immutable */
    err (*scratch_new)(void **out);
    void (*scratch_free)(void *scratch);
    /* Appends what becomes of the record. On failure `out` and `counts` are as they were. */
    err (*record)(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                  struct deid_counts *counts, struct diag *d);
    /* Tells of what comes: `r` begins `block`, and `record` will be called for each record in it, in order. Returns the
     * bytes of it that it took notice of, with the next of which it is called again. NULL: nobody asks. */
    size_t (*ahead)(const void *ctx, void *scratch, const struct batch_record *r, view block);
    /* Appends what stands in place of a record that failed; NULL: it is left out. `scratch` is as `record`
     * left it, which was not called for a record that is too large. */
    err (*failed)(const void *ctx, void *scratch, const struct batch_record *r, err why,
                  struct buf *out);
    /* Called by the owner before an output appears: what must be on disk before it. NULL: nothing. */
    err (*before_output)(const void *ctx, struct diag *d);
    /* All results go to one output, whatever the number of inputs. */
    bool collect;
    view head; /* `collect`: begins the output */
    /* An output is packed as its input was. */
    bool packs;
    /* An input without a byte is a record too, unless its format is a stream of them. */
    bool takes_empty;
    /* Names outputs; may be NULL when `collect` or params.keep_names is set. */
    const struct deid *names;
};

struct batch_params batch_default_params(void);
/* The format that a file's name tells where its content may not (a table from prose); else NULL. `path`
 * may be NULL. */
const struct format *batch_format_by_name(const char *path);
/* OK even when some inputs failed (see *result). Otherwise what stopped the run as a whole: wrong use
 * (ERR_USAGE, before anything is read), the output can't be written, memory, ERR_CANCELLED after
 * batch_cancel. */
MUST_USE err batch_run_work(const struct batch_work *w, const struct batch_params *p,
                            struct batch_result *result, struct diag *diag);
/* De-identifies every record. */
MUST_USE err batch_run(const struct deid *d, const struct batch_params *p,
                       struct batch_result *result, struct diag *diag);
/* May be called from a signal handler. The run under way, or else the next one, stops soon, even when it
 * waits for input, and outputs that are not complete are removed. */
void batch_cancel(void);
/* Was it called, and is the run not over yet? For work that waits for something. */
bool batch_is_cancelled(void);
