/* cli/summary.h — a run in a few lines on standard error: what came, what was found, what it may claim.
 * Threads: the main thread only. */
#pragma once
#include "deid/batch.h"

/* What only `cordon deid` has to say. */
struct summary_claim {
    enum profile profile;
    const char *style;     /* "tag" */
    const struct key *key; /* NULL: ephemeral */
};
/* claim NULL: nothing was replaced. */
void summary_print(const struct batch_result *r, const char *command,
                   const struct summary_claim *claim);
