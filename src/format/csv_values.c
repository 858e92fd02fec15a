/* csv_values.c — what a cell looks like, without asking what it says. */
#include "format/csv_inside.h"

enum { CODE_MAX = 12, MEASURE_DIGITS = 7, PROSE_BYTES = 40, LONG_NUMBER = 7 };

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

static bool is_one_of(view shape, const view *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (view_eq(shape, list[i])) return true;
    return false;
}

static bool has_prefix_of(view shape, const view *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (view_starts(shape, list[i])) return true;
    return false;
}

static bool looks_like_date(view v)
{
    static const view forms[] = { VIEW("9999-99-99"), VIEW("9999/99/99"),  VIEW("9999.99.99"),
                                  VIEW("99/99/9999"), VIEW("9/99/9999"),   VIEW("99/9/9999"),
                                  VIEW("9/9/9999"),   VIEW("99-99-9999"),  VIEW("99.99.9999"),
                                  VIEW("9.9.9999"),   VIEW("99.9.9999"),   VIEW("9.99.9999"),
                                  VIEW("99-aaa-99"),  VIEW("9-aaa-99"),    VIEW("99 aaa 9999"),
                                  VIEW("9 aaa 9999"), VIEW("aaa 9, 9999"), VIEW("aaa 99, 9999"),
                                  VIEW("99/99/99"),   VIEW("9/9/99"),      VIEW("99/9/99"),
                                  VIEW("9/99/99"),    VIEW("99aaa9999") };
    char buffer[32];
    return has_prefix_of(shape_of(v, buffer), forms, COUNT_OF(forms)) ||
           (v.n == 8 && view_is_digits(v) && (v.p[0] == '1' || v.p[0] == '2') &&
            (view_starts(v, VIEW("19")) || view_starts(v, VIEW("20"))));
}

static bool looks_like_phone(view v)
{
    static const view forms[] = { VIEW("(999) 999-9999"),    VIEW("999-999-9999"),
                                  VIEW("999.999.9999"),      VIEW("(999)999-9999"),
                                  VIEW("+9 999-999-9999"),   VIEW("9-999-999-9999"),
                                  VIEW("+9 999 999 9999"),   VIEW("+99 999 9999999"),
                                  VIEW("+9 (999) 999-9999"), VIEW("999 999 9999") };
    char buffer[32];
    return is_one_of(shape_of(v, buffer), forms, COUNT_OF(forms));
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
    static const view ssn[] = { VIEW("999-99-9999") };
    char buffer[32];
    view v = view_trim(cell);
    if (!v.n) return;
    s->filled++;
    bool digits = view_is_digits(v);
    s->dates += looks_like_date(v);
    s->years += digits && v.n == 4 && (view_starts(v, VIEW("19")) || view_starts(v, VIEW("20")));
    s->numbers += csv_cell_passes(CSV_MEASURE, v);
    s->long_numbers += digits && v.n >= LONG_NUMBER;
    s->emails += looks_like_email(v);
    s->ssns += is_one_of(shape_of(v, buffer), ssn, COUNT_OF(ssn));
    s->phones += looks_like_phone(v);
    s->urls += view_starts(v, VIEW("http://")) || view_starts(v, VIEW("https://"));
    s->ips += looks_like_ip(v);
    s->codes += csv_cell_passes(CSV_CODE, v);
    s->words += csv_cell_passes(CSV_CATEGORY, v);
    s->prose += v.n >= PROSE_BYTES && view_find_byte(v, 0, ' ') < v.n;
}

