/* Bounds, capture-recapture and weights against published and independently computed values. */
#include "unit.h"

#include <math.h>

#include "stats/binomial.h"
#include "stats/bootstrap.h"
#include "stats/capture.h"
#include "stats/weighted.h"

static void near(double is, double should, double within)
{
    if (!(fabs(is - should) <= within)) fail_msg("is %.9g, should be %.9g", is, should);
}

static void beta_has_its_known_values(void **state)
{
    (void)state;
    near(beta_regularized(1, 1, 0.3), 0.3, 1e-14);
    near(beta_regularized(2, 3, 0.4), 0.5248, 1e-12);  /* 12 (x^2/2 - 2x^3/3 + x^4/4) */
    near(beta_regularized(0.5, 0.5, 0.5), 0.5, 1e-12); /* arcsine */
    near(beta_regularized(50, 50, 0.5), 0.5, 1e-10);   /* symmetric */
    near(beta_regularized(1, 1000, 0.001), 1 - pow(0.999, 1000), 1e-12);
    assert_true(beta_regularized(3, 4, 0) == 0 && beta_regularized(3, 4, 1) == 1);
}

static void clopper_pearson_is_r_binom_test(void **state)
{
    (void)state;
    static const struct {
        double x, n, low, high;
    } known[] = {
        /* R: binom.test(x, n)$conf.int */
        { 0, 100, 0, 0.03621669 },        { 5, 100, 0.01643188, 0.1128349 },
        { 10, 20, 0.2719578, 0.7280422 }, { 1, 10, 0.002528579, 0.4450161 },
        { 10, 10, 0.6915029, 1 },
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct interval in = clopper_pearson(known[i].x, known[i].n, 0.95);
        near(in.low, known[i].low, 5e-7);
        near(in.high, known[i].high, 5e-7);
    }
    near(clopper_pearson(0, 0, 0.95).high, 1, 0);
}

static void nothing_found_is_the_rule_of_three(void **state)
{
    (void)state;
    near(binomial_upper(0, 100, 0.95), 1 - pow(0.05, 0.01), 1e-12);
    near(binomial_upper(0, 3000, 0.95), 3.0 / 3000, 2e-6);
    near(binomial_needed(0, 0.01, 0.95), 299, 0); /* ln 0.05 / ln 0.99 = 298.07 */
    near(binomial_needed(0, 0.001, 0.95), 2995, 0);
    near(binomial_needed(1, 0.01, 0.95), 473, 0); /* sampling tables of auditing */
    near(binomial_needed(2, 0.05, 0.95), 124, 0);
    assert_true(binomial_upper(1, 473, 0.95) <= 0.01 && binomial_upper(1, 472, 0.95) > 0.01);
}

static void two_readers_tell_what_neither_saw(void **state)
{
    (void)state;
    /* Ten turtles marked, fifteen caught later, five of them marked. */
    struct capture c = capture_chapman(10, 15, 5, 0.95);
    near(c.total, 11.0 * 16 / 6 - 1, 1e-12);
    near(c.variance, 11.0 * 16 * 5 * 10 / (36 * 7), 1e-12);
    assert_int_equal((int)c.seen, 20);
    assert_true(c.in.low >= 20 && c.in.low < c.total && c.in.high > c.total);
    c = capture_chapman(7, 7, 7, 0.95); /* both saw the same */
    near(c.total, 7, 1e-12);
    near(c.in.high, 7, 1e-12);
    c = capture_chapman(0, 0, 0, 0.95);
    near(c.total, 0, 1e-12);
    c = capture_chapman(3, 2, 0, 0.95); /* nothing in common: much may be hidden */
    near(c.total, 11, 1e-12);
    assert_true(c.in.high > 20);
}

/* A whole of which everything is known, drawn from again and again with unequal chances. */
static void weights_lead_back_to_the_whole(void **state)
{
    (void)state;
    enum { N = 1000, DRAWS = 2000 };
    struct stat_random r;
    double total = 0, mean_of_means = 0, of_sizes = 0;
    stat_random_seed(&r, 11);
    for (int i = 0; i < N; i++)
        total += i % 10 == 0;
    for (int k = 0; k < DRAWS; k++) {
        struct weighted s = { 0 };
        for (int i = 0; i < N; i++) {
            double p = i % 10 == 0 ? 0.3 : 0.05; /* what is looked for is drawn more often */
            if ((double)(stat_random_next(&r) >> 11) * 0x1p-53 < p)
                weighted_add(&s, p, i % 10 == 0);
        }
        mean_of_means += s.sum_wy / DRAWS;
        of_sizes += s.sum_w / DRAWS;
        assert_true(weighted_size(&s) <= s.n + 1e-9);
    }
    near(mean_of_means, total, 2);
    near(of_sizes, N, 10);
    struct weighted even = { 0 };
    for (int i = 0; i < 50; i++)
        weighted_add(&even, 0.1, i < 5);
    near(weighted_size(&even), 50, 1e-9);
    near(weighted_mean(&even), 0.1, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beta_has_its_known_values),
        cmocka_unit_test(clopper_pearson_is_r_binom_test),
        cmocka_unit_test(nothing_found_is_the_rule_of_three),
        cmocka_unit_test(two_readers_tell_what_neither_saw),
        cmocka_unit_test(weights_lead_back_to_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
