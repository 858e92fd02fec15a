/* The area under the curve, by hand and against counting all pairs. */
#include <math.h>

#include "stats/bootstrap.h"
#include "stats/delong.h"
#include "unit.h"

#include "faults.h"

static void near(double got, double want, double by)
{
    if (!(fabs(got - want) <= by)) fail_msg("is %.9f, should be %.9f", got, want);
}

/* Positives 3, 4; negatives 1, 3. Placements of the positives .75 and 1, of the negatives 1 and .75. */
static void by_hand(void **state)
{
    static const double score[4] = { 3, 4, 1, 3 };
    static const bool positive[4] = { true, true, false, false };
    struct auc a;
    (void)state;
    assert_ok(auc_delong(score, positive, 4, 0.95, &a));
    near(a.area, 0.875, 1e-12);
    near(a.variance, 0.03125, 1e-12);
    near(a.in.low, 0.875 - 1.959964 * sqrt(0.03125), 1e-6);
    near(a.in.high, 1, 1e-12);
}

static void as_all_pairs(void **state)
{
    enum { N = 60 };
    double score[N], m = 0, n = 0, area = 0;
    bool positive[N];
    struct stat_random r;
    struct auc a;
    (void)state;
    stat_random_seed(&r, 7);
    for (int i = 0; i < N; i++) {
        positive[i] = stat_random_below(&r, 3) == 0;
        score[i] = stat_random_below(&r, 8) + positive[i];
    }
    for (int i = 0; i < N; i++) {
        m += positive[i];
        n += !positive[i];
        for (int k = 0; k < N; k++)
            if (positive[i] && !positive[k])
                area += score[i] > score[k] ? 1 : score[i] < score[k] ? 0 : 0.5;
    }
    assert_ok(auc_delong(score, positive, N, 0.95, &a));
    near(a.area, area / (m * n), 1e-12);
    assert_true(a.in.low < a.area && a.area < a.in.high);
}

static void one_class_alone(void **state)
{
    static const double score[3] = { 1, 2, 3 };
    static const bool none[3] = { false, false, false }, one[3] = { false, false, true };
    struct auc a;
    (void)state;
    assert_ok(auc_delong(score, none, 3, 0.95, &a));
    assert_true(isnan(a.area) && isnan(a.in.low));
    assert_ok(auc_delong(score, one, 3, 0.95, &a));
    near(a.area, 1, 0);
    assert_true(isnan(a.variance) && isnan(a.in.low));
}

static err run(void *ctx)
{
    static const double score[4] = { 3, 4, 1, 3 };
    static const bool positive[4] = { true, true, false, false };
    struct auc a;
    (void)ctx;
    return auc_delong(score, positive, 4, 0.95, &a);
}

static void memory_runs_out(void **state)
{
    (void)state;
    faults_in_turn(run, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(as_all_pairs),
        cmocka_unit_test(one_class_alone),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
