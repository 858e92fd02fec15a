/* clinical/elided.h — what is said of a side whose finding other words have named.
 *
 *     Trace right, no left pleural effusion.              a right one is there
 *     No effusion on the right but a small one on the left.
 *     Right effusion has resolved, left persists.
 *     Effusion on the right, none on the left.            the "none" is not of the right one
 *
 * Between two commas (or "but", "and") stand a side and words that name no finding of their own.
 * Threads: pure.
 */
#pragma once
#include "clinical/context.h"
#include "clinical/sentence_hits.h"

/* Is cue `q`, which stands behind the mention, told of a side other than the mention's own? */
bool elided_is_other_side(const struct sentence_hits *h, const struct mention *m, uint8_t side,
                          const struct cue_hit *q);
/* The side that is there without its finding's name; false when none is. `st`: what is said of the mention. */
bool elided_side(const struct sentence_hits *h, const struct mention *m, const struct statement *st,
                 struct statement *out);
