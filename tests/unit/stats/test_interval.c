/* Wilson's interval against published values: R. G. Newcombe, "Two-sided confidence intervals for
 * the single proportion", Statistics in Medicine 17 (1998) 857–872, table I, method 3. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "stats/interval.h"

static void near(double got, double want, double by)
{
    if (!(fabs(got - want) <= by)) fail_msg("got %.10f, want %.10f", got, want);
}

static void z_has_textbook_values(void **state)
{
    (void)state;
    near(normal_two_sided_z(0.95), 1.959963984540054, 1e-13);
    near(normal_two_sided_z(0.99), 2.5758293035489004, 1e-13);
    near(normal_two_sided_z(0.5), 0.6744897501960817, 1e-13);
    near(normal_two_sided_z(1 - 2e-9), 5.997807015, 1e-6);
    near(normal_two_sided_z(1e-6), 1.2533141373e-6, 1e-15);
}

static void wilson_has_published_values(void **state)
{
    (void)state;
    static const struct {
        uint64_t k, n;
        double low, high;
    } table[] = {
        { 81, 263, 0.2553, 0.3662 },
        { 15, 148, 0.0624, 0.1605 },
        { 0, 20, 0.0000, 0.1611 },
        { 1, 29, 0.0061, 0.1718 },
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct interval in = wilson_interval(table[i].k, table[i].n, 0.95);
        near(in.low, table[i].low, 0.00005);
        near(in.high, table[i].high, 0.00005);
    }
}

static void wilson_is_symmetric_and_inside(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 60; n++) {
        for (uint64_t k = 0; k <= n; k++) {
            struct interval a = wilson_interval(k, n, 0.95), b = wilson_interval(n - k, n, 0.95);
            double p = (double)k / (double)n;
            assert_true(a.low >= 0 && a.low <= p && p <= a.high && a.high <= 1);
            near(a.low, 1 - b.high, 1e-12);
        }
    }
}

static void wilson_of_nothing_is_nothing(void **state)
{
    (void)state;
    struct interval in = wilson_interval(0, 0, 0.95);
    assert_true(isnan(in.low) && isnan(in.high));
    in = wilson_interval(UINT64_C(1) << 40, UINT64_C(1) << 40, 0.95);
    assert_true(in.high == 1 && in.low > 0.999999 && in.low < 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(z_has_textbook_values),
        cmocka_unit_test(wilson_has_published_values),
        cmocka_unit_test(wilson_is_symmetric_and_inside),
        cmocka_unit_test(wilson_of_nothing_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
