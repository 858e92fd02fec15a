/* id_plain.c — straight behind a word that means much else ("subject 014-0032", "group 0071234"): what could be nothing
 * but a number of somebody's. See id_kinds.h. */
#include "detect/id_kinds.h"
#include "detect/wordset.h"

/* "subj 014": no count is written so. */
static bool is_led_by_0(const struct doc *d, const struct code *c, const struct cue *cue)
{
    enum { LONG = 5 };
    const bool number = c->first == c->last && d->text.p[d->tok[c->first].start] == '0';
    return number && (c->digits >= LONG || (cue->what & CUE_ID && c->digits == 3));
}

/* "S132-P916": a letter and digits in each of two groups. */
static bool is_lettered_groups(const struct code *c)
{
    const char *s = c->shape;
    return s[0] == 'A' && ascii_is_digit(s[1]) && s[2] == '-' && s[3] == 'A' &&
           ascii_is_digit(s[4]) && !s[5];
}

/* "OXR1389": two to four letters and as many digits or more. */
static bool is_lettered(const struct code *c)
{
    const size_t k = strspn(c->shape, "A");
    return c->upper && k >= 2 && k <= 4 && c->shape[k] >= '4' && c->shape[k] <= '9' &&
           !c->shape[k + 1];
}

/* "case 78794/17", "incident 46347/14": a count and its year. */
static bool is_of_year(const struct doc *d, const struct code *c)
{
    if (c->last != c->first + 2 || c->letters) return false;
    return (code_is(c, "4/2") || code_is(c, "5/2") || code_is(c, "6/2")) &&
           d->tok[c->first].hash % 100 != 0;
}

bool id_is_of_year(const struct doc *d, const struct code *c)
{
    const uint64_t year = d->tok[c->first].hash, count = d->tok[c->last].hash;
    if (c->last != c->first + 2 || c->letters || year < 1990 || year >= 2040) return false;
    if (!code_is(c, "4-4") && !code_is(c, "4/4") && !code_is(c, "4/3") && !code_is(c, "4.4"))
        return false;
    return (count < 1900 || count >= 2100) && count % 100 != 0;
}

/* "Incident report 2024-4471" */
static bool is_counted(const struct doc *d, const struct code *c, const struct cue *cue)
{
    return cue->what & (CUE_ID | CUE_MRN) && id_is_of_year(d, c) &&
           !(doc_bits(d, (int64_t)c->last + 1) & LEX(UNIT));
}

/* "Subject PT-6879" */
static bool is_lettered_by_dash(const struct code *c)
{
    const size_t k = strspn(c->shape, "A");
    if (!c->upper || k < 1 || k > 4 || c->shape[k] != '-' || c->shape[k + 1] < '4' ||
        c->shape[k + 1] > '9')
        return false;
    return !c->shape[k + 2] || (c->shape[k + 2] == 'A' && !c->shape[k + 3]); /* "C-8120R" */
}

/* "Humana, ID R4548F7990, group 612665": behind what else the card says. */
static bool is_on_card(const struct doc *d, const struct code *c, const struct cue *cue)
{
    enum { REACH = 20, LEAST = 5 };
    if (!(cue->what & CUE_PLAN) || c->digits < LEAST) return false;
    for (int64_t i = (int64_t)cue->first - 1; i >= 0 && i + REACH > cue->first; i--) {
        const uint32_t class = cue_class_of(&d->tok[i]);
        if (class & CUE_PLAN && !(class & CUE_NEEDS)) return true;
        if (d->tok[i].flags & TOK_LINE) break;
    }
    return false;
}

/* "7KQ4M2PX"; not "G20210A", a place in a gene, nor "SN60WF", a model. */
static bool is_made(const struct code *c)
{
    const char *s = c->shape;
    const bool mutation = s[0] == 'A' && ascii_is_digit(s[1]) && s[2] == 'A' && !s[3];
    return c->digits >= 3 && !mutation && id_is_given_out(c);
}

