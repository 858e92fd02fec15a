/* text/sentence.h — where sentences begin, in clinical prose and in its fragments.
 *
 * A sentence ends at . ! ? before a capital, digit or bracket (not after a title, an initial, a unit,
 * a decimal point, "vs.", "e.g."), at an empty line, and before a list mark or a header at a line
 * start. A single line break in running text does not end it.   Threads: pure.
 */
#pragma once
#include "text/token.h"

struct sentences {
    uint32_t *first; /* token index of each sentence's first token, ascending; in the arena */
    uint32_t n;
};
MUST_USE err sentence_split(view text, const struct tokens *t, struct arena *a,
                            struct sentences *out);
