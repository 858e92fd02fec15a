/* base/log_plain.h — the natural logarithm in plain arithmetic: the same bits on every machine (base/exp_plain.h says why).
 *
 * Threads: pure.
 */
#pragma once

/* x > 0 and normal; absolute error below 1e-12. */
static inline double log_plain(double x)
{
    int n = 0;
    while (x > 1.5)
        x *= 0.5, n++;
    while (x < 0.75)
        x *= 2, n--;
    double z = (x - 1) / (x + 1), zz = z * z, s = 0, p = z;
    for (int k = 1; k < 30; k += 2, p *= zz)
        s += p / k;
    return 2 * s + n * 0.69314718055994530942;
}
