/* deid/piece_value.h — a piece whose format knows what it holds, as the one finding that it is.
 * Threads: pure. */
#pragma once
#include "deid/inside.h"

/* Is p one value of a kind? Then the finding over its text without white space at both ends into *out, with
 * *has_value false when there is nothing to replace: an empty field, a placeholder of ours, a state of the
 * United States or a province of Canada, an age under 90. False: it is prose, to be looked at
 * word by word; so are an age in words that say no more than 89, and a state that is none. */
bool piece_value(const struct lexicon *l, const struct piece *p, struct arena *a,
                 struct finding *out, bool *has_value);

/* "IL", "New York", "British Columbia": is v one entry of the lists of states? `a` is scratch. */
bool piece_is_state(const struct lexicon *l, view v, struct arena *a);

/* How its replacement must look. */
struct shaped piece_form(const struct deid *d, const struct piece *p);