/* "subject S5180", "Subject 1965-C": few digits, with letters, of somebody in a trial. */
static bool is_of_trial(const struct doc *d, const struct code *c, const struct cue *cue)
{
    static const struct wordset_row rows[] = { { "subject subj participant subjects enrollee",
                                                 1 } };
    static struct wordset set = WORDSET(rows);
    if (!wordset_class(wordset_ready(&set), &d->tok[cue->last])) return false;
    /* "Subject 7278 was placed" */
    const struct token *t = &d->tok[c->first];
    if (!c->letters)
        return t->len == 4 && c->first == c->last && !code_is_round(d, c) && t->hash % 100 &&
               (t->hash < 1900 || t->hash >= 2100);
    return c->upper && c->letters <= 3 && c->digits >= 3;
}

/* "Participant 91-744 tolerated", "Subject 14-0032": the house and the count of one person, no range. */
static bool is_of_site(const struct doc *d, const struct code *c, const struct cue *cue)
{
    static const struct wordset_row rows[] = { { "subject subj participant enrollee", 1 } };
    static struct wordset set = WORDSET(rows);
    if (!wordset_class(wordset_ready(&set), &d->tok[cue->last])) return false;
    if (!code_is(c, "2-3") && !code_is(c, "3-3") && !code_is(c, "2-4") && !code_is(c, "3-4"))
        return false;
    return !(doc_bits(d, (int64_t)c->last + 1) & LEX(UNIT)) && d->tok[c->last].hash % 50;
}

/* "MR 84046", "local chart 95574", "Inmate 35614": five digits are enough behind these. */
static bool is_five(const struct doc *d, const struct code *c, const struct cue *cue)
{
    static const struct wordset_row rows[] = {
        { "chart charts inmate prisoner detainee employee "
          "emp badge band interpreter interp session prescription grievance "
          "authorization folder complaint appeal",
          1 }
    };
    static struct wordset set = WORDSET(rows);
    const struct token *t = &d->tok[cue->last];
    if (c->letters ? c->digits < 5 || !c->upper : c->digits != 5) return false;
    return wordset_class(wordset_ready(&set), t) ||
           (doc_is_word(d, cue->last, VIEW("mr")) && t->flags & TOK_UPPER);
}

/* "Lead 1000-2000 ohms", "Stent 2015-2016": from a round number or a year to another. */
static bool is_span(const struct doc *d, const struct code *c)
{
    const uint64_t a = d->tok[c->first].hash, b = d->tok[c->last].hash;
    return a < b && ((a % 50 == 0 && b % 50 == 0) || (a >= 1900 && b < 2100));
}

/* "6933f97349": a number in sixteens, in small letters. "PTHD-CJ26": two groups of four capitals and digits. */
static bool is_machines(const struct doc *d, const struct code *c)
{
    enum { LEAST = 8, MOST = 16, HALF = 4 };
    const view v = doc_view(d, c->first, c->last);
    if (!c->letters || c->measure || v.n < LEAST || v.n > MOST) return false;
    if (v.n == LEAST + 1 && v.p[HALF] == '-')
        return c->upper && c->digits && c->letters + c->digits == LEAST && c->letters > 1;
    for (size_t k = 0; k < v.n; k++)
        if (!ascii_is_digit(v.p[k]) && !(v.p[k] >= 'a' && v.p[k] <= 'f')) return false;
    return c->digits >= HALF && c->letters + c->digits == v.n;
}

/* "pump 1965-9410", "processor RHFBRQMW9TE1", "ICD MYSV3976": what a maker numbers his devices by. */
static bool is_of_device(const struct doc *d, const struct code *c, const struct cue *cue)
{
    enum { LENGTH = 8 };
    if (!(cue->what & CUE_DEVICE)) return false;
    if (code_is(c, "4-4")) return !is_span(d, c);
    if (is_machines(d, c)) return true;
    /* "Pump 16250", "loaner 084-5521" */
    if (!c->letters && c->digits >= 5 && c->digits <= 15)
        return !code_is_round(d, c) && !strchr(c->shape, '/') && !code_is_range(d, c) &&
               !(doc_bits(d, (int64_t)c->last + 1) & LEX(UNIT));
    return c->upper && c->letters && c->digits + c->letters >= LENGTH && !strpbrk(c->shape, "-_/");
}

