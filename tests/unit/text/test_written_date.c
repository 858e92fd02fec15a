/* Spelled dates: what is read, how far, and what another date looks like in the same spelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/date_words.h"
#include "text/written_date.h"

/* One row: the spelling, what it says, and 28 November 1999 (or its parts) written alike. */
static const struct {
    const char *text;
    int year, month, day; /* 0: not said */
    const char *other;
} spellings[] = {
    { "2021-03-05", 2021, 3, 5, "1999-11-28" },
    { "2021/03/05", 2021, 3, 5, "1999/11/28" },
    { "3/5/2021", 2021, 3, 5, "11/28/1999" },
    { "03/05/21", 2021, 3, 5, "11/28/99" },
    { "3-5-21", 2021, 3, 5, "11-28-99" },
    { "03.05.2021", 2021, 3, 5, "11.28.1999" },
    { "13/3/2021", 2021, 3, 13, "28/11/1999" },
    { "3 / 5 / 2021", 2021, 3, 5, "11 / 28 / 1999" },
    { "20210305", 2021, 3, 5, "19991128" },
    { "03052021", 2021, 3, 5, "11281999" },
    { "20210305142000-0500", 2021, 3, 5, "19991128142000-0500" },
    { "202103051420", 2021, 3, 5, "199911281420" },
    { "2021-03-05T14:20:00Z", 2021, 3, 5, "1999-11-28T14:20:00Z" },
    { "2021-03-05T14:20:00.123+01:00", 2021, 3, 5, "1999-11-28T14:20:00.123+01:00" },
    { "3/5/2021 2:20 PM", 2021, 3, 5, "11/28/1999 2:20 PM" },
    { "05MAR2021 14:20", 2021, 3, 5, "28NOV1999 14:20" },
    { "05-Mar-21", 2021, 3, 5, "28-Nov-99" },
    { "05/Mar/2021", 2021, 3, 5, "28/Nov/1999" },
    { "Mar-05-2021", 2021, 3, 5, "Nov-28-1999" },
    { "March 5th, 2021", 2021, 3, 5, "November 28th, 1999" },
    { "MARCH 5TH, 2021", 2021, 3, 5, "NOVEMBER 28TH, 1999" },
    { "march 5, 2021", 2021, 3, 5, "november 28, 1999" },
    { "Mar. 5 2021", 2021, 3, 5, "Nov. 28 1999" },
    { "Sept 5, 2021", 2021, 9, 5, "Nov 28, 1999" },
    { "15th of January 2022", 2022, 1, 15, "28th of November 1999" },
    { "5 March 2021", 2021, 3, 5, "28 November 1999" },
    { "5 de marzo de 2021", 2021, 3, 5, "28 de noviembre de 1999" },
    { "Jan 9th '23", 2023, 1, 9, "Nov 28th '99" },
    { "March 5", 0, 3, 5, "November 28" },
    { "the", 0, 0, 0, NULL },
    { "3/5", 0, 3, 5, "11/28" },
    { "Mar 2021", 2021, 3, 0, "Nov 1999" },
    { "Feb '21", 2021, 2, 0, "Nov '99" },
    { "October of 2005", 2005, 10, 0, "November of 1999" },
    { "03/2021", 2021, 3, 0, "11/1999" },
    { "2021-03", 2021, 3, 0, "1999-11" },
    { "9/98", 1998, 9, 0, "11/99" },
    { "December", 0, 12, 0, "November" },
    { "2021", 0, 0, 0, NULL },
    { "13/14/15", 0, 0, 0, NULL },
    { "02/30/2021", 0, 0, 0, NULL }, /* not in the calendar */
    { "08/23/207", 0, 0, 0, NULL },
    { "March 5st, 2021", 0, 0, 0, NULL }, /* could not be written again */
    { "3 5 2021", 2021, 3, 5, "11 28 1999" },
    { "Jan 9th 23", 2023, 1, 9, "Nov 28th 99" },
    { "030521", 2021, 3, 5, "112899" },
    { "3052021", 0, 0, 0, NULL }, /* cut in doubt */
    { "mArch 5, 2021", 0, 0, 0, NULL },
    { "March 5, 2021 and", 0, 0, 0, NULL },
    { "5/10/325", 0, 0, 0, NULL },
    { "", 0, 0, 0, NULL },
};

