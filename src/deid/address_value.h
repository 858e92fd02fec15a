/* deid/address_value.h — a whole address in one field, as its parts.
 *
 * "12 Xanthe Street, Boston, MA 02139" in one cell is what a street, a town, a state and a ZIP code in four cells are:
 * the state stays, the ZIP code keeps its area or all of itself where the profile says so, and so does the town.
 * Threads: pure. */
#pragma once
#include "base/arena.h"
#include "detect/finding.h"
#include "lexicon/lexicon.h"

enum { ADDRESS_PARTS = 3 };

/* What stands before the area of a ZIP code ("021**") that a run before this one left at the end of v, and before the
 * state in front of it; v itself when none is there. */
view address_before_area(const struct lexicon *l, view v, struct arena *a);

/* The parts of `whole`, a place in `text`, in text order; *n is 0 when it ends with no ZIP code, of five or nine digits
 * behind a state or a comma or a town. `a` is scratch. */
void address_parts(const struct lexicon *l, view text, const struct finding *whole, struct arena *a,
                   struct finding out[ADDRESS_PARTS], uint32_t *n);
