/* stats/weighted.h — totals and shares of a whole from a sample whose items had unequal chances.
 *
 * Each item of the sample stands for 1/p items of the whole, p its chance of being drawn (Horvitz and
 * Thompson, JASA 47 (1952)); shares are ratios of such sums (Hájek). The effective size is Kish's: of
 * how many equally likely items the sample is worth.   Threads: pure.
 */
#pragma once
#include "stats/interval.h"

struct weighted {
    double n;     /* items drawn */
    double sum_w; /* estimates how many there are */
    double sum_w2;
    double sum_wy; /* estimates the total of y */
};
/* 0 < p <= 1. */
static inline void weighted_add(struct weighted *s, double p, double y)
{
    double w = 1 / p;
    s->n += 1;
    s->sum_w += w;
    s->sum_w2 += w * w;
    s->sum_wy += w * y;
}
/* Mean of y over the whole; NaN for no items. */
static inline double weighted_mean(const struct weighted *s)
{
    return s->sum_wy / s->sum_w;
}
/* Kish: (sum w)^2 / sum w^2, at most n; 0 for no items. */
static inline double weighted_size(const struct weighted *s)
{
    return s->sum_w2 > 0 ? s->sum_w * s->sum_w / s->sum_w2 : 0;
}