static void reads_and_writes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(spellings); i++) {
        struct written_date w;
        bool ok = written_date_parse(view_of_str(spellings[i].text), DATE_MONTH_FIRST, &w);
        if (ok != (spellings[i].other != NULL)) fail_msg("row %zu: read is %d", i, ok);
        if (!ok) continue;
        struct written_part p = w.part[0];
        assert_int_equal(p.has & WRITTEN_YEAR ? p.year : 0, spellings[i].year);
        assert_int_equal(p.has & WRITTEN_MONTH ? p.month : 0, spellings[i].month);
        assert_int_equal(p.has & WRITTEN_DAY ? p.day : 0, spellings[i].day);
        struct written_part to[2] = { p };
        to[0].year = 1999;
        to[0].month = 11;
        to[0].day = 28;
        struct buf out;
        bool done;
        buf_init(&out, 200);
        assert_int_equal(written_date_write(&w, to, &out, &done), OK);
        assert_true(done);
        if (!view_eq(buf_view(&out), view_of_str(spellings[i].other)))
            fail_msg("row %zu: %.*s", i, (int)out.n, out.p);
        buf_clear(&out);
    }
}

/* How many bytes of a text are a date. */
static const struct {
    const char *text;
    size_t len;
} prefixes[] = {
    { "March 5, 2021 at noon", 13 },
    { "March 5, 20 mg", 7 },
    { "March 5 20:15", 7 },
    { "3/5/2021 14:20", 8 },
    { "May 5 to 10 mg", 11 },
    { "2/28-3/1/2021.", 13 },
    { "3/5/2021-3/9/2021", 8 },
    { "March 3 and 5 tablets", 7 },
    { "March 3 and 5, 2021", 19 },
    { "Tuesday, March 5.", 16 },
    { "Monday", 0 },
    { "spring", 0 },
    { "spring of 2021 was", 14 },
    { "Q2 2021", 7 },
    { "Christmas 2020", 14 },
    { "Labor Day", 9 },
    { "Laborious", 0 },
    { "marching", 0 },
    { "2021", 0 },
    { "12/25-27/2020 trip", 13 },
    { "October 4, 2000: he", 15 },
    { "March 5\n\n2021", 7 },
    { "5 mayo", 6 },
    { "mayo clinic", 0 },
    { "Mar-21", 6 },
    { "20210305", 8 },
    { "20211305", 0 },
    { "12345678901234", 0 },
};

static void takes_the_date_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(prefixes); i++) {
        struct written_date w;
        size_t n = written_date_scan(view_of_str(prefixes[i].text), DATE_MONTH_FIRST, &w);
        if (n != prefixes[i].len) fail_msg("row %zu: %zu bytes", i, n);
    }
}