/* The words for which the code's form must speak as much as for any other. */
static bool is_of_form(const struct doc *d, const struct code *c, const struct cue *cue,
                       bool marked)
{
    /* "MR 94-67-02": the way in which charts are filed by their last digits */
    if (cue->what & CUE_MRN && (code_is(c, "2-2-2") || code_is(c, "2-2-1")))
        return !code_is_date(d, c);
    if (is_of_year(d, c) || id_is_checked(c) || is_made(c)) return true;
    /* "Visit 05119734/7": a number and its check digit */
    if (code_is(c, "8/1") || code_is(c, "7/1")) return true;
    /* "chart 113.046.384" */
    if (cue->what & CUE_MRN && code_is(c, "3.3.3")) return true;
    if (c->measure || code_is_date(d, c) || code_is_round(d, c) || strchr(c->shape, '/'))
        return false;
    if (is_on_card(d, c, cue) || is_lettered_by_dash(c)) return true;
    if (is_five(d, c, cue)) return true;
    /* "Group: V20260L" */
    if (cue->what & CUE_PLAN && marked && c->upper && c->letters && c->digits >= 4) return true;
    /* "PAN BKQPS7380D": a word of other texts, in capitals */
    if (!d->is_caseless && d->tok[cue->last].flags & TOK_UPPER && c->upper && c->letters &&
        c->digits >= 4 && c->digits + c->letters >= 9)
        return true;
    if (c->upper && c->letters && c->digits >= 5 &&
        (ascii_is_digit(c->shape[0]) || is_lettered_groups(c)))
        return true; /* 05-88J2-117, S132-P916 */
    /* "group OXR1389", "order HME4410" */
    if (is_lettered(c) && !(cue_class_of(&d->tok[c->first]) & CUE_SYSTEM)) return true;
    return strchr(c->shape, '-') ? c->digits >= 6 && !c->letters && !code_is_range(d, c)
                                 : c->first == c->last && c->digits >= 6;
}

/* Where capitals say nothing, as if the letters were some. */
static struct code in_capitals(const struct code *c)
{
    struct code k = *c;
    k.upper = true;
    for (char *p = k.shape; *p; p++)
        if (*p == 'a') *p = 'A';
    return k;
}

enum cue_worth id_plain_worth(const struct doc *d, const struct code *c, const struct cue *cue)
{
    const bool marked = cue->colon && cue->last + 2 == code_start(c); /* "Billing: 931-691879-4" */
    if (cue->worth || !(cue->what & CUE_IDS) || (!marked && cue->last + 1 != code_start(c)))
        return CUE_NONE;
    struct code capitals;
    if (d->is_caseless && !c->upper) {
        capitals = in_capitals(c);
        c = &capitals;
    }
    if (is_counted(d, c, cue)) return CUE_CERTAIN;
    if (!c->measure && !code_is_date(d, c)) {
        if (is_led_by_0(d, c, cue) || is_of_trial(d, c, cue) || is_of_site(d, c, cue))
            return CUE_CERTAIN;
        if (is_of_device(d, c, cue)) return CUE_PLAIN;
    }
    return is_of_form(d, c, cue, marked) ? CUE_HINT : CUE_NONE;
}

bool id_filed_under(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next)
{
    static const struct wordset_row rows[] = {
        { "scanned filed exists exist indexed registered listed charted recorded committed "
          "admitted randomized randomised "
          "booked enrolled arrested logged tracked kept stored records record chart also seen "
          "known "
          "merged saved uploaded",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    enum { LEAST = 5 };
    const int64_t under = (int64_t)code_start(c) - 1;
    if (!c->upper || code_is_date(d, c) || (c->measure && !code_is(c, "3.3.3")) ||
        !wordset_class(wordset_ready(&set), doc_tok(d, under - 1)))
        return false;
    const struct series s = series_around(d, c);
    if (s.digits < LEAST || code_is_round(d, c) || doc_bits(d, s.last + 1) & LEX(UNIT))
        return false;
    *f = doc_finding(d, s.first, s.last, LABEL_MRN, RULE_ID_CUE, 0.8f);
    *next = s.last + 1;
    return true;
}
