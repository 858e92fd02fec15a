/* stats/capture.h — how many there are, from how many two searchers found, and both.
 *
 * Two reviewers read the same notes; n1 and n2 misses of the program they find, m of them both. Who finds
 * much that the other does not leaves much that neither did. Chapman's estimator is nearly unbiased and
 * defined for m = 0; the interval is Chao's, which never goes below what was seen. Both assume that
 * the two read independently and that all misses are equally easy to see; where some are easier, the
 * truth is larger.   Sources: Chapman, Univ. Calif. Publ. Stat. 1 (1951); Chao, Biometrics 43 (1987).
 * Threads: pure.
 */
#pragma once
#include "stats/interval.h"

struct capture {
    double total;       /* estimated: found by one, by both, by neither */
    double variance;    /* of total */
    struct interval in; /* of total */
    double seen;        /* n1 + n2 - m */
};
/* m <= n1, m <= n2. */
struct capture capture_chapman(uint64_t n1, uint64_t n2, uint64_t m, double confidence);
