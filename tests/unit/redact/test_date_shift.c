/* Moving dates: there and back is the original, intervals stay, and what is unsafe is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "redact/date_shift.h"
#include "text/written_date.h"

static bool shift(const char *text, int days, struct buf *out)
{
    bool done;
    buf_reset(out);
    assert_int_equal(date_shift(view_of_str(text), DATE_MONTH_FIRST, false, days, out, &done), OK);
    if (!done) assert_int_equal(out->n, 0);
    return done;
}

static const struct {
    const char *text;
    int days;
    const char *moved; /* NULL: refused */
} moves[] = {
    { "2021-03-05", 30, "2021-04-04" },
    { "12/31/1999", 1, "01/01/2000" }, /* padded, where nothing tells */
    { "9/30/1999", 1, "10/1/1999" },
    { "12/31/99", 1, "01/01/00" },
    { "02/28/2020", 1, "02/29/2020" },
    { "02/28/2021", 1, "03/01/2021" },
    { "March 31st, 2021", 1, "April 1st, 2021" },
    { "March 1st, 2021", 10, "March 11th, 2021" },
    { "31DEC2020", 1, "01JAN2021" },
    { "20201231235959", 1, "20210101235959" },
    { "Mon 3/5/2018", 1, "Tue 3/6/2018" },
    { "Friday, March 5, 2021", -6, "Saturday, February 27, 2021" },
    { "2/9", 1, "2/10" },
    { "2/28 14:20", 1, "3/1 14:20" },
    { "2/28", 1, NULL }, /* or February 2028 */
    { "December 31", 1, "January 1" },
    { "Mon 3/15", 7, "Mon 3/22" },
    { "March 2021", 20, "April 2021" },
    { "March 2021", 10, "March 2021" },
    { "Q4 2021", 100, "Q1 2022" },
    { "spring of 2021", 92, "summer of 2021" },
    { "2/28-3/1", 10, "3/10-3/11" },
    { "March 3-5, 2021", 20, "March 23-25, 2021" },
    { "5 de enero de 2021", -5, "31 de diciembre de 2020" },
    { "2/29", 1, NULL },              /* which year? */
    { "March 30-31, 2021", 1, NULL }, /* "March 31-1" */
    { "Dec 30-31, 2020", 2, "Jan 1-2, 2021" },
    { "12/08", 20, NULL }, /* a day, or 2008? */
    { "Christmas 2020", 20, NULL },
    { "Monday the 5th", 1, NULL },
    { "02/30/2021", 1, NULL },
    { "9999-12-31", 1, NULL },
    { "030521", 1, "030621" },
    { "1112021", 1, NULL }, /* January 11 or November 1 */
    { "1921", 1, NULL },
    { "yesterday", 1, NULL },
    { "", 1, NULL },
};

static void moves_as_told(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 200);
    for (size_t i = 0; i < COUNT_OF(moves); i++) {
        bool done = shift(moves[i].text, moves[i].days, &out);
        if (done != (moves[i].moved != NULL)) fail_msg("row %zu: done is %d", i, done);
        if (done && !view_eq(buf_view(&out), view_of_str(moves[i].moved)))
            fail_msg("row %zu: %.*s", i, (int)out.n, out.p);
    }
    buf_clear(&out);
}

/* Spellings that show their padding and cannot be read in two ways, so that they survive any move.
 * (June for May, Sept for Sep, and 12/25 for 3/5 do not tell how they were written before.) */
static const char *const round_trips[] = {
    "2021-03-05",
    "2021/03/05",
    "03/05/2021",
    "03/05/21",
    "03-05-2021",
    "20210305",
    "20210305142000-0500",
    "2021-03-05T14:20:00Z",
    "05MAR2021",
    "05-Mar-2021",
    "March 5th, 2021",
    "5th of March 2021",
    "March 5, 2021",
    "Friday, March 5, 2021",
    "MARCH 5, 2021",
    "march 5, 2021",
    "5 de marzo de 2021",
    "05MAR2021 14:20",
    "March 5",
    "March 5th '21",
};

/* "May" is short and full: what comes back from it was once either. */
static bool went_through_may(view v)
{
    for (size_t i = 0; i + 3 <= v.n; i++)
        if (view_eq_nocase(view_sub(v, i, i + 3), VIEW("may"))) return true;
    return false;
}

