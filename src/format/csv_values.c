/* csv_values.c — what a cell looks like, without asking what it says. */
#include "format/csv_inside.h"

enum { CODE_MAX = 12, MEASURE_DIGITS = 7, PROSE_BYTES = 40, LONG_NUMBER = 7 };

static bool all_digits(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_digit(v.p[i])) return false;
    return v.n > 0;
}

/* The cell with every digit as '9' and every letter as 'a', when it is short enough. */
static view shape_of(view v, char out[32])
{
    if (v.n > 31) return VIEW("");
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        out[i] = ascii_is_digit(c) ? '9' : ascii_is_alpha(c) ? 'a' : c;
    }
    return view_of(out, v.n);
}

static bool is_one_of(view shape, const char *const *list)
{
    for (; *list; list++)
        if (view_eq(shape, view_of_str(*list))) return true;
    return false;
}

static bool has_prefix_of(view shape, const char *const *list)
{
    for (; *list; list++)
        if (view_starts(shape, view_of_str(*list))) return true;
    return false;
}

static bool looks_like_date(view v)
{
    static const char *const forms[] = { "9999-99-99",  "9999/99/99",   "9999.99.99",  "99/99/9999",
                                         "9/99/9999",   "99/9/9999",    "9/9/9999",    "99-99-9999",
                                         "99.99.9999",  "9.9.9999",     "99.9.9999",   "9.99.9999",
                                         "99-aaa-99",   "9-aaa-99",     "99 aaa 9999", "9 aaa 9999",
                                         "aaa 9, 9999", "aaa 99, 9999", "99/99/99",    "9/9/99",
                                         "99/9/99",     "9/99/99",      "99aaa9999",   NULL };
    char buffer[32];
    return has_prefix_of(shape_of(v, buffer), forms) ||
           (v.n == 8 && all_digits(v) && (v.p[0] == '1' || v.p[0] == '2') &&
            (view_starts(v, VIEW("19")) || view_starts(v, VIEW("20"))));
}

static bool looks_like_phone(view v)
{
    static const char *const forms[] = { "(999) 999-9999",
                                         "999-999-9999",
                                         "999.999.9999",
                                         "(999)999-9999",
                                         "+9 999-999-9999",
                                         "9-999-999-9999",
                                         "+9 999 999 9999",
                                         "+99 999 9999999",
                                         "+9 (999) 999-9999",
                                         "999 999 9999",
                                         NULL };
    char buffer[32];
    return is_one_of(shape_of(v, buffer), forms);
}

static bool looks_like_ip(view v)
{
    unsigned dots = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '.')
            dots++;
        else if (!ascii_is_digit(v.p[i]))
            return false;
    }
    return dots == 3 && v.n >= 7 && v.n <= 15;
}

static bool looks_like_email(view v)
{
    size_t at = view_find_byte(v, 0, '@');
    return at > 0 && at + 3 < v.n && view_find_byte(v, at, '.') < v.n &&
           view_find_byte(v, 0, ' ') == v.n;
}

void csv_sample_add(struct csv_sample *s, view cell)
{
    static const char *const ssn[] = { "999-99-9999", NULL };
    char buffer[32];
    view v = view_trim(cell);
    if (!v.n) return;
    s->filled++;
    bool digits = all_digits(v);
    s->dates += looks_like_date(v);
    s->years += digits && v.n == 4 && (view_starts(v, VIEW("19")) || view_starts(v, VIEW("20")));
    s->numbers += csv_cell_passes(CSV_MEASURE, v);
    s->long_numbers += digits && v.n >= LONG_NUMBER;
    s->emails += looks_like_email(v);
    s->ssns += is_one_of(shape_of(v, buffer), ssn);
    s->phones += looks_like_phone(v);
    s->urls += view_starts(v, VIEW("http://")) || view_starts(v, VIEW("https://"));
    s->ips += looks_like_ip(v);
    s->codes += csv_cell_passes(CSV_CODE, v);
    s->words += csv_cell_passes(CSV_CATEGORY, v);
    s->prose += v.n >= PROSE_BYTES && view_find_byte(v, 0, ' ') < v.n;
}

/* A number as laboratories and monitors write it: signs, one point, one range or ratio, percent. */
static bool is_measure(view v)
{
    size_t i = 0, digits = 0;
    while (i < v.n && (v.p[i] == '<' || v.p[i] == '>' || v.p[i] == '=' || v.p[i] == '+' ||
                       v.p[i] == '-' || v.p[i] == ' '))
        i++;
    if (i > 3) return false;
    bool has_mark = false;
    for (; i < v.n; i++) {
        char c = v.p[i];
        if (ascii_is_digit(c)) {
            digits++;
        } else if (c == '/' || c == '-' || c == ':') {
            if (has_mark || !digits) return false; /* two of them would do for a date */
            has_mark = true;
        } else if (c != '.' && c != '%') {
            return false;
        }
    }
    unsigned points = 0;
    for (i = 0; i < v.n; i++)
        points += v.p[i] == '.';
    if (points > 1 && !has_mark) return false; /* 12.03.2021 */
    if (points > 2) return false;
    /* 1.2345678901234 is a computed number, and no identifier has a point there. */
    size_t point = view_find_byte(v, 0, '.');
    size_t whole = points == 1 && !has_mark ? MIN(point, digits) : digits;
    return digits > 0 && whole <= (has_mark ? MEASURE_DIGITS - 1 : MEASURE_DIGITS) && v.n <= 32;
}

