/* detect/taken.h — which tokens earlier detectors have already claimed.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* One byte a token (in the document's arena): 1 where a finding of one of `labels` (set of 1 << LABEL_…)
 * lies. NULL when memory is out. */
uint8_t *taken_by(const struct doc *d, const struct findings *f, uint32_t labels);
/* Index of the first token that ends after byte `at`. */
uint32_t taken_token_at(const struct doc *d, uint32_t at);