/* "2/28" alone may be February 2028. */
static void a_day_that_is_told(void **state)
{
    (void)state;
    struct buf out;
    bool done;
    buf_init(&out, 200);
    assert_int_equal(date_shift(VIEW("2/28"), DATE_MONTH_FIRST, true, 1, &out, &done), OK);
    assert_true(done && view_eq(buf_view(&out), VIEW("3/1")));
    buf_clear(&out);
}

static void there_and_back(void **state)
{
    (void)state;
    struct buf out, back;
    buf_init(&out, 200);
    buf_init(&back, 200);
    for (size_t i = 0; i < COUNT_OF(round_trips); i++)
        for (int days = -1100; days <= 1100; days++) {
            bool done;
            assert_true(shift(round_trips[i], days, &out));
            if (went_through_may(buf_view(&out))) continue;
            buf_reset(&back);
            assert_int_equal(
                date_shift(buf_view(&out), DATE_MONTH_FIRST, false, -days, &back, &done), OK);
            if (!done || !view_eq(buf_view(&back), view_of_str(round_trips[i])))
                fail_msg("row %zu by %d: %.*s, back %.*s", i, days, (int)out.n, out.p, (int)back.n,
                         back.p);
        }
    buf_clear(&out);
    buf_clear(&back);
}

static void keeps_intervals(void **state)
{
    (void)state;
    static const char *const visits[] = { "2019-12-30", "2020-02-28", "2020-03-01", "2021-07-04" };
    struct buf a, b;
    buf_init(&a, 100);
    buf_init(&b, 100);
    for (int days = -364; days <= 364; days++)
        for (size_t i = 1; i < COUNT_OF(visits); i++) {
            struct written_date was[2], is[2];
            assert_true(shift(visits[i - 1], days, &a));
            assert_true(shift(visits[i], days, &b));
            const view texts[4] = { view_of_str(visits[i - 1]), view_of_str(visits[i]),
                                    buf_view(&a), buf_view(&b) };
            struct written_date *w[4] = { &was[0], &was[1], &is[0], &is[1] };
            int32_t day[4];
            for (int k = 0; k < 4; k++) {
                assert_true(written_date_parse(texts[k], DATE_MONTH_FIRST, w[k]));
                day[k] = civil_days(w[k]->part[0].year, w[k]->part[0].month, w[k]->part[0].day);
            }
            assert_int_equal(day[1] - day[0], day[3] - day[2]);
            assert_int_equal(day[2] - day[0], days);
        }
    buf_clear(&a);
    buf_clear(&b);
}

static const struct {
    const char *text, *year; /* NULL: none */
} years[] = {
    { "March 5th, 2021", "2021" },
    { "3/5/2021", "2021" },
    { "05MAR21", "2021" },
    { "1112021", "2021" },
    { "Feb '21", "2021" },
    { "3/5/30", "1930" },
    { "3/5/29", "2029" },
    { "20210305142000", "2021" },
    { "Q2 2021", "2021" },
    { "Christmas 2020", "2020" },
    { "02/30/2021", "2021" },
    { "3/5/2021 14:20", "2021" },
    { "March 3-5, 2021", "2021" },
    { "12/28/2020-1/2/2021", "2020-2021" },
    { "March 5", NULL },
    { "3/5", NULL },
    { "08/23/207", NULL },
    { "1921", NULL },
    { "Thanksgiving", NULL },
    { "last week", NULL },
    { "", NULL },
};

static void leaves_the_year(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 100);
    for (size_t i = 0; i < COUNT_OF(years); i++) {
        bool done;
        buf_reset(&out);
        assert_int_equal(date_year(view_of_str(years[i].text), &out, &done), OK);
        if (done != (years[i].year != NULL)) fail_msg("row %zu: done is %d", i, done);
        if (done && !view_eq(buf_view(&out), view_of_str(years[i].year)))
            fail_msg("row %zu: %.*s", i, (int)out.n, out.p);
        if (!done) assert_int_equal(out.n, 0);
    }
    buf_clear(&out);
}

/* A full buffer is an error, and nothing of the date is left in it. */
static void refuses_to_overflow(void **state)
{
    (void)state;
    bool done;
    struct buf out;
    buf_init(&out, 6);
    assert_int_equal(date_shift(VIEW("March 5, 2021"), DATE_MONTH_FIRST, false, 1, &out, &done),
                     ERR_LIMIT);
    assert_false(done);
    assert_int_equal(out.n, 0);
    buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_as_told),   cmocka_unit_test(a_day_that_is_told),
        cmocka_unit_test(there_and_back),  cmocka_unit_test(keeps_intervals),
        cmocka_unit_test(leaves_the_year), cmocka_unit_test(refuses_to_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
