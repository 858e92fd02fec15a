/* clinical/value_sense.h — what a word of size or course means beside others: "slightly less" is no size, "left
 * larger than right" no course, "has not increased" is stable.   Threads: pure.
 */
#pragma once
#include "clinical/context.h"
#include "clinical/sentence_hits.h"

/* The number of a value of the schema, or NO_VALUE. */
uint8_t value_named(const struct schema *s, enum value_group g, view name);
/* Is it told of a finding at all, and not of how much it changed or of one side beside the other? */
bool value_is_own(const struct sentence_hits *h, const struct value_hit *v);
/* Its number; that of "stable" for a change that is denied. */
uint8_t value_told(const struct sentence_hits *h, const struct value_hit *v);
