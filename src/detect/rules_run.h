/* detect/rules_run.h — the detectors in their order, over one document.
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
