#include "stats/interval.h"

#include <math.h>

double normal_two_sided_z(double confidence)
{
    BUG_IF(!(confidence > 0 && confidence < 1));
    /* Newton's method on erfc(z / sqrt 2) = 1 - confidence. The tail is convex for z > 0, so
     * starting left of the root every step stays left of it and the sequence climbs to it; erfc
     * keeps its relative precision far out, where 1 - erf has none left. */
    const double tail = 1 - confidence;
    double z = 0;
    for (int step = 0; step < 100; step++) {
        double density = sqrt(2 / M_PI) * exp(-z * z / 2);
        double move = (erfc(z / M_SQRT2) - tail) / density;
        z += move;
        if (fabs(move) < 1e-15 * (1 + z)) break;
    }
    return z;
}

struct interval wilson_interval(uint64_t successes, uint64_t trials, double confidence)
{
    BUG_IF(successes > trials);
    if (trials == 0) return (struct interval){ NAN, NAN };
    const double n = (double)trials, p = (double)successes / n;
    const double z = normal_two_sided_z(confidence), z2 = z * z;
    const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    /* Exact at the ends, where the two terms cancel but for rounding. */
    return (struct interval){
        .low = successes == 0 ? 0 : fmax(0, middle - half),
        .high = successes == trials ? 1 : fmin(1, middle + half),
    };
}
