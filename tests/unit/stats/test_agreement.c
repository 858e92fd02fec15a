/* Kappas against the examples of the papers that define them. */
#include <math.h>

#include "stats/agreement.h"
#include "unit.h"

static void near(double got, double want, double by)
{
    if (!(fabs(got - want) <= by)) fail_msg("is %.6f, should be %.6f", got, want);
}

/* Cohen 1960: 200 patients, two clinicians, three diagnoses. */
static void cohens_own_example(void **state)
{
    static const uint32_t table[9] = { 88, 14, 18, 10, 40, 10, 2, 6, 12 };
    (void)state;
    near(raw_agreement(table, 3), 0.70, 1e-12);
    near(cohen_kappa(table, 3), 0.29 / 0.59, 1e-12);
}

static void same_agreement_other_kappa(void **state)
{
    static const uint32_t a[4] = { 45, 15, 25, 15 }, b[4] = { 25, 35, 5, 35 };
    (void)state;
    near(cohen_kappa(a, 2), 0.1304, 5e-5);
    near(cohen_kappa(b, 2), 0.2593, 5e-5);
}

static void nothing_to_agree_on(void **state)
{
    static const uint32_t none[4] = { 0 }, one_class[4] = { 9, 0, 0, 0 };
    (void)state;
    assert_true(isnan(cohen_kappa(none, 2)));
    assert_true(isnan(cohen_kappa(one_class, 2)));
    near(raw_agreement(one_class, 2), 1, 0);
}

/* The worked example of Fleiss' kappa: 10 items, 14 readers, 5 classes. */
static const uint32_t fleiss[50] = { 0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3,
                                     9, 2, 0, 2, 2,  8, 1, 1, 7, 7, 0, 0, 0, 3, 2, 6, 3,
                                     0, 2, 5, 3, 2,  2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7 };

static void fleiss_example(void **state)
{
    (void)state;
    near(fleiss_kappa(fleiss, NULL, 10, 5, 14), 0.210, 5e-4);
}

static void drawn_items_count_as_often_as_drawn(void **state)
{
    static const uint32_t all[10] = { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 }, first[2] = { 0, 0 };
    (void)state;
    near(fleiss_kappa(fleiss, all, 10, 5, 14), fleiss_kappa(fleiss, NULL, 10, 5, 14), 1e-12);
    assert_true(isnan(fleiss_kappa(fleiss, first, 2, 5, 14)));
}

/* With two readers Fleiss' kappa is Scott's pi: 4 items, (a,a) (a,b) (b,b) (b,b). */
static void two_readers(void **state)
{
    static const uint32_t counts[8] = { 2, 0, 1, 1, 0, 2, 0, 2 };
    (void)state;
    double chance = 3.0 / 8 * 3 / 8 + 5.0 / 8 * 5 / 8;
    near(fleiss_kappa(counts, NULL, 4, 2, 2), (0.75 - chance) / (1 - chance), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cohens_own_example),
        cmocka_unit_test(same_agreement_other_kappa),
        cmocka_unit_test(nothing_to_agree_on),
        cmocka_unit_test(fleiss_example),
        cmocka_unit_test(drawn_items_count_as_often_as_drawn),
        cmocka_unit_test(two_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
