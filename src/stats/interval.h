/* stats/interval.h — how far a measured share may be from the true one.
 *
 * Wilson's score interval: it stays inside [0, 1], and is honest for few trials and for shares of 0
 * and 1, where the usual "p ± 1.96 s" is not. It assumes independent trials; spans of one text are
 * not, so intervals over texts come from stats/bootstrap.h. Source: Wilson 1927; compared with
 * Newcombe, Statistics in Medicine 17 (1998), method 3. Threads: pure.
 */
#pragma once
#include "base/base.h"

struct interval {
    double low, high; /* both NaN when there is nothing to say */
};

/* The z with P(|N(0,1)| <= z) = confidence: 0.95 gives 1.959964. confidence in (0, 1). */
double normal_two_sided_z(double confidence);
/* `successes` of `trials` (at least as many). No trials: NaN at both ends. */
struct interval wilson_interval(uint64_t successes, uint64_t trials, double confidence);
