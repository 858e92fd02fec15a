/* See values.h. */
#include "values.h"

#include <stdarg.h>

#include "speak.h"

enum day { DAY_RECENT, DAY_TODAY, DAY_FUTURE, DAY_PAST, DAYS };
static const char *const day_names[DAYS] = { "date", "today", "future", "past" };

#define STYLE_MAP(X)                                                                               \
    X(own) X(num) X(short) X(long) X(md) X(my) X(iso) X(dmy) X(mil) X(abbr) X(dash) X(any)
enum style {
#define X(name) STYLE_##name,
    STYLE_MAP(X)
#undef X
        STYLES
};
static const char *const style_names[] = {
#define X(name) #name,
    STYLE_MAP(X)
#undef X
};

#define VALUE_MAP(X)                                                                               \
    X(digits, 1)                                                                                   \
    X(letters, 1)                                                                                  \
    X(alnum, 1)                                                                                    \
    X(hex, 1)                                                                                      \
    X(num, 2)                                                                                      \
    X(tenth, 2)                                                                                    \
    X(hundredth, 2)                                                                                \
    X(year, 0)                                                                                     \
    X(weekday, 0)                                                                                  \
    X(time, 0)                                                                                     \
    X(month, 0)                                                                                    \
    X(npi, 0)                                                                                      \
    X(dea, 0)                                                                                      \
    X(vin, 0)                                                                                      \
    X(luhn, 1)                                                                                     \
    X(mbi, 0)                                                                                      \
    X(age, 0)                                                                                      \
    X(ninety, 0)
enum value {
#define X(name, n) VALUE_##name,
    VALUE_MAP(X)
#undef X
        VALUE_LEX,
    VALUE_DATE = VALUE_LEX + WORDS_KINDS /* + day * STYLES + style */
};
static const struct {
    const char *name;
    uint32_t n_args;
} value_rows[] = {
#define X(name, n) { #name, n },
    VALUE_MAP(X)
#undef X
};

bool values_find(view name, uint32_t n_args, int *what)
{
    static const char *const lex[WORDS_KINDS] = { "lex.f", "lex.m", "lex.s", "lex.town" };
    size_t dot = view_find_byte(name, 0, '.');
    view head = view_sub(name, 0, dot), tail = view_sub(name, dot + 1, name.n);
    for (size_t i = 0; i < COUNT_OF(value_rows); i++)
        if (view_eq(name, view_of_str(value_rows[i].name)) && n_args == value_rows[i].n_args) {
            *what = (int)i;
            return true;
        }
    for (int i = 0; i < WORDS_KINDS; i++)
        if (view_eq(name, view_of_str(lex[i])) && !n_args) {
            *what = VALUE_LEX + i;
            return true;
        }
    for (int d = 0; d < DAYS; d++)
        for (int k = 0; k < STYLES; k++)
            if (view_eq(head, view_of_str(day_names[d])) && n_args <= 1 &&
                view_eq(tail, tail.n ? view_of_str(style_names[k]) : VIEW(""))) {
                *what = VALUE_DATE + d * STYLES + k;
                return true;
            }
    return false;
}

__attribute__((format(printf, 2, 3))) static void put(struct speaker *s, const char *format, ...)
{
    char text[128];
    va_list list;
    va_start(list, format);
    int n = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (n < 0 || n >= (int)sizeof text) die("a value is too long");
    note_add(&s->note, view_of(text, (size_t)n));
}

/* ------------------------------------------------------------------ dates */

static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };
static const char *const days_of_week[] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                            "Thursday", "Friday", "Saturday" };

int values_pick_style(struct speaker *s)
{
    static const uint8_t usual[] = { STYLE_num, STYLE_num, STYLE_num, STYLE_long, STYLE_long,
                                     STYLE_iso, STYLE_dmy, STYLE_mil, STYLE_abbr, STYLE_dash };
    return usual[stat_random_below(&s->r, COUNT_OF(usual))];
}

static const char *ordinal(int d)
{
    return d / 10 == 1 ? "th" : d % 10 == 1 ? "st" : d % 10 == 2 ? "nd" : d % 10 == 3 ? "rd" : "th";
}

