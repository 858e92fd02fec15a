/* train/judge.h — a model that judges what it leaves in doubt (detect/tag_judge.h), from the files of several writers.
 *
 * Every file is held out once: a model learns from the others, and what it leaves in doubt in this one is what a model
 * leaves in doubt in texts of somebody it never read. From that the trees are learned. The model itself learns from all.
 * The same files in the same order, seed and version give the same bytes, whatever the number of threads.
 * Threads: one owner.
 */
#pragma once
#include "train/fit.h"

struct judge_news { /* what a caller may print as it goes */
    enum { JUDGE_PART, JUDGE_TREES } what;
    unsigned part, parts;
    uint32_t candidates, marked; /* so far */
    unsigned trees;              /* JUDGE_TREES: learned; 0: what was in doubt is all of one kind */
    double loss, seconds;        /* JUDGE_TREES: nats a candidate, at the end */
};
typedef void judge_report(void *ctx, const struct judge_news *n);

/* Files are dealt out to `parts` parts in turn, 2 … n of them. Errors as fit_run's; the diag's input is the ordinal of
 * the file. */
MUST_USE err judge_fit(struct buf *image, const view *files, uint32_t n, unsigned parts,
                       const struct fit_params *p, fit_report *report, judge_report *tell,
                       void *ctx, struct diag *d);
