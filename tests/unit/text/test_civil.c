/* The calendar: days and dates, there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/civil.h"

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(civil_days(1970, 1, 1), 0);
    assert_int_equal(civil_days(1970, 1, 2), 1);
    assert_int_equal(civil_days(1969, 12, 31), -1);
    assert_int_equal(civil_days(2000, 3, 1), 11017);
    assert_int_equal(civil_days(2021, 3, 5), 18691);
    assert_int_equal(civil_weekday(civil_days(2021, 3, 5)), 5); /* a Friday */
    assert_int_equal(civil_weekday(civil_days(1900, 1, 1)), 1); /* a Monday */
    assert_int_equal(civil_weekday(civil_days(1, 1, 1)), 1);    /* proleptic: a Monday */
}

static void every_day_returns(void **state)
{
    (void)state;
    int y, m, d, weekday = civil_weekday(civil_days(1, 1, 1));
    int32_t last = civil_days(9999, 12, 31);
    int before = 0;
    for (int32_t n = civil_days(1, 1, 1); n <= last; n++) {
        civil_from_days(n, &y, &m, &d);
        if (!civil_is_date(y, m, d) || civil_days(y, m, d) != n || civil_weekday(n) != weekday)
            fail_msg("day %d", (int)n);
        int order = (y * 12 + m) * 31 + d;
        assert_true(order > before);
        before = order;
        weekday = (weekday + 1) % 7;
    }
}

static void leap_years(void **state)
{
    (void)state;
    assert_int_equal(civil_month_days(2000, 2), 29);
    assert_int_equal(civil_month_days(1900, 2), 28);
    assert_int_equal(civil_month_days(2024, 2), 29);
    assert_int_equal(civil_month_days(2023, 2), 28);
    assert_int_equal(civil_month_days(2023, 13), 0);
    assert_int_equal(civil_month_days(2023, 0), 0);
    assert_false(civil_is_date(2023, 2, 29));
    assert_false(civil_is_date(0, 1, 1));
    assert_false(civil_is_date(10000, 1, 1));
    assert_false(civil_is_date(2023, 4, 31));
    assert_false(civil_is_date(2023, 4, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(every_day_returns),
        cmocka_unit_test(leap_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
