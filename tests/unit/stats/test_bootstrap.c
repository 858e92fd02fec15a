/* The bootstrap against results that are known without it: the bootstrap distribution of a share of
 * n items is binomial / n, and its standard error for the law school data is in Efron & Tibshirani,
 * "An Introduction to the Bootstrap" (1993), table 6.1. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/mem.h"
#include "stats/bootstrap.h"

static void near(double got, double want, double by)
{
    if (!(fabs(got - want) <= by)) fail_msg("got %.10f, want %.10f", got, want);
}

/* Reference outputs of the authors' C code for the state { 1, 2, 3, 4 }. */
static void generator_is_xoshiro256ss(void **state)
{
    (void)state;
    struct stat_random r = { { 1, 2, 3, 4 } };
    assert_int_equal(stat_random_next(&r), 11520);
    assert_int_equal(stat_random_next(&r), 0);
    assert_int_equal(stat_random_next(&r), 1509978240);
    assert_int_equal(stat_random_next(&r), UINT64_C(1215971899390074240));
}

static void below_is_even(void **state)
{
    (void)state;
    struct stat_random r;
    uint32_t seen[7] = { 0 };
    stat_random_seed(&r, 42);
    for (int i = 0; i < 70000; i++)
        seen[stat_random_below(&r, 7)]++;
    double chi2 = 0;
    for (int i = 0; i < 7; i++)
        chi2 += (seen[i] - 10000.0) * (seen[i] - 10000.0) / 10000.0;
    assert_true(chi2 < 22.5); /* 6 degrees of freedom, p = 0.001 */
    assert_int_equal(stat_random_below(&r, 1), 0);
}

static void quantiles_are_type_7(void **state)
{
    (void)state;
    static const double v[] = { 1, 2, 4, 8 }; /* R: quantile(c(1,2,4,8), c(0,.1,.5,.975,1)) */
    near(quantile_sorted(v, 4, 0), 1, 0);
    near(quantile_sorted(v, 4, 0.1), 1.3, 1e-12);
    near(quantile_sorted(v, 4, 0.5), 3, 1e-12);
    near(quantile_sorted(v, 4, 0.975), 7.7, 1e-12);
    near(quantile_sorted(v, 4, 1), 8, 0);
    near(quantile_sorted(v, 1, 0.3), 1, 0);
}

static void share(void *ctx, const uint32_t *items, uint32_t n, double *out)
{
    const uint8_t *yes = ctx;
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += yes[items[i]];
    out[0] = sum / n;
    out[1] = 1 - sum / n;
}

static void share_is_binomial(void **state)
{
    (void)state;
    uint8_t yes[10] = { 1, 1, 1, 1, 1 };
    struct bootstrap_params p = { .replicates = 20000, .seed = 3, .confidence = 0.95 };
    struct interval in[2];
    assert_int_equal(bootstrap_percentile(&p, 10, 2, share, yes, in), OK);
    near(in[0].low, 0.2,
         1e-12); /* quantiles of Binomial(10, 1/2): P(X <= 1) = .011, P(X <= 2) = .055 */
    near(in[0].high, 0.8, 1e-12);
    near(in[1].low, 0.2, 1e-12);
    near(in[1].high, 0.8, 1e-12);
}

static const double lsat[15] = { 576, 635, 558, 578, 666, 580, 555, 661,
                                 651, 605, 653, 575, 545, 572, 594 };
static const double gpa[15] = { 3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43,
                                3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96 };
struct moments {
    double sum, square;
    uint32_t n;
};
static void correlation(void *ctx, const uint32_t *items, uint32_t n, double *out)
{
    struct moments *m = ctx;
    double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (uint32_t i = 0; i < n; i++) {
        double a = lsat[items[i]], b = gpa[items[i]];
        x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
    }
    out[0] = (n * xy - x * y) / sqrt((n * xx - x * x) * (n * yy - y * y));
    m->sum += out[0];
    m->square += out[0] * out[0];
    m->n++;
}

static void law_school_has_published_error(void **state)
{
    (void)state;
    struct moments m = { 0 };
    struct bootstrap_params p = { .replicates = 3200, .seed = 1, .confidence = 0.9 };
    struct interval in;
    assert_int_equal(bootstrap_percentile(&p, 15, 1, correlation, &m, &in), OK);
    double mean = m.sum / m.n, error = sqrt(m.square / m.n - mean * mean);
    near(error, 0.132, 0.006); /* .132 with 3,200 replicates */
    assert_true(in.low > 0.48 && in.low < 0.57 && in.high > 0.93 && in.high < 0.97);
}

static void sometimes_undefined(void *ctx, const uint32_t *items, uint32_t n, double *out)
{
    (void)n;
    out[0] = items[0] % 2 ? NAN : 5;
    out[1] = NAN;
    ++*(int *)ctx;
}

static void undefined_replicates_do_not_count(void **state)
{
    (void)state;
    int calls = 0;
    struct bootstrap_params p = bootstrap_default_params();
    struct interval in[2];
    assert_int_equal(bootstrap_percentile(&p, 8, 2, sometimes_undefined, &calls, in), OK);
    assert_int_equal(calls, 1000);
    assert_true(in[0].low == 5 && in[0].high == 5);
    assert_true(isnan(in[1].low) && isnan(in[1].high));
    assert_int_equal(bootstrap_percentile(&p, 0, 1, sometimes_undefined, &calls, in), OK);
    assert_true(isnan(in[0].low));
}

static void same_seed_same_interval(void **state)
{
    (void)state;
    uint8_t yes[40];
    for (int i = 0; i < 40; i++)
        yes[i] = i % 3 == 0;
    struct bootstrap_params p = bootstrap_default_params();
    struct interval a[2], b[2];
    assert_int_equal(bootstrap_percentile(&p, 40, 2, share, yes, a), OK);
    assert_int_equal(bootstrap_percentile(&p, 40, 2, share, yes, b), OK);
    assert_memory_equal(a, b, sizeof a);
}

static void memory_faults_leave_the_result_alone(void **state)
{
    (void)state;
    uint8_t yes[4] = { 1 };
    struct bootstrap_params p = { .replicates = 10, .seed = 1, .confidence = 0.95 };
    for (int k = 0; k < 3; k++) {
        struct interval in[2] = { { -1, -2 }, { -3, -4 } };
        mem_fail_at(k, false);
        assert_int_equal(bootstrap_percentile(&p, 4, 2, share, yes, in), ERR_MEMORY);
        mem_fail_at(-1, false);
        assert_true(in[0].low == -1 && in[1].high == -4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generator_is_xoshiro256ss),
        cmocka_unit_test(below_is_even),
        cmocka_unit_test(quantiles_are_type_7),
        cmocka_unit_test(share_is_binomial),
        cmocka_unit_test(law_school_has_published_error),
        cmocka_unit_test(undefined_replicates_do_not_count),
        cmocka_unit_test(same_seed_same_interval),
        cmocka_unit_test(memory_faults_leave_the_result_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
