/* cli/run_report.h — `--report FILE`: what a run did, for an auditor, as .html or .json.
 *
 *     run_report_init(&r);
 *     run_report_open(&r, &paths, force, &d)       before the work: refuses what can't be written
 *     run_report_watch(&r, &console, &params)      listens to the run
 *     run_report_write(&r, &facts, &result, &d)    after it, also when some inputs failed
 *     run_report_clear(&r)                         what was not written leaves no file
 *
 * It holds no byte of input: numbers, ordinals, our own words, and checksums of outputs (never of inputs:
 * a checksum of a short text lets a guess be confirmed). Inputs, outputs, projects and fields are not named.
 * Threads: the main thread only.
 */
#pragma once
#include "base/clock.h"
#include "base/hash.h"
#include "cli/console.h"
#include "cli/report_files.h"
#include "deid/output_set.h"

enum { ERR_KINDS = ERR_MODEL + 1 };

struct run_report {
    struct report_files files;
    struct clock_utc begun;
    struct console *console;
    struct buf failures, outputs; /* struct diag; struct run_output */
    uint64_t n_failures, n_outputs, failed[ERR_KINDS];
    struct output_set set; /* of all outputs, listed or not */
    bool set_is_partial;   /* there were too many */
};
struct run_output {
    uint64_t input, bytes;
    uint8_t sum[32];
};

/* What the command knows and the run does not. */
struct run_facts {
    const struct deid_params *params;
    const char *style, *format,
        *encoding; /* words of the options; format and encoding: NULL by content */
    const char *date_order;
    view reading; /* input_reading */
    bool shift_weeks;
    unsigned jobs; /* 0: one a processor */
    bool keep_names, force, has_project, has_patient_field;
};

void run_report_init(struct run_report *r);
/* As report_files_open. */
MUST_USE err run_report_open(struct run_report *r, const struct opt_texts *paths, bool force,
                             struct diag *d);
/* Takes the places of console in params: what it hears is passed on. */
void run_report_watch(struct run_report *r, struct console *c, struct batch_params *params);
/* Without paths nothing is written. */
MUST_USE err run_report_write(struct run_report *r, const struct run_facts *f,
                              const struct batch_result *result, struct diag *d);
void run_report_clear(struct run_report *r);