/* Letters, digits and the marks of coding systems; at least one digit, and not a long number. */
static bool is_code(view v)
{
    size_t digits = 0, letters = 0;
    if (v.n > CODE_MAX) return false;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        if (ascii_is_digit(c))
            digits++;
        else if (ascii_is_alpha(c))
            letters++;
        else if (c != '.' && c != '-' && c != '_')
            return false;
    }
    if (looks_like_date(v) || looks_like_phone(v)) return false;
    /* A word of a few letters may be a name; a number of nine digits a social security number. */
    if (letters > 3 || (letters && !digits && v.n > 3)) return false;
    return digits ? digits <= 8 : v.n > 0 && v.n <= 2;
}

static const char *const categories[] = {
    "f",
    "m",
    "u",
    "o",
    "x",
    "n",
    "y",
    "female",
    "male",
    "man",
    "woman",
    "other",
    "unknown",
    "yes",
    "no",
    "true",
    "false",
    "null",
    "none",
    "na",
    "n/a",
    "nan",
    "ambiguous",
    "undifferentiated",
    "white",
    "black",
    "asian",
    "hispanic",
    "latino",
    "latina",
    "african american",
    "african-american",
    "native american",
    "american indian",
    "alaska native",
    "pacific islander",
    "native hawaiian",
    "caucasian",
    "multiracial",
    "mixed",
    "not hispanic",
    "non-hispanic",
    "declined",
    "refused",
    "not reported",
    "black or african american",
    "hispanic or latino",
    "not hispanic or latino",
    "married",
    "single",
    "divorced",
    "widowed",
    "separated",
    "partnered",
    "never married",
    "domestic partner",
    "english",
    "spanish",
    "french",
    "german",
    "chinese",
    "mandarin",
    "cantonese",
    "vietnamese",
    "arabic",
    "russian",
    "portuguese",
    "korean",
    "tagalog",
    "active",
    "inactive",
    "final",
    "preliminary",
    "amended",
    "corrected",
    "cancelled",
    "completed",
    "pending",
    "draft",
    "signed",
    "unsigned",
    "entered",
    "emergency",
    "urgent",
    "elective",
    "routine",
    "stat",
    "newborn",
    "trauma",
    "inpatient",
    "outpatient",
    "observation",
    "ambulatory",
    "virtual",
    "home",
    "high",
    "low",
    "normal",
    "abnormal",
    "critical",
    "positive",
    "negative",
    "detected",
    "not detected",
    "present",
    "absent",
    "never",
    "former",
    "current",
    "left",
    "right",
    "bilateral",
    "alive",
    "dead",
    "deceased",
    "expired",
    "mg",
    "ml",
    "g",
    "kg",
    "cm",
    "mm",
    "mmhg",
    "mm hg",
    "bpm",
    "mg/dl",
    "g/dl",
    "mmol/l",
    "meq/l",
    "iu/l",
    "u/l",
    "ng/ml",
    "pg/ml",
    "mcg",
    "units",
    "%",
    "medicare",
    "medicaid",
    "private",
    "self pay",
    "self-pay",
    "commercial",
    "blood",
    "urine",
    "serum",
    "plasma",
    "csf",
    "stool",
    "sputum",
    "swab",
    "tissue",
    "ct",
    "mr",
    "mri",
    "us",
    "xr",
    "cr",
    "dx",
    "pt",
    "nm",
    "mg",
    "ed",
    "er",
    "icu",
    "micu",
    "sicu",
    "ccu",
    "nicu",
    "picu",
    "or",
    "pacu",
    "surgery",
    "medicine",
    "cardiology",
    "neurology",
    "radiology",
    "oncology",
    "pediatrics",
    "psychiatry",
    "orthopedics",
    "obstetrics",
    "gynecology",
    "urology",
    "dermatology",
    "pathology",
    "nursing",
    "po",
    "iv",
    "im",
    "sc",
    "sl",
    "pr",
    "bid",
    "tid",
    "qid",
    "daily",
    "qd",
    "prn",
    "qhs",
};

static bool is_category(view v)
{
    if (v.n > 32) return false;
    for (size_t i = 0; i < COUNT_OF(categories); i++)
        if (view_eq_nocase(v, view_of_str(categories[i]))) return true;
    return v.n == 1 || (v.n <= 2 && all_digits(v));
}

bool csv_cell_passes(enum csv_pass pass, view cell)
{
    view v = view_trim(cell);
    if (!v.n) return true;
    switch (pass) {
    case CSV_LOOK: return false;
    case CSV_CODE: return is_code(v);
    case CSV_MEASURE: return is_measure(v);
    case CSV_CATEGORY: return is_category(v);
    case CSV_KEEP: return true;
    }
    return false;
}

/* As with keys of JSON: more than one word of a schema, or five digits. */
bool csv_could_be_data(view cell)
{
    size_t digits = 0;
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '_') return true;
        digits += ascii_is_digit(c);
    }
    return digits >= 5;
}
