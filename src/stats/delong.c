#include "stats/delong.h"

#include <math.h>

#include "base/mem.h"

struct scored {
    double score;
    uint32_t at;
};

static int by_score(const void *a, const void *b)
{
    double x = ((const struct scored *)a)->score, y = ((const struct scored *)b)->score;
    return (x > y) - (x < y);
}

/* rank[i]: the midrank, from 1, of v[i].at among v[0 … n); v is sorted in place. */
static void midranks(struct scored *v, uint32_t n, double *rank)
{
    qsort(v, n, sizeof *v, by_score);
    for (uint32_t i = 0; i < n;) {
        uint32_t j = i;
        while (j < n && v[j].score <= v[i].score)
            j++;
        for (uint32_t k = i; k < j; k++)
            rank[v[k].at] = ((double)i + j + 1) / 2;
        i = j;
    }
}

/* Sum of squares about the mean, over n - 1. */
static double variance_of(const double *v, uint32_t n)
{
    double mean = 0, sum = 0;
    for (uint32_t i = 0; i < n; i++)
        mean += v[i] / n;
    for (uint32_t i = 0; i < n; i++)
        sum += (v[i] - mean) * (v[i] - mean);
    return sum / (n - 1);
}

/* part[]: for each item of a class the share of the other class that it is ranked rightly against. */
static void placements(const double *scores, const bool *positive, uint32_t n, bool of,
                       const double *all, struct scored *v, double *own, uint32_t others,
                       double *part)
{
    uint32_t m = 0;
    for (uint32_t i = 0; i < n; i++)
        if (positive[i] == of) v[m++] = (struct scored){ scores[i], i };
    midranks(v, m, own);
    m = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (positive[i] != of) continue;
        double below = (all[i] - own[i]) / others;
        part[m++] = of ? below : 1 - below;
    }
}

err auc_delong(const double *scores, const bool *positive, uint32_t n, double confidence,
               struct auc *out)
{
    err e = OK;
    struct auc a = { NAN, NAN, { NAN, NAN }, 0, 0 };
    struct scored *v = mem_alloc((size_t)n * sizeof *v);
    double *all = mem_alloc((size_t)n * sizeof *all), *own = mem_alloc((size_t)n * sizeof *own);
    double *part = mem_alloc((size_t)n * sizeof *part);
    if (!v || !all || !own || !part) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < n; i++) {
        v[i] = (struct scored){ scores[i], i };
        *(positive[i] ? &a.positives : &a.negatives) += 1;
    }
    if (a.positives && a.negatives) {
        midranks(v, n, all);
        placements(scores, positive, n, true, all, v, own, a.negatives, part);
        a.area = 0;
        for (uint32_t i = 0; i < a.positives; i++)
            a.area += part[i] / a.positives;
        if (a.positives > 1 && a.negatives > 1) {
            a.variance = variance_of(part, a.positives) / a.positives;
            placements(scores, positive, n, false, all, v, own, a.positives, part);
            a.variance += variance_of(part, a.negatives) / a.negatives;
            double half = normal_two_sided_z(confidence) * sqrt(a.variance);
            a.in = (struct interval){ MAX(0.0, a.area - half), MIN(1.0, a.area + half) };
        }
    }
    *out = a;
out:
    mem_free(v);
    mem_free(all);
    mem_free(own);
    mem_free(part);
    return e;
}
