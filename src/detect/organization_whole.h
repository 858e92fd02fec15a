/* detect/organization_whole.h — the rest of a name that a rule or the tagger found in part.
 *
 * Both look at findings from index `from` on and add wider ones, which merging makes one with them. OK, ERR_MEMORY or
 * ERR_LIMIT.   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Behind it: "Sorvik" of "Sorvik Coroner": as organization_tail_find does for what rules found. */
MUST_USE err organization_tail_learned(const struct doc *d, uint32_t from, struct findings *out);
/* Before it: "Angels of Red Wing", "Mid-Coast Egg", "The Biscuit Barrel"; and the "'s" behind it. */
MUST_USE err organization_whole(const struct doc *d, uint32_t from, struct findings *out);
/* The town of which somebody is called, behind names: as place_named_find does for what rules found. */
MUST_USE err place_named_learned(const struct doc *d, uint32_t from, struct findings *out);
