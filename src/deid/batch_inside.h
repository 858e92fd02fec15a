/* deid/batch_inside.h — one run of a batch and its jobs, between the batch*.c files alone.
 *
 *     batch_read.c    the owner reads inputs into jobs and submits them
 *     batch.c         workers do the records of a job; the run as a whole
 *     batch_write.c   the owner writes what came of each job, in order of submission
 *     batch_cancel.c  the stop that a signal handler may ask for
 *
 * Threads: a job belongs to the owner until it is submitted, then to one worker until pool_take gives it
 * back. All else in struct run is the owner's, and workers read `work` and `scratch` alone. */
#pragma once
#include <time.h>

#include "base/hash.h"
#include "base/pool.h"
#include "deid/batch.h"
#include "deid/plan.h"
#include "deid/resume.h"
#include "deid/sink.h"
#include "format/reader.h"

/* What is read, worked on, written and wiped of a batch stays in a core's own cache beside the tables. Of packed input
 * each batch comes out packed by itself, which takes room at its ends: those are larger. */
enum { BATCH_BYTES = 64 << 10, BATCH_BYTES_PACKED = 256 << 10 };

/* Where the format of one input lives: until the last of the input's batches is done with. */
struct input_format {
    struct arena arena;
    unsigned users; /* jobs, and the one who reads; the owner counts */
};

/* One batch of records on its way: read by the owner, worked on by a worker, written by the owner. */
struct job {
    struct job *next_free;
    struct batch in;
    struct buf out, faults; /* faults: struct diag, one a failed record */
    struct buf packed;      /* what is written instead of `out` when packing is set */
    enum packing packing;
    uint64_t taken;            /* bytes read from the input for it */
    struct resume_item before; /* is_end: what the journal knew */
    const struct format *format;
    struct input_format *kept; /* what `format` may live in, or NULL */
    enum encoding encoding;
    struct deid_counts counts;
    uint64_t input;   /* 1-based */
    bool replaces;    /* an output of an earlier run, which knew less */
    bool is_stream;   /* records are lines: one that fails does not end the input */
    bool is_end;      /* carries no records: the input ends here */
    struct diag diag; /* is_end: why the input failed, or code OK */
    err stopped;      /* what ends the whole run */
    bool dropped;     /* a record that is the whole input failed: the input has no output */
};

struct run {
    const struct batch_work *work;
    const struct batch_params *params;
    struct batch_result *result;
    struct plan plan;
    struct pool *pool;
    void **scratch; /* one a worker */
    unsigned workers;
    struct job *jobs, *free_jobs;
    unsigned n_jobs;
    struct timespec started;
    struct diag *diag;
    /* Of the input whose results are being written: */
    struct sink sink;
    uint64_t writing; /* its ordinal; 0: none yet */
    bool input_failed;
    view last_folder;
    uint64_t bytes_done;
    struct checksum sum; /* of the output, when on_output or the journal wants it */
    uint64_t sum_bytes;
    uint64_t begun_bytes,
        begun_failures;      /* sum_bytes and failed records before the present input */
    err stopped;             /* what ends the run although only one output failed */
    struct journal *journal; /* NULL: none is kept */
    bool is_packed_known;    /* of the one output: its first bytes said how it is packed */
    enum packing packing;
};

/* ---- batch_read.c ---- */

/* Takes the input of this 1-based ordinal through, up to the last of its jobs submitted. What fails in
 * the input alone is told to the run by its last job; an error ends the run. */
MUST_USE err batch_run_input(struct run *r, uint64_t input);
/* The job is done with and can be taken for other records. */
void batch_give_back(struct run *r, struct job *j);
/* One user fewer; NULL is fine. */
void batch_let_go(struct input_format *f);

/* ---- batch_write.c ---- */

/* Writes what came of a job; to be called in the order in which they were submitted. */
MUST_USE err batch_finish(struct run *r, struct job *j);
/* The one output of all inputs: begun with the work's head, and at the end made visible, or removed when
 * no input came through. */
MUST_USE err batch_begin_shared(struct run *r);
MUST_USE err batch_end_shared(struct run *r);

/* ---- batch_cancel.c ---- */

/* From here on batch_cancel can end a read that waits; to be followed by batch_cancel_end. */
void batch_cancel_begin(void);
/* The descriptor that the owner reads from now on; -1: none. */
void batch_cancel_watch(int fd);
void batch_cancel_end(void);
