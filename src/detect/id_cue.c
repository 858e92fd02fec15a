/* id_cue.c — the value of a cue: how plain it may be follows from how sure the cue is.
 *
 *     cue                        value taken
 *     PLAIN    "MRN", "acct"     anything with a digit that is no decimal
 *     CERTAIN  "policy number"   three digits, or letters with two; no date
 *     LIKELY   "Plan:", "ID:"    four digits that are no year or range; letters with three digits
 *     HINT     "plan is"         five digits that are not round; capitals with three digits
 */
#include "detect/id_kinds.h"
#include "detect/shape.h"

static bool is_mixed(const struct code *c, uint32_t digits, uint32_t all)
{
    return c->letters && c->digits >= digits && (uint32_t)c->letters + c->digits >= all;
}

/* "records on 2009", "case in 2014": a year, all the more so where a run has left one of a date. */
static bool is_year_told(const struct doc *d, const struct code *c)
{
    const struct token *t = &d->tok[c->first];
    if (c->first != c->last || t->kind != TOK_NUMBER || t->len != 4 || t->hash < 1900 ||
        t->hash > 2099)
        return false;
    static const view before[] = {
        { "on", 2 }, { "in", 2 }, { "since", 5 }, { "of", 2 }, { "from", 4 }
    };
    for (size_t k = 0; c->first && k < COUNT_OF(before); k++)
        if (view_eq_nocase(doc_view(d, c->first - 1, c->first - 1), before[k])) return true;
    return false;
}

bool id_is_checked(const struct code *c)
{
    if (!c->measure || c->last != c->first + 2) return false;
    return code_is(c, "6.1") || code_is(c, "7.1") || code_is(c, "8.1") || code_is(c, "4.3") ||
           code_is(c, "4.5") || code_is(c, "3.6") || code_is(c, "6*1") || code_is(c, "8*2") ||
           code_is(c, "9*2") || code_is(c, "7*2");
}

/* "7GHQ2P", "8GH4T2": letters and digits that take turns, as only numbers that a machine gave do. */
bool id_is_given_out(const struct code *c)
{
    uint32_t turns = 0;
    for (const char *p = c->shape; *p && p[1]; p++)
        turns += ascii_is_digit(*p) != ascii_is_digit(p[1]);
    return c->upper && !c->measure && !strpbrk(c->shape, "-_/") && c->digits >= 2 &&
           c->letters >= 2 && c->digits + c->letters >= 6 && turns >= 2;
}

