/* detect/rules_run.h — the detectors in their order, over one document or several.
 *
 * What they find is what a tagger sees as "the rules' opinion", so that training and use run the same.
 * Threads: as the detectors. */
#pragma once
#include "detect/doc.h"

enum rules_set {
    RULES_ALL,
    RULES_NEUTRAL, /* those that need no language: e-mail, URL, IP, telephone, dates in digits … */
};
/* Appends what they find. OK, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err rules_run(enum rules_set set, const struct doc *d, struct findings *out);
/* The same for several documents: each detector looks through all of them before the next one begins. One that fails
 * goes no further, the others do. */
struct rules_task {
    enum rules_set set;
    const struct doc *doc;
    struct findings *out; /* each task its own */
    err result;           /* OK before */
};
void rules_run_together(struct rules_task *v, uint32_t n);
