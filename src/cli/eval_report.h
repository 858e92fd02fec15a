/* cli/eval_report.h — what `cordon eval deid` prints: a table for people, JSON for programs.
 *
 * Labels and text of the files appear only where the user asked for them, as JSON strings, so that
 * nothing in a file can steer a terminal.   Threads: the main thread only.
 */
#pragma once
#include "deid/score_run.h"

struct eval_options {
    const char *boot, *seed;
    unsigned show;
    bool by_label, json, run, help;
};

struct eval { /* what there is to report */
    const struct eval_options *o;
    struct bootstrap_params boot;
    struct score_run run;
    struct score_marked pred;
    double value[SCORE_METRIC_COUNT];
    struct interval in[SCORE_METRIC_COUNT];
};

/* On standard output. */
void eval_report_text(const struct eval *ev);
void eval_report_json(const struct eval *ev);