static void say_day(struct speaker *s, int64_t day, int style)
{
    int y, m, d;
    civil_from_days((int32_t)day, &y, &m, &d);
    if (style == STYLE_any) style = (int)between(&s->r, STYLE_num, STYLE_dash);
    if (style == STYLE_own) style = chance(&s->r, 75) ? s->date_style : values_pick_style(s);
    const char *month = months[m - 1];
    uint32_t x = stat_random_below(&s->r, 10);
    switch (style) {
    case STYLE_num:
        if (x < 3)
            put(s, "%02d/%02d/%d", m, d, y);
        else if (x < 5)
            put(s, "%02d/%02d/%02d", m, d, y % 100);
        else if (x < 8)
            put(s, "%d/%d/%d", m, d, y);
        else
            put(s, "%d/%d/%02d", m, d, y % 100);
        return;
    case STYLE_short:
        if (x < 8)
            put(s, "%d/%d", m, d);
        else
            put(s, "%02d/%02d", m, d);
        return;
    case STYLE_long:
        if (x < 6)
            put(s, "%s %d, %d", month, d, y);
        else if (x < 8)
            put(s, "%s %d%s, %d", month, d, ordinal(d), y);
        else if (x < 9)
            put(s, "%s, %s %d, %d", days_of_week[civil_weekday((int32_t)day)], month, d, y);
        else
            put(s, "%s %d %d", month, d, y);
        return;
    case STYLE_md:
        if (x < 5)
            put(s, "%s %d", month, d);
        else if (x < 7)
            put(s, "%s %d%s", month, d, ordinal(d));
        else if (x < 8)
            put(s, "the %d%s of %s", d, ordinal(d), month);
        else
            put(s, "%.3s %d%s", month, d, x == 8 ? "" : ordinal(d));
        return;
    case STYLE_my:
        if (x < 6)
            put(s, "%s %d", month, y);
        else if (x < 7)
            put(s, "%s of %d", month, y);
        else if (x < 8)
            put(s, "%02d/%d", m, y);
        else
            put(s, "%.3s %d", month, y);
        return;
    case STYLE_iso:
        if (x < 9)
            put(s, "%d-%02d-%02d", y, m, d);
        else
            put(s, "%d%02d%02d", y, m, d);
        return;
    case STYLE_dmy: put(s, x < 7 ? "%d %s %d" : "%d-%.3s-%d", d, month, y); return;
    case STYLE_mil: {
        char up[4] = { month[0], (char)(month[1] - 32), (char)(month[2] - 32), 0 };
        put(s, x < 5 ? "%02d%s%02d" : "%02d-%s-%02d", d, x < 8 ? up : up, y % 100);
        return;
    }
    case STYLE_abbr:
        if (x < 6)
            put(s, "%.3s %d, %d", month, d, y);
        else if (x < 8)
            put(s, "%.3s. %d, %d", month, d, y);
        else
            put(s, "%.3s %d%s %d", month, d, ordinal(d), y);
        return;
    default:
        if (x < 6)
            put(s, "%d-%d-%02d", m, d, y % 100);
        else if (x < 9)
            put(s, "%02d-%02d-%d", m, d, y);
        else
            put(s, "%d.%d.%02d", m, d, y % 100);
        return;
    }
}

static void say_date(struct speaker *s, int what, uint32_t spread)
{
    int64_t day = s->today;
    uint32_t from = s->note.n;
    switch ((enum day)(what / STYLES)) {
    case DAY_RECENT: day -= between(&s->r, 0, spread ? spread : 45); break;
    case DAY_FUTURE: day += between(&s->r, 1, spread ? spread : 120); break;
    case DAY_PAST: day -= between(&s->r, 60, spread ? spread : 3650); break;
    default: break;
    }
    say_day(s, day, what % STYLES);
    if (!s->silent) note_mark(&s->note, from, s->note.n, LABEL_DATE);
}

void values_say_birth(struct speaker *s, uint32_t age)
{
    int64_t day = s->today - (int64_t)age * 365 - between(&s->r, 10, 350);
    say_day(s, day, STYLE_own);
}

/* ------------------------------------------------------------------ numbers */

static void say_from(struct speaker *s, const char *alphabet, uint32_t n)
{
    uint32_t size = (uint32_t)strlen(alphabet);
    while (n--)
        note_put(&s->note, (uint32_t)alphabet[stat_random_below(&s->r, size)]);
}

static void say_luhn(struct speaker *s, const char *prefix, const char *first, uint32_t n)
{
    char digits[40];
    uint32_t at = 0, sum = 0;
    if (n < 2 || n > 30) die("{luhn} wants 2 to 30 digits");
    for (const char *p = prefix; *p; p++)
        digits[at++] = *p;
    uint32_t from = at;
    n += at;
    digits[at++] = first[stat_random_below(&s->r, (uint32_t)strlen(first))];
    while (at < n - 1)
        digits[at++] = (char)('0' + stat_random_below(&s->r, 10));
    for (uint32_t i = 0; i < at; i++) {
        uint32_t d = (uint32_t)(digits[at - 1 - i] - '0') * (i % 2 ? 1 : 2);
        sum += d > 9 ? d - 9 : d;
    }
    digits[at++] = (char)('0' + (10 - sum % 10) % 10);
    note_add(&s->note, view_of(digits + from, at - from));
}

