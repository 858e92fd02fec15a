/* stats/binomial.h — exact bounds for shares near zero, and how much reading a bound takes.
 *
 * Clopper and Pearson's interval, from quantiles of the beta distribution; counts need not be whole, so
 * that it serves samples with unequal chances through an effective size (Korn and Graubard 1998). It is
 * never too narrow. Sources: Clopper, Pearson, Biometrika 26 (1934); Hanley, Lippman-Hand, JAMA 249
 * (1983) for the rule of three, which is the case x = 0.   Threads: pure.
 */
#pragma once
#include "stats/interval.h"

/* I_x(a, b), the regularized incomplete beta function; a, b > 0, x in [0, 1]. */
double beta_regularized(double a, double b, double x);
/* x of n, 0 <= x <= n; n = 0 gives [0, 1]. Two-sided. */
struct interval clopper_pearson(double x, double n, double confidence);
/* The one-sided upper bound: with 0 of n at 0.95 about 3/n. */
double binomial_upper(double x, double n, double confidence);
/* The smallest n for which x of n has an upper bound (one-sided) of at most `bound`, in (0, 1). At most
 * 1e12: more is given as that. */
double binomial_needed(double x, double bound, double confidence);
