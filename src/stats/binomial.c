#include "stats/binomial.h"

#include <math.h>

/* The continued fraction of the incomplete beta function by Lentz's method; it converges quickly for
 * x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300, enough = 1e-15;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double f = d;
    for (int m = 1; m < 10000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step = 1;
        for (int k = 0; k < 2; k++) {
            double t = k == 0 ? even : odd;
            d = 1 + t * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + t / c;
            c = fabs(c) < tiny ? tiny : c;
            step = c * d;
            f *= step;
        }
        if (fabs(step - 1) < enough) break;
    }
    return f;
}

double beta_regularized(double a, double b, double x)
{
    BUG_IF(!(a > 0 && b > 0));
    if (!(x > 0)) return 0;
    if (x >= 1) return 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* The x with I_x(a, b) = p, by halving: it can't fail, and is asked for a few times. */
static double beta_quantile(double a, double b, double p)
{
    double low = 0, high = 1;
    for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
        double middle = low + (high - low) / 2;
        if (beta_regularized(a, b, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

struct interval clopper_pearson(double x, double n, double confidence)
{
    BUG_IF(!(x >= 0 && x <= n && confidence > 0 && confidence < 1));
    double tail = (1 - confidence) / 2;
    struct interval out = { 0, 1 };
    if (x > 0) out.low = beta_quantile(x, n - x + 1, tail);
    if (x < n) out.high = beta_quantile(x + 1, n - x, 1 - tail);
    return out;
}

double binomial_upper(double x, double n, double confidence)
{
    BUG_IF(!(x >= 0 && x <= n && confidence > 0 && confidence < 1));
    return x < n ? beta_quantile(x + 1, n - x, confidence) : 1;
}

double binomial_needed(double x, double bound, double confidence)
{
    const double most = 1e12;
    BUG_IF(!(x >= 0 && bound > 0 && bound < 1));
    double low = x, high = MAX(1, x + 1);
    while (high < most && binomial_upper(x, high, confidence) > bound) {
        low = high;
        high *= 2;
    }
    if (high >= most) return most;
    while (high - low > 0.5) {
        double middle = floor(low + (high - low) / 2);
        if (middle <= low) break;
        if (binomial_upper(x, middle, confidence) > bound)
            low = middle;
        else
            high = middle;
    }
    return ceil(high);
}
