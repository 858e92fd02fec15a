/* Gaps between groups: where all are alike the observed gap is what chance gives; where one is worse it is
 * not. Chance itself is known for two groups: the spread of a difference of means of dealt halves. */
#include "unit.h"

#include <math.h>

#include "stats/gap.h"

#include "faults.h"

static void near(double got, double want, double by)
{
    if (!(fabs(got - want) <= by)) fail_msg("got %.6f, want %.6f", got, want);
}

enum { N = 4000 };
static struct gap_item items[N];

/* `groups` groups in turn; each item succeeds `of` of `tries` on average, group 0 less. */
static void fill(uint16_t groups, uint16_t tries, uint32_t percent, uint32_t percent_of_first)
{
    struct stat_random r;
    stat_random_seed(&r, 42);
    for (uint32_t i = 0; i < N; i++) {
        items[i] = (struct gap_item){ .group = (uint16_t)(i % groups), .tries = tries };
        for (uint16_t k = 0; k < tries; k++)
            items[i].hits += stat_random_below(&r, 100) < (i % groups ? percent : percent_of_first);
    }
}

static void equal_groups_have_a_gap_by_chance_alone(void **state)
{
    (void)state;
    struct gap_params p = gap_default_params();
    struct gap g;
    fill(16, 4, 90, 90);
    assert_ok(gap_measure(&p, items, N, 16, &g));
    assert_true(g.gap > 0 && g.usual > 0 && g.limit > g.usual);
    assert_true(g.p > 0.05);
    near(g.beyond, 0, 1e-12);
}

static void a_worse_group_is_told_from_chance(void **state)
{
    (void)state;
    struct gap_params p = gap_default_params();
    struct gap g;
    fill(8, 4, 90, 70);
    assert_ok(gap_measure(&p, items, N, 8, &g));
    assert_int_equal(g.low, 0);
    near(g.gap, 0.2, 0.04);
    near(g.beyond, g.gap - g.limit, 1e-12);
    assert_true(g.beyond > 0.1);
    near(g.p, 1.0 / 1001, 1e-9);
}

/* Two groups of n/2 items with one try: the difference of dealt means is about normal with variance
 * 4 s²/n (s² of the finite population), so the 95 % quantile of its size is 1.96 of that. */
static void chance_is_what_theory_says(void **state)
{
    (void)state;
    struct gap_params p = gap_default_params();
    struct gap g;
    double hits = 0;
    p.deals = 20000;
    fill(2, 1, 80, 80);
    for (uint32_t i = 0; i < N; i++)
        hits += items[i].hits;
    assert_ok(gap_measure(&p, items, N, 2, &g));
    double share = hits / N, s2 = share * (1 - share) * N / (N - 1), se = sqrt(4 * s2 / N);
    near(g.limit, 1.95996 * se, 0.03 * se * 1.96);
    near(g.usual, 0.67449 * se, 0.06 * se);
}

/* A group that only has more of the hard stratum is not worse. */
static void strata_are_compared_with_their_like(void **state)
{
    (void)state;
    struct gap_params p = gap_default_params();
    struct gap g;
    for (uint32_t i = 0; i < N; i++) {
        bool hard =
            i % 2 ? i % 10 == 1 : i % 10 != 0; /* group 1: a fifth is hard; group 0: four fifths */
        items[i] =
            (struct gap_item){ (uint16_t)(i % 2), hard, 1, (uint16_t)(hard ? i % 4 < 2 : 1) };
    }
    assert_ok(gap_measure(&p, items, N, 2, &g));
    assert_true(g.gap > 0.2);
    near(g.beyond, 0, 0.03);
    for (uint32_t i = 0; i < N; i++)
        items[i].stratum = 0;
    assert_ok(gap_measure(&p, items, N, 2, &g));
    assert_true(g.beyond > 0.2);
}

static void deals_follow_from_the_seed(void **state)
{
    (void)state;
    struct gap_params p = gap_default_params();
    struct gap a, b;
    fill(4, 3, 85, 85);
    assert_ok(gap_measure(&p, items, N, 4, &a));
    assert_ok(gap_measure(&p, items, N, 4, &b));
    assert_memory_equal(&a, &b, sizeof a);
    p.seed = 2;
    assert_ok(gap_measure(&p, items, N, 4, &b));
    assert_true(a.limit != b.limit);
    near(a.gap, b.gap, 0);
}

static void one_group_has_no_gap(void **state)
{
    (void)state;
    struct gap_params p = gap_default_params();
    struct gap g;
    fill(1, 1, 50, 50);
    assert_ok(gap_measure(&p, items, N, 3, &g)); /* groups without items do not count */
    assert_true(isnan(g.gap) && isnan(g.limit) && isnan(g.beyond));
    assert_ok(gap_measure(&p, items, 0, 2, &g));
    assert_true(isnan(g.gap));
}

/* When every item fails or succeeds as a whole, its tries count as one; when they are independent, all do. */
static void clusters_count_for_what_they_tell(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < N; i++)
        items[i] = (struct gap_item){ 0, 0, 5, i % 10 ? 5 : 0 };
    struct interval in = wilson_clustered(items, N, UINT32_MAX, 0.95),
                    one = wilson_interval(N * 9 / 10, N, 0.95);
    near(in.low, one.low, 0.0002);
    near(in.high, one.high, 0.0002);
    fill(1, 5, 90, 90);
    uint64_t hits = 0;
    for (uint32_t i = 0; i < N; i++)
        hits += items[i].hits;
    in = wilson_clustered(items, N, 0, 0.95);
    one = wilson_interval(hits, (uint64_t)N * 5, 0.95);
    near(in.low, one.low, 0.0008);
    near(in.high, one.high, 0.0008);
    assert_true(isnan(wilson_clustered(items, N, 7, 0.95).low));
    for (uint32_t i = 0; i < N; i++)
        items[i].hits = items[i].tries; /* all found: as sure as N names, not as 5 N */
    in = wilson_clustered(items, N, 0, 0.95);
    near(in.low, wilson_interval(N, N, 0.95).low, 1e-9);
}

static err measure_small(void *ctx)
{
    struct gap_params p = { .deals = 3, .seed = 1, .confidence = 0.95 };
    struct gap g;
    (void)ctx;
    err e = gap_measure(&p, items, 40, 4, &g);
    if (!e) assert_true(g.gap >= 0);
    return e;
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    fill(4, 2, 80, 80);
    faults_in_turn(measure_small, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_groups_have_a_gap_by_chance_alone),
        cmocka_unit_test(a_worse_group_is_told_from_chance),
        cmocka_unit_test(chance_is_what_theory_says),
        cmocka_unit_test(strata_are_compared_with_their_like),
        cmocka_unit_test(deals_follow_from_the_seed),
        cmocka_unit_test(one_group_has_no_gap),
        cmocka_unit_test(clusters_count_for_what_they_tell),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
