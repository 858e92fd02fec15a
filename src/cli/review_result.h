/* cli/review_result.h — what the verdicts on a sample say of the whole run: printed, and as a report.
 * Threads: the main thread only. */
#pragma once
#include "deid/review.h"

struct review_wanted {
    double confidence;  /* of intervals and bounds */
    double bound;       /* on the share of records with a miss */
    const char *output; /* where a report goes; NULL: none is made */
    bool force;         /* in place of what is there */
};
/* *reached: there are fewer misses than the bound, at that confidence. */
MUST_USE err review_tell(const struct review *r, const struct review_wanted *o, bool *reached,
                         struct diag *d);
