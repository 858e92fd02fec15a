/* detect/taken.h — which tokens earlier detectors have already claimed.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* One byte a token (in the document's arena): 1 where a finding of one of `labels` (set of 1 << LABEL_…)
 * lies. NULL when memory is out. */
uint8_t *taken_by(const struct doc *d, const struct findings *f, uint32_t labels);
/* Index of the first token that ends after byte `at`. */
uint32_t taken_token_at(const struct doc *d, uint32_t at);
/* The last token of what begins in token `first` and ends before byte `end`: taken_token_at(d, end - 1), near by. */
static inline uint32_t taken_last(const struct doc *d, uint32_t first, uint32_t end)
{
    while (first < d->n && token_end(&d->tok[first]) < end)
        first++;
    return first;
}