static void say_dea(struct speaker *s)
{
    uint32_t d[6];
    say_from(s, "ABFGM", 1);
    say_from(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1);
    for (int i = 0; i < 6; i++)
        note_put(&s->note, '0' + (d[i] = stat_random_below(&s->r, 10)));
    note_put(&s->note, '0' + (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10);
}

static void say_vin(struct speaker *s)
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    static const uint8_t value[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7,
                                     8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9 };
    static const uint8_t weight[17] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };
    char vin[17];
    uint32_t sum = 0;
    for (int i = 0; i < 17; i++) {
        uint32_t x =
            i > 11 ? stat_random_below(&s->r, 10) : stat_random_below(&s->r, sizeof letters - 1);
        vin[i] = letters[x];
        sum += value[x] * weight[i];
    }
    vin[8] = sum % 11 == 10 ? 'X' : (char)('0' + sum % 11);
    note_add(&s->note, view_of(vin, 17));
}

static void say_time(struct speaker *s)
{
    uint32_t h = stat_random_below(&s->r, 24), m = stat_random_below(&s->r, 60);
    switch (stat_random_below(&s->r, 5)) {
    case 0: put(s, "%02u:%02u", h, m); break;
    case 1: put(s, "%02u%02u", h, m); break;
    case 2: put(s, "%u:%02u %s", h % 12 ? h % 12 : 12, m, h < 12 ? "AM" : "PM"); break;
    case 3: put(s, "%u:%02u%s", h % 12 ? h % 12 : 12, m, h < 12 ? "am" : "pm"); break;
    default: put(s, "%u%s", h % 12 ? h % 12 : 12, h < 12 ? " a.m." : " p.m."); break;
    }
}

void values_say(struct speaker *s, int what, const uint32_t args[2])
{
    uint32_t from = s->note.n, n;
    if (what >= VALUE_DATE) {
        say_date(s, what - VALUE_DATE, args[0]);
        return;
    }
    if (what >= VALUE_LEX) {
        note_add(&s->note, wordlists_pick(s->lists, (enum word_kind)(what - VALUE_LEX), &s->r));
        return;
    }
    switch ((enum value)what) {
    case VALUE_digits: say_from(s, "0123456789", args[0]); break;
    case VALUE_letters: say_from(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", args[0]); break;
    case VALUE_alnum: say_from(s, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", args[0]); break;
    case VALUE_hex: say_from(s, "0123456789abcdef", args[0]); break;
    case VALUE_num: put(s, "%u", between(&s->r, args[0], args[1])); break;
    case VALUE_tenth:
        n = between(&s->r, args[0], args[1]);
        put(s, "%u.%u", n / 10, n % 10);
        break;
    case VALUE_hundredth:
        n = between(&s->r, args[0], args[1]);
        put(s, "%u.%02u", n / 100, n % 100);
        break;
    case VALUE_year: {
        int y, m, d;
        civil_from_days((int32_t)s->today - (int32_t)between(&s->r, 0, 7000), &y, &m, &d);
        put(s, "%d", y);
        break;
    }
    case VALUE_weekday: put(s, "%s", days_of_week[stat_random_below(&s->r, 7)]); break;
    case VALUE_time: say_time(s); break;
    case VALUE_month:
        put(s, "%s", months[stat_random_below(&s->r, 12)]);
        if (!s->silent) note_mark(&s->note, from, s->note.n, LABEL_DATE);
        break;
    case VALUE_npi: say_luhn(s, "80840", "12", 10); break;
    case VALUE_dea: say_dea(s); break;
    case VALUE_vin: say_vin(s); break;
    case VALUE_luhn: say_luhn(s, "", "3456", args[0]); break;
    case VALUE_mbi: /* CMS: digits and letters by place, without S L O I B Z */
        for (const char *p = "1ax9ax9aa99"; *p; p++)
            say_from(s,
                     *p == '1'   ? "123456789"
                     : *p == '9' ? "0123456789"
                     : *p == 'a' ? "ACDEFGHJKMNPQRTUVWXY"
                                 : "0123456789ACDEFGHJKMNPQRTUVWXY",
                     1);
        break;
    case VALUE_age: put(s, "%u", between(&s->r, 1, 89)); break;
    case VALUE_ninety:
        put(s, "%u", between(&s->r, 90, 104));
        if (!s->silent) note_mark(&s->note, from, s->note.n, LABEL_AGE);
        break;
    default: break;
    }
}
