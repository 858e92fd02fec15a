/* deid/key_pieces.h — which plain keys of a record are names, by what stands beside them.
 * Threads: pure but for the arena. */
#pragma once
#include "format/format.h"
#include "lexicon/lexicon.h"

/* One flag a group of ROLE_KEY pieces of r, in the arena: its keys are names. NULL in *out when r has no
 * such piece. Keys are names where all of an object's could be, and half of them are
 * hardly anything else; one alone must be surely one. ERR_MEMORY. */
MUST_USE err key_pieces_judge(const struct lexicon *l, const struct record *r, struct arena *a,
                              const bool **out);
