/* deid/batch.h — many inputs through one engine: in order, in parallel, in flat memory.
 *
 * Inputs are "-", files, or folders (walked, same tree below the output folder, names passed through
 * the engine). Outputs are written beside and renamed; a record or input that fails is counted,
 * reported through on_failure and never half-written: a JSON line that fails is left out of the output,
 * any other input that fails has no output. The rest goes on.
 * Threads: batch_run is called by one thread and starts params.jobs workers of its own.
 */
#pragma once
#include "deid/deid.h"

struct batch_params {
    const char *const *inputs; /* borrowed */
    size_t n_inputs;
    const char *output;        /* file, folder, or NULL for standard output */
    const struct format *format; /* NULL: by content */
    enum encoding encoding;
    unsigned jobs; /* 0: one a processor */
    size_t max_document;
    bool replace; /* may overwrite existing outputs */
    /* Called by the calling thread, never concurrently. */
    void (*on_failure)(void *ctx, const struct diag *d);
    void (*on_progress)(void *ctx, uint64_t bytes_done, uint64_t bytes_total /* 0: unknown */,
                        uint64_t records);
    void *ctx;
};
struct batch_result {
    struct deid_counts counts;
    uint64_t inputs_done, inputs_failed, records_failed;
    double seconds;
};
struct batch_params batch_default_params(void);
/* OK even when some inputs failed (see *result). Otherwise what stopped the run as a whole: the output
 * can't be written, memory, ERR_CANCELLED after batch_cancel. */
MUST_USE err batch_run(const struct deid *d, const struct batch_params *p, struct batch_result *result,
                       struct diag *diag);
/* May be called from a signal handler: the run stops soon, outputs not complete are removed. */
void batch_cancel(void);
