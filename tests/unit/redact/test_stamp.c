/* redact: dates as machines write them, read and moved in their own spelling. */
#include "unit.h"

#include "redact/stamp.h"

static void stamps_are_read_and_moved(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int days;
        const char *moved; /* NULL: no stamp; "": can't be moved */
    } cases[] = {
        { "2021", 30, "2021" },
        { "2021-03", 30, "2021-04" },
        { "202103", -30, "202102" },
        { "2021-03-12", -12, "2021-02-28" },
        { "20210312", 20, "20210401" },
        { "2021-03-12T14:30:00+02:00", 1, "2021-03-13T14:30:00+02:00" },
        { "2021-03-12T14:30:00.123Z", 1, "2021-03-13T14:30:00.123Z" },
        { "2021-03-12 14:30", 1, "2021-03-13 14:30" },
        { "20210312143000", 1, "20210313143000" },
        { "202103121430", 1, "202103131430" },
        { "20210312143000.1234-0500", 1, "20210313143000.1234-0500" },
        { "20210312T143000Z", 1, "20210313T143000Z" },
        { "20210312+0200", 1, "20210313+0200" },
        { "2020-02-29", 365, "2021-02-28" },
        { "9999-12-31", 1, "" },
        { "0001-01-01", -1, "" },
        { "99991231", -1, "99991230" },
        { "0000", 0, NULL },
        { "2021-00", 0, NULL },
        { "2021-13", 0, NULL },
        { "2021-02-30", 0, NULL },
        { "2021-3-12", 0, NULL },
        { "12312021", 0, NULL },
        { "12345678", 0, NULL },
        { "2021031", 0, NULL },
        { "20210312143", 0, NULL },
        { "2021-03-12T", 0, NULL },
        { "2021-03-12T25:00", 0, NULL },
        { "2021-03-12T14:30:00 CET", 0, NULL },
        { "2021-03T14:30", 0, NULL },
        { "2021-03-12T14:30:00.Z", 0, NULL },
        { "20210312143000.123+02", 0, NULL },
        { "21-03-12", 0, NULL },
        { "", 0, NULL },
        { "2021-03-12T14:30:00.00000000000000000000000000000000000000000000000", 0, NULL },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct stamp s;
        bool is = stamp_read(view_of_str(cases[i].text), &s);
        if (is != (cases[i].moved != NULL)) fail_msg("\"%s\": stamp is %d", cases[i].text, is);
        if (!is) continue;
        bool moved = stamp_move(&s, cases[i].days);
        if (moved != (cases[i].moved[0] != '\0')) fail_msg("\"%s\": moved", cases[i].text);
        const char *expected = moved ? cases[i].moved : cases[i].text;
        if (!view_eq(stamp_view(&s), view_of_str(expected)))
            fail_msg("\"%s\" became \"%.*s\", should be \"%s\"", cases[i].text, (int)s.n, s.text,
                     expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(stamps_are_read_and_moved) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
