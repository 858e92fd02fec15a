#include "text/age_unit.h"

unsigned age_unit_in_year(view unit)
{
    enum { DAYS = 365, HOURS = DAYS * 24, MINUTES = HOURS * 60, SECONDS = MINUTES * 60 };
    static const struct {
        view word;
        bool goes_on; /* into a plural, or to the end of the word */
        unsigned in_year;
    } units[] = {
        { { "mo", 2 }, false, 12 },      { { "mos", 3 }, false, 12 },
        { { "month", 5 }, true, 12 },    { { "mth", 3 }, true, 12 },
        { { "mnth", 4 }, true, 12 },     { { "mes", 3 }, true, 12 },
        { { "w", 1 }, false, 52 },       { { "wk", 2 }, true, 52 },
        { { "week", 4 }, true, 52 },     { { "seman", 5 }, true, 52 },
        { { "d", 1 }, false, DAYS },     { { "day", 3 }, true, DAYS },
        { { "dia", 3 }, true, DAYS },    { { "h", 1 }, false, HOURS },
        { { "hr", 2 }, true, HOURS },    { { "hour", 4 }, true, HOURS },
        { { "min", 3 }, true, MINUTES }, { { "s", 1 }, false, SECONDS },
        { { "sec", 3 }, true, SECONDS },
    };
    size_t from = 0;
    while (from < unit.n && !ascii_is_alpha(unit.p[from]))
        from++;
    view word = age_unit_behind(unit, from);
    if (view_eq(word, VIEW("m"))) return 12;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (units[i].goes_on ? view_starts_nocase(word, units[i].word)
                             : view_eq_nocase(word, units[i].word))
            return units[i].in_year;
    return 1;
}

view age_unit_behind(view text, size_t from)
{
    while (from < text.n && (ascii_is_space(text.p[from]) || text.p[from] == '-'))
        from++;
    size_t to = from;
    while (to < text.n && ascii_is_alpha(text.p[to]))
        to++;
    return view_sub(text, from, to);
}

bool age_is_code(view code)
{
    /* LOINC: current, reported, estimated, calculated, at death, at diagnosis, at onset. SNOMED CT: current
     * chronological age, age at onset. */
    static const view codes[] = {
        { "30525-0", 7 },   { "21611-9", 7 },   { "21612-7", 7 },   { "29553-5", 7 },
        { "63900-5", 7 },   { "39016-1", 7 },   { "35659-2", 7 },   { "46251-5", 7 },
        { "397659008", 9 }, { "424144002", 9 }, { "445518008", 9 }, { "AGE", 3 },
    };
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        if (view_eq_nocase(code, codes[i])) return true;
    return false;
}

bool age_is_label(view label)
{
    view v = view_trim(label);
    if (view_starts_nocase(v, VIEW("age in ")) || view_starts_nocase(v, VIEW("age at ")))
        return true;
    if (v.n < 3 || !view_eq_nocase(view_sub(v, v.n - 3, v.n), VIEW("age"))) return false;
    return v.n == 3 || !ascii_is_alpha(v.p[v.n - 4]);
}