void csv_sample_judge(struct csv_sample *s, unsigned kinds)
{
    s->judged++;
    s->maybe += (kinds & CSV_KIND_MAYBE) != 0;
    s->given += (kinds & CSV_KIND_GIVEN) != 0;
    s->family += (kinds & CSV_KIND_FAMILY) != 0;
    s->names += (kinds & CSV_KIND_NAME) != 0;
    s->towns += (kinds & CSV_KIND_TOWN) != 0;
    s->plain_words += (kinds & CSV_KIND_WORD) != 0;
    s->rare += (kinds & CSV_KIND_RARE) != 0;
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

/* clang-format off */
static const view categories[] = {
    VIEW("f"), VIEW("m"), VIEW("u"), VIEW("o"), VIEW("x"), VIEW("n"), VIEW("y"), VIEW("female"),
    VIEW("male"), VIEW("man"), VIEW("woman"), VIEW("other"), VIEW("unknown"), VIEW("yes"),
    VIEW("no"), VIEW("true"), VIEW("false"), VIEW("null"), VIEW("none"), VIEW("na"), VIEW("n/a"),
    VIEW("nan"), VIEW("ambiguous"), VIEW("undifferentiated"), VIEW("white"), VIEW("black"),
    VIEW("asian"), VIEW("hispanic"), VIEW("latino"), VIEW("latina"), VIEW("african american"),
    VIEW("african-american"), VIEW("native american"), VIEW("american indian"),
    VIEW("alaska native"), VIEW("pacific islander"), VIEW("native hawaiian"), VIEW("caucasian"),
    VIEW("multiracial"), VIEW("mixed"), VIEW("not hispanic"), VIEW("non-hispanic"),
    VIEW("declined"), VIEW("refused"), VIEW("not reported"), VIEW("black or african american"),
    VIEW("hispanic or latino"), VIEW("not hispanic or latino"), VIEW("married"), VIEW("single"),
    VIEW("divorced"), VIEW("widowed"), VIEW("separated"), VIEW("partnered"), VIEW("never married"),
    VIEW("domestic partner"), VIEW("english"), VIEW("spanish"), VIEW("french"), VIEW("german"),
    VIEW("chinese"), VIEW("mandarin"), VIEW("cantonese"), VIEW("vietnamese"), VIEW("arabic"),
    VIEW("russian"), VIEW("portuguese"), VIEW("korean"), VIEW("tagalog"), VIEW("active"),
    VIEW("inactive"), VIEW("final"), VIEW("preliminary"), VIEW("amended"), VIEW("corrected"),
    VIEW("cancelled"), VIEW("completed"), VIEW("pending"), VIEW("draft"), VIEW("signed"),
    VIEW("unsigned"), VIEW("entered"), VIEW("emergency"), VIEW("urgent"), VIEW("elective"),
    VIEW("routine"), VIEW("stat"), VIEW("newborn"), VIEW("trauma"), VIEW("inpatient"),
    VIEW("outpatient"), VIEW("observation"), VIEW("ambulatory"), VIEW("virtual"), VIEW("home"),
    VIEW("high"), VIEW("low"), VIEW("normal"), VIEW("abnormal"), VIEW("critical"), VIEW("positive"),
    VIEW("negative"), VIEW("detected"), VIEW("not detected"), VIEW("present"), VIEW("absent"),
    VIEW("never"), VIEW("former"), VIEW("current"), VIEW("left"), VIEW("right"), VIEW("bilateral"),
    VIEW("alive"), VIEW("dead"), VIEW("deceased"), VIEW("expired"), VIEW("mg"), VIEW("ml"),
    VIEW("g"), VIEW("kg"), VIEW("cm"), VIEW("mm"), VIEW("mmhg"), VIEW("mm hg"), VIEW("bpm"),
    VIEW("mg/dl"), VIEW("g/dl"), VIEW("mmol/l"), VIEW("meq/l"), VIEW("iu/l"), VIEW("u/l"),
    VIEW("ng/ml"), VIEW("pg/ml"), VIEW("mcg"), VIEW("units"), VIEW("%"), VIEW("medicare"),
    VIEW("medicaid"), VIEW("private"), VIEW("self pay"), VIEW("self-pay"), VIEW("commercial"),
    VIEW("blood"), VIEW("urine"), VIEW("serum"), VIEW("plasma"), VIEW("csf"), VIEW("stool"),
    VIEW("sputum"), VIEW("swab"), VIEW("tissue"), VIEW("ct"), VIEW("mr"), VIEW("mri"), VIEW("us"),
    VIEW("xr"), VIEW("cr"), VIEW("dx"), VIEW("pt"), VIEW("nm"), VIEW("ed"), VIEW("er"), VIEW("icu"),
    VIEW("micu"), VIEW("sicu"), VIEW("ccu"), VIEW("nicu"), VIEW("picu"), VIEW("or"), VIEW("pacu"),
    VIEW("surgery"), VIEW("medicine"), VIEW("cardiology"), VIEW("neurology"), VIEW("radiology"),
    VIEW("oncology"), VIEW("pediatrics"), VIEW("psychiatry"), VIEW("orthopedics"),
    VIEW("obstetrics"), VIEW("gynecology"), VIEW("urology"), VIEW("dermatology"), VIEW("pathology"),
    VIEW("nursing"), VIEW("po"), VIEW("iv"), VIEW("im"), VIEW("sc"), VIEW("sl"), VIEW("pr"),
    VIEW("bid"), VIEW("tid"), VIEW("qid"), VIEW("daily"), VIEW("qd"), VIEW("prn"), VIEW("qhs"),
    /* the sexes, yes and no elsewhere */
    VIEW("男"), VIEW("女"), VIEW("男性"), VIEW("女性"), VIEW("是"), VIEW("否"), VIEW("남"),
    VIEW("여"), VIEW("남자"), VIEW("여자"), VIEW("남성"), VIEW("여성"), VIEW("м"), VIEW("ж"),
    VIEW("М"), VIEW("Ж"), VIEW("муж"), VIEW("жен"), VIEW("мужской"), VIEW("женский"), VIEW("да"),
    VIEW("нет"), VIEW("ذكر"), VIEW("أنثى"), VIEW("نعم"), VIEW("لا"), VIEW("ชาย"), VIEW("หญิง"),
    VIEW("זכר"), VIEW("נקבה"), VIEW("nam"), VIEW("nữ"), VIEW("hombre"), VIEW("mujer"),
    VIEW("masculino"), VIEW("femenino"), VIEW("feminino"), VIEW("homme"), VIEW("femme"),
    VIEW("masculin"), VIEW("féminin"), VIEW("männlich"), VIEW("weiblich"), VIEW("uomo"),
    VIEW("donna"), VIEW("maschio"), VIEW("femmina"), VIEW("mann"), VIEW("vrouw"), VIEW("kvinna"),
};
/* clang-format on */

static bool is_category(view v)
{
    if (v.n > 32) return false;
    for (size_t i = 0; i < COUNT_OF(categories); i++)
        if (view_eq_nocase(v, categories[i])) return true;
    return v.n == 1 || (v.n <= 2 && view_is_digits(v));
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
