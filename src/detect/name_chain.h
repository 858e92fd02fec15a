/* detect/name_chain.h — the others of a list of names, word after word from one that was found.
 *
 *     Present: Rakiya, Fanilo, Aoibhe and Gert      of which Rakiya was found and no list knows the rest
 *
 * Only words that no list knows, or that are names more than words; each must be an item of its own. Runs behind
 * name_series.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends them, beside the NAME findings of *out. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_chains(const struct doc *d, struct findings *out);
