/* cli/release_document.h — what goes with an output that is released, and what a person attests of it.
 *
 * The dossier repeats of each record what a reader wants to see first, and holds the record itself.
 * Threads: the main thread only. */
#pragma once
#include "base/clock.h"
#include "deid/release.h"
#include "report/report.h"

/* Of records that release_judge did not refuse. */
MUST_USE err release_document(struct report **out, struct release *r, const char *today);

struct attestation {
    enum profile profile; /* one that has a statement */
    view by, until;
    const char *today;
};
MUST_USE err attestation_document(struct report **out, const struct attestation *a,
                                  struct output_set *set);
