/* stats/bootstrap.h — intervals for any statistic, by drawing the sample again and again.
 *
 *     struct interval in[2];
 *     struct bootstrap_params p = bootstrap_default_params();
 *     bootstrap_percentile(&p, n_texts, 2, recall_and_f1, texts, in);
 *
 * Items are drawn whole and with replacement, so what belongs together (the spans of a text) stays
 * together. The generator is our own and seeded: the same seed gives the same interval on every
 * machine. Interval: percentile method (Efron 1979), quantiles by linear interpolation between
 * order statistics (R's type 7). A replicate in which a statistic is undefined (NaN) does not count
 * for that statistic; when no replicate counts, its interval is NaN. Threads: pure but for what
 * `stat` does.
 */
#pragma once
#include "stats/interval.h"

/* xoshiro256** by Blackman and Vigna, seeded through SplitMix64. Not for secrets. */
struct stat_random {
    uint64_t s[4];
};
void stat_random_seed(struct stat_random *r, uint64_t seed);
uint64_t stat_random_next(struct stat_random *r);
/* Uniform in [0, bound) without bias; bound > 0. */
uint32_t stat_random_below(struct stat_random *r, uint32_t bound);

struct bootstrap_params {
    uint32_t replicates; /* 1000 */
    uint64_t seed;       /* 1 */
    double confidence;   /* 0.95 */
};
struct bootstrap_params bootstrap_default_params(void);

/* Computes out[0 … n_stats) for the sample items[0 … n): indexes, repeated where drawn twice. */
typedef void bootstrap_stat(void *ctx, const uint32_t *items, uint32_t n, double *out);

/* OK, ERR_MEMORY, or ERR_LIMIT (n_stats × replicates do not fit memory's size). No items or no
 * replicates: OK and NaN intervals. out[] is unchanged when this fails. */
MUST_USE err bootstrap_percentile(const struct bootstrap_params *p, uint32_t n_items,
                                  uint32_t n_stats, bootstrap_stat *stat, void *ctx,
                                  struct interval *out);

/* Ascending, as quantile_sorted wants them; none is NaN. */
void quantile_sort(double *v, size_t n);
/* The q-quantile (0 … 1) of v[0 … n), ascending, n > 0: type 7. */
double quantile_sorted(const double *v, size_t n, double q);