static void order_decides(void **state)
{
    (void)state;
    struct written_date w;
    assert_true(written_date_parse(VIEW("3/5/2021"), DATE_DAY_FIRST, &w));
    assert_int_equal(w.part[0].month, 5);
    assert_true(written_date_parse(VIEW("12/25/2021"), DATE_DAY_FIRST, &w));
    assert_int_equal(w.part[0].month, 12);
    static const struct {
        const char *text;
        int month_first[2], day_first[2]; /* month and day; 0: no date */
    } orders[] = {
        { "05032021", { 5, 3 }, { 3, 5 } },   { "31012021", { 0 }, { 1, 31 } },
        { "01312021", { 1, 31 }, { 1, 31 } }, { "20210305", { 3, 5 }, { 3, 5 } },
        { "050321", { 5, 3 }, { 3, 5 } },     { "310121", { 0 }, { 1, 31 } },
        { "3/5", { 3, 5 }, { 5, 3 } },        { "31/1", { 1, 31 }, { 1, 31 } },
        { "3.5.21", { 3, 5 }, { 5, 3 } },     { "2021-03-05", { 3, 5 }, { 3, 5 } },
        { "29022021", { 0 }, { 0 } },
    };
    for (size_t i = 0; i < COUNT_OF(orders); i++)
        for (int o = DATE_MONTH_FIRST; o <= DATE_DAY_FIRST; o++) {
            const int *want = o == DATE_DAY_FIRST ? orders[i].day_first : orders[i].month_first;
            bool ok = written_date_parse(view_of_str(orders[i].text), (enum date_order)o, &w);
            if (ok != (want[0] != 0)) fail_msg("%s in order %d: read is %d", orders[i].text, o, ok);
            if (!ok) continue;
            assert_int_equal(w.part[0].month, want[0]);
            assert_int_equal(w.part[0].day, want[1]);
        }
    /* a day or a year, a month or a day: nobody can tell */
    assert_true(written_date_parse(VIEW("12/08"), DATE_MONTH_FIRST, &w) && w.day_year);
    assert_true(written_date_parse(VIEW("12/08"), DATE_DAY_FIRST, &w) && w.day_year);
    assert_true(written_date_parse(VIEW("25/12"), DATE_DAY_FIRST, &w) && !w.day_year);
}

/* Every name can be found again, in every case, and no byte string breaks the search. */
static void names_are_found(void **state)
{
    (void)state;
    static const uint8_t forms[] = { DF_FULL, DF_SHORT, DF_LONGER, DF_SPANISH };
    for (int m = 1; m <= 12; m++)
        for (size_t f = 0; f < COUNT_OF(forms); f++) {
            const struct date_word *w = date_word_find(date_word_name(DW_MONTH, m, forms[f]));
            assert_non_null(w);
            assert_int_equal(w->kind, DW_MONTH);
            assert_int_equal(w->value, m);
        }
    for (int d = 0; d < 7; d++)
        for (size_t f = 0; f < COUNT_OF(forms); f++) {
            const struct date_word *w = date_word_find(date_word_name(DW_WEEKDAY, d, forms[f]));
            assert_non_null(w);
            assert_int_equal(w->value, d);
        }
    assert_non_null(date_word_find(VIEW("S\xC3\x81"
                                        "BADO")));
    assert_null(date_word_find(VIEW("")));
    assert_null(date_word_find(VIEW("septembers")));
    assert_null(date_word_find(VIEW("a")));
    /* the first and the last of the table */
    assert_non_null(date_word_find(VIEW("ABRIL")));
    assert_non_null(date_word_find(VIEW("Z")));
}

/* All words of the table are found by the search, so the table is sorted. */
static void table_is_sorted(void **state)
{
    (void)state;
    static const char *const all[] = {
        "am",
        "and",
        "apr",
        "at",
        "aug",
        "autumn",
        "christmas",
        "de",
        "dec",
        "del",
        "diwali",
        "easter",
        "fall",
        "feb",
        "fri",
        "h",
        "halloween",
        "hanukkah",
        "hours",
        "hrs",
        "in",
        "jan",
        "jul",
        "jun",
        "juneteenth",
        "kwanzaa",
        "mar",
        "may",
        "mon",
        "nd",
        "nov",
        "oct",
        "of",
        "passover",
        "pm",
        "q",
        "quarter",
        "ramadan",
        "rd",
        "sat",
        "sep",
        "sept",
        "spring",
        "st",
        "summer",
        "sun",
        "th",
        "thanksgiving",
        "the",
        "through",
        "thru",
        "thu",
        "thur",
        "thurs",
        "till",
        "to",
        "tue",
        "tues",
        "until",
        "utc",
        "wed",
        "weds",
        "winter",
        "xmas",
        "z",
        "miercoles",
        "mi\xC3\xA9rcoles",
        "sabado",
        "s\xC3\xA1"
        "bado",
    };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (!date_word_find(view_of_str(all[i]))) fail_msg("%s", all[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes), cmocka_unit_test(takes_the_date_alone),
        cmocka_unit_test(order_decides),    cmocka_unit_test(names_are_found),
        cmocka_unit_test(table_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
