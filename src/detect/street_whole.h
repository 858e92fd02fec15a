/* detect/street_whole.h — the rest of an address that a rule or the tagger found in part: see street_whole.c.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Of findings from index `from` on; wider ones are added, which merging makes one with them. OK, ERR_MEMORY or
 * ERR_LIMIT. */
MUST_USE err street_whole_learned(const struct doc *d, uint32_t from, struct findings *out);