bool id_is_of_duty(const struct doc *d, uint32_t at)
{
    enum { REACH = 14 };
    static const struct wordset_row rows[] = {
        { "interpreter interpreters translator interp interpretation terp operator officer ofc "
          "agent deputy trooper dispatcher guard security telesitter screener",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    for (int64_t i = (int64_t)at - 1; i >= 0 && i + REACH > at; i--) {
        if (wordset_class(wordset_ready(&set), &d->tok[i])) return true;
        if (d->tok[i].flags & TOK_LINE) break;
    }
    return false;
}

/* "badge 539", "Interpreter: Ada Mohr (Hmong) by phone, ID 040": three digits are enough for what people on duty are told
 * apart by. */
static bool is_on_duty(const struct doc *d, const struct code *c, const struct cue *cue)
{
    static const struct wordset_row rows[] = { { "badge bdg collar emp officer wwid juror", 1 } };
    static struct wordset set = WORDSET(rows);
    if (cue->field || c->digits != 3 || c->letters > 1 || (c->letters && !c->upper) || c->measure)
        return false;
    return wordset_class(wordset_ready(&set), &d->tok[cue->first]) ||
           (doc_is_word(d, cue->first, VIEW("id")) && id_is_of_duty(d, cue->first));
}

static bool is_value(const struct doc *d, const struct code *c, const struct cue *cue)
{
    const enum cue_worth worth = (enum cue_worth)cue->worth;
    /* "Lic. 271-467": not a range here */
    if (cue->what & CUE_LICENSE && worth >= CUE_HINT && code_is(c, "3-3")) return true;
    bool caps = c->upper || d->is_caseless;
    if (is_year_told(d, c)) return false;
    /* "DNI: 45.667.812" */
    bool grouped = code_is(c, "2.3.3") || code_is(c, "1.3.3") || code_is(c, "3.3.3");
    if (worth >= CUE_HINT && (id_is_checked(c) || id_is_of_year(d, c))) return true;
    /* "Socket serial OT05.88885" */
    if (c->measure && worth >= CUE_HINT && c->upper && c->letters >= 2 && c->digits >= 6)
        return true;
    if (c->measure)
        return (worth == CUE_PLAIN && c->digits >= 5 && c->digits <= 20) ||
               (worth >= CUE_LIKELY && grouped) ||
               /* "IMC 32.77244" */
               (worth >= CUE_LIKELY && cue->what & CUE_LICENSE && code_is(c, "2.5"));
    switch (worth) {
    case CUE_PLAIN: return c->digits + c->letters >= 2 || c->hash;
    case CUE_CERTAIN: return (c->digits >= 3 || is_mixed(c, 2, 4)) && !code_is_date(d, c);
    case CUE_LIKELY:
        if (id_is_given_out(c)) return true;
        /* "ID: 447-639" */
        if (cue->colon && cue->what & (CUE_ID | CUE_MRN) && code_is(c, "3-3") &&
            (d->tok[c->last].hash % 10 || d->tok[c->first].hash % 10))
            return true;
        if (code_is_date(d, c) || code_is_range(d, c) || code_is_round(d, c)) return false;
        return c->digits >= 4 || (is_mixed(c, 3, 5) && caps) || is_on_duty(d, c, cue);
    case CUE_HINT:
        if (cue->what & (CUE_ID | CUE_DEVICE) && id_is_given_out(c)) return true;
        if (code_is_date(d, c) || code_is_range(d, c) || code_is_round(d, c)) return false;
        return (!c->letters && c->digits >= 5) || (c->letters && c->digits >= 4) ||
               (is_mixed(c, 3, 6) && caps);
    default: return false;
    }
}

/* Groups apart by single blanks: "Medicare 1EG4 TE5 MK73", "card 4111 1111 1111 1111". Only short
 * groups, and none that begins a measure or an age. */
static uint32_t with_groups(const struct doc *d, const struct code *c)
{
    uint32_t last = c->last, groups = 1, digits = c->digits;
    if (c->digits + c->letters > 4 || c->first != c->last) {
        bool mixed = c->letters && c->digits + c->letters <= 5;
        if (!mixed) return last;
    }
    while (groups < 6 && digits < 19) {
        uint32_t i = last + 1, n = 0, end = i;
        if (i >= d->n || d->tok[i].flags & TOK_LINE || d->shield[i] & SHIELD_MEASURE) break;
        bool has_digit = false;
        do {
            const struct token *t = &d->tok[end];
            if (t->kind == TOK_MARK) n += 9;
            if (t->kind == TOK_WORD && !(t->flags & TOK_UPPER)) n += 9;
            has_digit |= t->kind == TOK_NUMBER;
            digits += t->kind == TOK_NUMBER ? t->len : 0;
            n += t->len;
            end++;
        } while (end < d->n && doc_joined(d, end) && d->tok[end].kind != TOK_MARK);
        if (!has_digit || n < 2 || n > (c->letters && groups == 1 ? 5U : 4U)) break;
        for (uint32_t k = i; k < end; k++)
            if (d->shield[k] & SHIELD_MEASURE) return last;
        last = end - 1;
        groups++;
    }
    return last;
}

/* Where punctuation was lost: "MRN 12345 678 90", "MRN 98234 AB". */
static uint32_t with_unmarked(const struct doc *d, uint32_t last, uint32_t digits)
{
    for (uint32_t i = last + 1; i < d->n && !(d->tok[i].flags & TOK_LINE); i++) {
        const struct token *t = &d->tok[i];
        if (doc_joined(d, i) || doc_joined(d, i + 1) || d->shield[i] & SHIELD_MEASURE) break;
        if (t->kind == TOK_NUMBER && t->len >= 2 && t->len <= 9 && digits + t->len <= 15) {
            digits += t->len;
            last = i;
        } else {
            bool tail = t->kind == TOK_WORD && t->flags & TOK_UPPER && t->len >= 2 && t->len <= 4 &&
                        !cue_class_of(t) && !(doc_bits(d, i) & LEX(FUNCTION)) && i == last + 1;
            return tail ? i : last;
        }
    }
    return last;
}

/* The word before the value is part of it although it is a cue word: "insurance ID HMO 67890". */
static bool is_cue_prefix(const struct doc *d, uint32_t first, const struct cue *cue)
{
    struct cue outer;
    if (cue->last + 1 != first || cue->first != cue->last) return false;
    const struct token *t = &d->tok[cue->last];
    if (!(t->flags & TOK_UPPER) || t->len > 4 || cue_class_of(t) & CUE_STRONG) return false;
    return cue_before(d, cue->last, &outer) >= CUE_LIKELY && outer.what & CUE_IDS &&
           !(d->tok[outer.last].flags & TOK_UPPER && d->tok[outer.last].len > 2);
}

/* "Zoom ID 812 4471 9920": three groups are a number where one says too little. */
static bool is_grouped(const struct doc *d, const struct code *c, const struct cue *cue,
                       uint32_t last)
{
    enum { DIGITS = 9, LICENSE_DIGITS = 7 };
    uint32_t digits = 0;
    for (uint32_t i = c->first; i <= last; i++)
        digits += d->tok[i].kind == TOK_NUMBER ? d->tok[i].len : 0;
    if (c->measure || last < c->first + 2) return false;
    if (cue->what & CUE_LICENSE) return digits >= LICENSE_DIGITS; /* "DL 29 481 220" */
    return c->digits >= 3 && digits >= DIGITS;
}

/* "epi 0324 0328 0331": when epinephrine was given. */
static bool is_time_of_drug(const struct doc *d, const struct code *c, const struct cue *cue)
{
    const struct token *t = &d->tok[c->first];
    return doc_is_word(d, cue->first, VIEW("epi")) && c->first == c->last &&
           t->kind == TOK_NUMBER && t->len == 4 && t->hash < 2400 && t->hash % 100 < 60;
}

/* "REF 5076-52 SN PJN881": what a maker sells, on a label that has its lot or serial number beside it. */
static bool is_catalogue(const struct doc *d, const struct code *c, const struct cue *cue)
{
    enum { REACH = 8 };
    if (!doc_is_word(d, cue->last, VIEW("ref"))) return false;
    for (uint32_t i = c->last + 1; i < d->n && i <= c->last + REACH; i++) {
        if (d->tok[i].flags & TOK_LINE) return false;
        const struct token *n = doc_tok(d, (int64_t)i + 1);
        const bool code = n->kind == TOK_NUMBER ? n->len > 3
                                                : doc_tok(d, (int64_t)i + 2)->kind == TOK_NUMBER &&
                                                      doc_joined(d, i + 2);
        if (doc_is_word(d, i, VIEW("qty")) ||
            (code && (cue_class_of(&d->tok[i]) & CUE_DEVICE || doc_is_word(d, i, VIEW("lot")))))
            return true;
    }
    return false;
}

/* "Policy: U9175150 04": which of the family the card is for. */
static bool is_dependent(const struct doc *d, const struct cue *cue, const struct code *c,
                         uint32_t last)
{
    const struct token *n = doc_tok(d, (int64_t)last + 1), *after = doc_tok(d, (int64_t)last + 2);
    if (!(cue->what & CUE_PLAN) || last != c->last || c->digits + c->letters < 6 ||
        n->kind != TOK_NUMBER || n->len != 2 || n->flags & TOK_LINE || d->shield[last + 1])
        return false;
    /* "820115235 83": nine digits are counted in nothing */
    if (d->text.p[n->start] != '0' && c->digits != 9) return false;
    return last + 2 >= d->n || cue_class_of(after) & CUE_IDS || after->flags & TOK_LINE ||
           shape_opens_column(d, last + 2) ||
           (after->kind == TOK_MARK && (after->hash == ',' || after->hash == '.') &&
            !doc_joined(d, last + 3));
}

bool id_by_cue(const struct doc *d, const struct code *c, const struct cue *cue, struct finding *f,
               uint32_t *next)
{
    uint32_t first = code_start(c), last = c->last;
    if (is_time_of_drug(d, c, cue) || is_catalogue(d, c, cue)) return false;
    if (cue->worth >= CUE_HINT) last = with_groups(d, c);
    bool grouped = is_grouped(d, c, cue, last);
    if (!grouped && !is_value(d, c, cue)) return false;
    if (!grouped && cue->worth < CUE_CERTAIN) last = c->last;
    if (code_is_unmarked(d, first)) last = with_unmarked(d, last, c->digits);
    /* "policy no. HP 98765" */
    if (first == c->first && ((cue->prefix && c->digits >= (cue->worth >= CUE_LIKELY ? 3 : 5)) ||
                              is_cue_prefix(d, first, cue)))
        first--;
    if (is_dependent(d, cue, c, last)) last++;
    if (cue->what & CUE_DEVICE) last = id_hibc_last(d, last);
    static const float scores[] = { 0, 0.7f, 0.85f, 0.95f, 0.98f };
    /* "K448271(3)": the check digit of an identity card */
    if (cue->worth >= CUE_LIKELY && doc_is_mark(d, last + 1, '(') && doc_joined(d, last + 1) &&
        doc_joined(d, last + 2) && doc_tok(d, (int64_t)last + 2)->len == 1 &&
        doc_is_mark(d, last + 3, ')'))
        last += 3;
    *f = doc_finding(d, first, last, cue_label(cue->what), cue->field ? RULE_ID_FIELD : RULE_ID_CUE,
                     scores[cue->worth]);
    if (!cue->field) {
        f->cue_start = d->tok[cue->first].start;
        f->cue_end = token_end(&d->tok[cue->last]);
    }
    *next = last + 1;
    return true;
}
