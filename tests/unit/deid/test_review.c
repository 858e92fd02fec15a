/* Verdicts carried back to the whole: on a population of which everything is known, the estimate is right
 * on average and its interval holds as often as it says. */
#include "unit.h"

#include <math.h>

#include "deid/review.h"
#include "faults.h"
#include "stats/bootstrap.h"

static void near(double is, double should, double within)
{
    if (!(fabs(is - should) <= within)) fail_msg("is %.6g, should be %.6g", is, should);
}

struct world {
    struct review r;
    struct review_unit units[4096];
    struct review_verdict verdicts[8192];
    struct review_range miss;
};

static void reset(struct world *w, double records, double findings)
{
    w->r = (struct review){
        .units = w->units, .verdicts = w->verdicts, .records = records, .findings = findings
    };
    w->miss = (struct review_range){ 0, 3, 9 };
}

static void add(struct world *w, double chance, unsigned readers, unsigned seen_by)
{
    uint32_t u = w->r.n_units++;
    w->units[u] = (struct review_unit){ .chance = chance };
    for (unsigned k = 0; k < readers; k++) {
        bool sees = (seen_by >> k & 1) != 0;
        w->verdicts[w->r.n_verdicts++] = (struct review_verdict){
            .unit = u, .reader = k, .missed = sees ? &w->miss : NULL, .n_missed = sees
        };
        w->r.n_readers = MAX(w->r.n_readers, k + 1);
    }
}

static struct world world;

static void nothing_missed_is_a_bound(void **state)
{
    (void)state;
    struct review_result x;
    reset(&world, 100000, 500000);
    for (int i = 0; i < 299; i++)
        add(&world, 0.00299, 1, 0);
    assert_ok(review_estimate(&world.r, 0.95, 0.01, &x));
    near(x.notes, 0, 0);
    near(x.size, 299, 1e-6);
    assert_true(x.notes_upper <= 0.01 && x.notes_upper > 0.0099);
    near(x.more, 0, 0);
    assert_true(x.identifiers_in.high > 0 && x.identifiers_in.high < 0.01);
    assert_ok(review_estimate(&world.r, 0.95, 0.001, &x));
    near(x.more, 2995 - 299, 1);
    reset(&world, 10, 10);
    assert_ok(review_estimate(&world.r, 0.95, 0.01, &x));
    near(x.notes_in.high, 1, 0);
    near(x.more, 299, 0);
}

static void two_readers_are_compared(void **state)
{
    (void)state;
    struct review_result x;
    reset(&world, 1000, 5000);
    for (int i = 0; i < 100; i++) /* both 5, the first alone 5, the second alone 10 */
        add(&world, 0.1, 2, i < 5 ? 3 : i < 10 ? 1 : i < 20 ? 2 : 0);
    assert_ok(review_estimate(&world.r, 0.95, 0.01, &x));
    assert_int_equal(x.misses, 20);
    assert_int_equal(x.with_misses, 20);
    near(x.capture.total, 11.0 * 16 / 6 - 1, 1e-9);
    near(x.notes, 0.2 * x.capture.total / 20, 1e-9);
    assert_true(isinf(x.more));
    assert_true(x.notes_in.low < x.notes && x.notes < x.notes_in.high);
}

static void intervals_hold_as_often_as_they_say(void **state)
{
    (void)state;
    enum { WORLDS = 300, RECORDS = 3000 };
    struct stat_random rnd;
    unsigned notes_hold = 0, identifiers_hold = 0;
    double mean = 0;
    stat_random_seed(&rnd, 5);
    for (int k = 0; k < WORLDS; k++) {
        reset(&world, RECORDS, RECORDS * 4.0);
        for (int i = 0; i < RECORDS; i++) {
            bool leaks = i % 50 == 0; /* 2 in a hundred, more often among the doubtful */
            double p = i % 5 == 0 ? 0.2 : 0.03;
            if ((double)(stat_random_next(&rnd) >> 11) * 0x1p-53 < p) add(&world, p, 1, leaks);
        }
        struct review_result x;
        assert_ok(review_estimate(&world.r, 0.9, 0.01, &x));
        mean += x.notes / WORLDS;
        notes_hold += x.notes_in.low <= 0.02 && 0.02 <= x.notes_in.high;
        double truth = 60.0 / (60 + RECORDS * 4);
        identifiers_hold += x.identifiers_in.low <= truth && truth <= x.identifiers_in.high;
    }
    near(mean, 0.02, 0.002);
    if (notes_hold < WORLDS * 0.88) fail_msg("records: %u of %d", notes_hold, WORLDS);
    if (identifiers_hold < WORLDS * 0.88)
        fail_msg("identifiers: %u of %d", identifiers_hold, WORLDS);
}

static void chances_follow_doubt(void **state)
{
    (void)state;
    struct review_plan p = { .random_size = 100, .uncertain_size = 100 };
    p.whole.records = 1000;
    p.whole.bytes_in = 1000000;
    p.whole.by_score[4] = 500;
    struct deid_counts sure = { .records = 1, .bytes_in = 1000 }, doubtful = sure;
    sure.by_score[7] = 5;
    doubtful.by_score[1] = 5;
    assert_true(review_chance(&p, &sure) >= 0.1);
    assert_true(review_chance(&p, &doubtful) > 2 * review_chance(&p, &sure));
    p.random_size = 5000;
    near(review_chance(&p, &sure), 1, 0);
}

static err fault_run_all(void *ctx)
{
    (void)ctx;
    struct review_result x;
    reset(&world, 100, 100);
    for (int i = 0; i < 10; i++)
        add(&world, 0.1, 1, i == 0);
    return review_estimate(&world.r, 0.95, 0.01, &x);
}

static void memory_may_be_short(void **state)
{
    (void)state;
    faults_in_turn(fault_run_all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_missed_is_a_bound),
        cmocka_unit_test(two_readers_are_compared),
        cmocka_unit_test(intervals_hold_as_often_as_they_say),
        cmocka_unit_test(chances_follow_doubt),
        cmocka_unit_test(memory_may_be_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
