#include "stats/bootstrap.h"

#include <math.h>

#include "base/mem.h"

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t rotate(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

void stat_random_seed(struct stat_random *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        r->s[i] = splitmix(&seed);
}

uint64_t stat_random_next(struct stat_random *r)
{
    uint64_t *s = r->s, out = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return out;
}

uint32_t stat_random_below(struct stat_random *r, uint32_t bound)
{
    /* Multiply-and-shift; the few low products that would favour some results are drawn again. */
    uint32_t unfair = -bound % bound;
    for (;;) {
        uint64_t product = (stat_random_next(r) >> 32) * bound;
        if ((uint32_t)product >= unfair) return (uint32_t)(product >> 32);
    }
}

struct bootstrap_params bootstrap_default_params(void)
{
    return (struct bootstrap_params){ .replicates = 1000, .seed = 1, .confidence = 0.95 };
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void quantile_sort(double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_value);
}

double quantile_sorted(const double *v, size_t n, double q)
{
    BUG_IF(n == 0 || !(q >= 0 && q <= 1));
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;
    if (i + 1 >= n) return v[n - 1];
    return v[i] + (at - (double)i) * (v[i + 1] - v[i]);
}

/* One statistic's replicates to its interval; v is sorted in place, undefined ones left out. */
static struct interval percentile(double *v, size_t n, double confidence)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i])) v[kept++] = v[i];
    if (kept == 0) return (struct interval){ NAN, NAN };
    quantile_sort(v, kept);
    double tail = (1 - confidence) / 2;
    return (struct interval){ quantile_sorted(v, kept, tail), quantile_sorted(v, kept, 1 - tail) };
}

err bootstrap_percentile(const struct bootstrap_params *p, uint32_t n_items, uint32_t n_stats,
                         bootstrap_stat *stat, void *ctx, struct interval *out)
{
    err e = OK;
    uint32_t *items = NULL;
    double *replicate = NULL, *column = NULL; /* column: n_stats runs of p->replicates values */
    size_t values, bytes;

    BUG_IF(!(p->confidence > 0 && p->confidence < 1));
    if (n_items == 0 || p->replicates == 0) {
        for (uint32_t k = 0; k < n_stats; k++)
            out[k] = (struct interval){ NAN, NAN };
        return OK;
    }
    if (!size_mul(p->replicates, n_stats, &values) || !size_mul(values, sizeof *column, &bytes))
        return ERR_LIMIT;
    items = mem_alloc((size_t)n_items * sizeof *items);
    replicate = mem_alloc((size_t)n_stats * sizeof *replicate);
    column = mem_alloc(bytes);
    if (!items || !replicate || !column) TRY(ERR_MEMORY);

    struct stat_random r;
    stat_random_seed(&r, p->seed);
    for (uint32_t b = 0; b < p->replicates; b++) {
        for (uint32_t i = 0; i < n_items; i++)
            items[i] = stat_random_below(&r, n_items);
        stat(ctx, items, n_items, replicate);
        for (uint32_t k = 0; k < n_stats; k++)
            column[(size_t)k * p->replicates + b] = replicate[k];
    }
    for (uint32_t k = 0; k < n_stats; k++)
        out[k] = percentile(column + (size_t)k * p->replicates, p->replicates, p->confidence);
out:
    mem_free(items);
    mem_free(replicate);
    mem_free(column);
    return e;
}
