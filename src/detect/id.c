/* id.c — identifying numbers and codes of persons, accounts, plans, licences, vehicles and devices.
 *
 * Walks the numbers of a text, forms the code each stands in, reads the cue before it, and asks
 * id_checksum.c, id_cue.c and id_shape.c in turn. Values listed after a found one ("MRNs 123456,
 * 234567 and 345678") are taken when they have its form.
 * Source: 45 CFR 164.514(b)(2)(i)(H)–(M), (R). */
#include "detect/detectors.h"
#include "detect/id_kinds.h"
#include "detect/id_told.h"
#include "detect/shape.h"

struct previous { /* the last identifier found */
    uint32_t end; /* token after it; 0: none */
    enum label label;
    char shape[CODE_SHAPE];
};

/* "merged: 72-17-45-7 into 085073954", "MERGE 186520 INTO 0611477": two charts of a person become one. */
static bool is_merged(const struct doc *d, const struct previous *p, const struct code *c)
{
    enum { DIGITS = 5, REACH = 12 };
    const uint32_t to = p->end;
    if (!to || to + 1 != code_start(c) || p->label != LABEL_MRN || c->digits < DIGITS) return false;
    if (!doc_is_word(d, to, VIEW("into")) && !doc_is_word(d, to, VIEW("with")) &&
        !doc_is_word(d, to, VIEW("to")))
        return false;
    for (int64_t i = (int64_t)to - 1; i >= 0 && i + REACH > to; i--) {
        if (doc_is_word(d, i, VIEW("merge")) || doc_is_word(d, i, VIEW("merged"))) return true;
        if (d->tok[i].flags & TOK_LINE) break;
    }
    return false;
}

/* "serial ZB4015343 R and ZAV98016M L": one for each side, not always of one form. */
static bool is_other_side(const struct doc *d, const struct previous *p, const struct code *c)
{
    enum { LEAST = 6 };
    static const struct wordset_row rows[] = { { "l r lt rt left right od os", 1 }, { "and", 2 } };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    uint32_t i = p->end;
    if (!i || p->label != LABEL_DEVICE || !c->upper || c->measure || c->digits + c->letters < LEAST)
        return false;
    /* the side may be taken for the number's last letter */
    const bool own = wordset_class(s, doc_tok(d, (int64_t)i - 1)) & 1;
    const bool side = own || wordset_class(s, doc_tok(d, i)) & 1;
    i += side && !own;
    i += doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';') || doc_is_mark(d, i, '/') ||
         wordset_class(s, doc_tok(d, i)) & 2;
    const bool before = !side && wordset_class(s, doc_tok(d, i)) & 1;
    i += before;
    return (side || before) && i == code_start(c) && !(d->tok[i].flags & TOK_LINE);
}

static bool is_listed(const struct doc *d, const struct previous *p, const struct code *c)
{
    uint32_t first = code_start(c), from = p->end;
    if (!from || first <= from || first - from > 5 || c->digits < 4) return false;
    /* "MRNs 900121 (A) 900122 (B)" */
    if (doc_is_mark(d, from, '(') && doc_is_mark(d, (int64_t)from + 2, ')')) from += 3;
    if (from == p->end ? first - from > 2 : d->tok[first].flags & TOK_LINE) return false;
    for (uint32_t i = from; i < first; i++) {
        const struct token *t = &d->tok[i];
        view w = doc_view(d, i, i);
        bool joins = t->kind == TOK_MARK
                         ? t->hash == ',' || t->hash == ';' || t->hash == '/' || t->hash == '&'
                         : view_eq_nocase(w, VIEW("and")) || view_eq_nocase(w, VIEW("or")) ||
                               view_eq_nocase(w, VIEW("vs"));
        if (!joins) return false;
    }
    /* "chart 84895471 vs 385948", "Both 4090359 and 740811": of another form, but as long */
    const struct token *link = doc_tok(d, (int64_t)first - 1);
    if (c->digits >= 6 && !c->measure && link->kind == TOK_WORD && !code_is_round(d, c) &&
        !code_is_date(d, c) && strlen(p->shape) <= 2)
        return true;
    return p->shape[0] && strcmp(p->shape, c->shape) == 0;
}

static bool is_number_after(const struct doc *d, uint32_t i)
{
    const struct token *r = doc_tok(d, (int64_t)i + 1);
    return r->kind == TOK_NUMBER && !(r->flags & TOK_LINE) && r->len >= 2;
}

/* Small plain numbers without a mark before them are most of all numbers and never identifiers. */
static bool is_idle(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->len > 2 || doc_joined(d, i)) return false;
    if (doc_joined(d, i + 1)) {
        const struct token *r = &d->tok[i + 1];
        return r->kind == TOK_MARK && r->hash != '-' && r->hash != '/' && r->hash != '_';
    }
    const struct token *p = doc_tok(d, (int64_t)i - 1);
    /* "C 28 114 907": the first group of more */
    if (is_number_after(d, i)) return false;
    /* "plate KC 44 XF": letters on both sides */
    const struct token *n = doc_tok(d, (int64_t)i + 1);
    if (UNLIKELY((t->len == 2) & (p->len == 2) & (n->len == 2) &
                 ((p->flags & n->flags & TOK_UPPER) != 0)))
        return false;
    return !(p->kind == TOK_MARK && (p->hash == ':' || p->hash == '#')) &&
           !(cue_class_of(p) & (CUE_STRONG | CUE_NUMBER | CUE_LICENSE)); /* "DL 29 481 220" */
}

static bool is_in_address(const struct doc *d, const struct code *c)
{
    return (doc_joined(d, c->first) && doc_is_mark(d, (int64_t)c->first - 1, '@')) ||
           (doc_joined(d, c->last + 1) && doc_is_mark(d, c->last + 1, '@'));
}

/* "MRN123456", "Acct-9921": the code's own first word is the cue; the value begins after it. */
static bool is_own_cue(const struct doc *d, struct code *c, struct cue *cue)
{
    uint32_t class = cue_class_of(&d->tok[c->first]), value = c->first + 1;
    if (!(class & CUE_IDS) || !(class & CUE_STRONG) || value > c->last) return false;
    if (d->tok[value].kind == TOK_MARK) value++;
    *cue = (struct cue){
        .what = class & CUE_WHAT, .worth = CUE_PLAIN, .first = c->first, .last = c->first
    };
    c->letters -= d->tok[c->first].len;
    c->first = value;
    return true;
}

/* "REF 6570-0-136 LOT 44KX21": the maker's catalogue number, which many patients' devices have. */
static bool is_catalogue(const struct doc *d, const struct code *c, const struct cue *cue)
{
    enum { REACH = 4 };
    if (cue->field || !doc_is_word(d, cue->first, VIEW("ref"))) return false;
    for (int64_t i = (int64_t)c->last + 1; i <= (int64_t)c->last + REACH; i++)
        if (cue_class_of(doc_tok(d, i)) & (CUE_SYSTEM | CUE_DEVICE)) return true;
    return false;
}

/* "FIN 0098": the financial number of a stay, which is no word in capitals. */
static bool is_financial(const struct doc *d, const struct cue *cue)
{
    return !cue->field && !d->is_caseless && d->tok[cue->last].flags & TOK_UPPER &&
           doc_is_word(d, cue->last, VIEW("fin"));
}

static struct finding of_list(const struct doc *d, const struct code *c, const struct previous *p)
{
    return doc_finding(d, code_start(c), c->last, p->label, RULE_ID_LIST, 0.85f);
}

/* May the code be a part of a longer value? With nothing of it to the left, the cue is the code's own. */
static bool has_neighbour(const struct doc *d, const struct code *c, const struct cue *cue)
{
    const int64_t left = (int64_t)code_start(c) - 1, right = (int64_t)c->last + 1;
    const struct token *l = doc_tok(d, left), *r = doc_tok(d, right);
    const bool upper = ((l->flags & TOK_UPPER) != 0) & (l->len <= 4);
    /* most numbers have none of these: one branch */
    if (LIKELY(!(upper | ((cue->what & CUE_IDS) != 0) | doc_joined(d, code_start(c)))))
        return false;
    if (upper) return true;
    if (l->kind == TOK_MARK && doc_joined(d, code_start(c)) && doc_joined(d, left) &&
        doc_tok(d, left - 1)->flags & TOK_UPPER)
        return true;
    if (!(cue->what & CUE_IDS)) return false;
    if (c->measure) return true;
    if (doc_joined(d, right)) return r->kind == TOK_MARK && doc_joined(d, right + 1);
    return !(r->flags & TOK_LINE) &&
           (r->kind == TOK_NUMBER || (r->kind == TOK_WORD && r->flags & TOK_UPPER && r->len <= 4));
}

/* "enrolled as 04-0447" */
static bool is_entered(const struct doc *d, int64_t i)
{
    static const struct wordset_row rows[] = {
        { "enrolled registered booked admitted randomized randomised logged filed", 1 }
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), doc_tok(d, i)) != 0;
}

static bool find_one(const struct doc *d, struct code *c, const struct previous *p,
                     struct finding *f, uint32_t *next)
{
    struct cue cue;
    if (is_own_cue(d, c, &cue)) return id_by_cue(d, c, &cue, f, next);
    cue_before(d, c->first, &cue); /* a '#' before the code makes a cue surer */
    if (cue.what & CUE_SYSTEM && !(cue.what & CUE_IDS)) /* "plate 6h, lot 88P1182" is no car's */
        return (id_by_told(d, c, f, next) && f->label != LABEL_VEHICLE) || id_by_icd(d, c, &cue, f);
    if (is_catalogue(d, c, &cue)) return false;
    if (id_by_checksum(d, c, &cue, f) || id_by_told(d, c, f, next)) return true;
    if (has_neighbour(d, c, &cue) && id_by_series(d, c, f, next)) return true;
    if (cue.worth == CUE_HINT && is_financial(d, &cue)) cue.worth = CUE_CERTAIN;
    if (cue.worth && cue.what & CUE_IDS && id_by_cue(d, c, &cue, f, next)) return true;
    const enum cue_worth plain = id_plain_worth(d, c, &cue);
    if (plain) {
        cue.worth = (uint8_t)plain;
        if (id_by_cue(d, c, &cue, f, next)) return true;
    }
    const int64_t before = (int64_t)code_start(c) - 1;
    const uint32_t length = (uint32_t)c->digits + c->letters;
    if (length >= 6 && doc_is_mark(d, before, ':') && id_by_side(d, c, f)) return true;
    /* "Hearing aids left 1924X04Y7, right 1924X04Y8" */
    if (length >= 8 && c->letters && c->digits >= 4 && id_by_side(d, c, f)) return true;
    if (length >= 4 &&
        (doc_is_word(d, before, VIEW("under")) ||
         (doc_is_word(d, before, VIEW("as")) && is_entered(d, before - 1))) &&
        id_filed_under(d, c, f, next))
        return true;
    if (is_listed(d, p, c) || is_merged(d, p, c) || is_other_side(d, p, c)) {
        *f = of_list(d, c, p);
        return true;
    }
    /* a telephone or social security number is found as such; "The laboratory called: S-2010-81276" */
    uint32_t own = cue_class_of(&d->tok[c->first]);
    if ((cue.what | own) & (CUE_SSN | CUE_DOB) || own & CUE_CALLS) return false;
    if (cue.what & CUE_CALLS && !(cue.colon && c->letters && c->upper)) return false;
    return id_by_shape(d, c, f) || (UNLIKELY(length >= 6) && id_by_glue(d, c, f));
}

/* "W0367 21 445566", a blood unit's number as ISBT 128 prints it: its last token, or 0. */
static uint32_t donation_last(const struct doc *d, uint32_t i)
{
    const struct token *letter = doc_tok(d, (int64_t)i - 1), *year = doc_tok(d, (int64_t)i + 1),
                       *serial = doc_tok(d, (int64_t)i + 2);
    bool is = d->tok[i].len == 4 && doc_joined(d, i) && letter->kind == TOK_WORD &&
              letter->len == 1 && letter->flags & TOK_UPPER && !doc_joined(d, i - 1) &&
              year->kind == TOK_NUMBER && year->len == 2 && serial->kind == TOK_NUMBER &&
              serial->len == 6 && !((year->flags | serial->flags) & TOK_LINE);
    if (!is) return 0;
    /* "W2591 23 523949 25": its check digits */
    const struct token *check = doc_tok(d, (int64_t)i + 3);
    const bool checked = check->kind == TOK_NUMBER && check->len == 2 &&
                         !(check->flags & TOK_LINE) && !shape_opens_column(d, i + 3) &&
                         !d->shield[i + 3] &&
                         (doc_ends_line(d, i + 3) || !doc_joined(d, i + 4) ||
                          doc_tok(d, (int64_t)i + 4)->kind == TOK_MARK);
    return checked ? i + 3 : i + 2;
}

/* "9400 7099 7114 1477 4846 05", "7019 5338 4786 9637 0017": a parcel's or a letter's, as the post prints it. Its last
 * token, or 0. */
static uint32_t parcel_last(const struct doc *d, uint32_t i)
{
    enum { GROUPS = 5, CARD = 4, OF_LETTERS = 7100, APART = 4 };
    uint32_t k = i, odd = 0;
    uint64_t low = UINT64_MAX, high = 0;
    while (k < i + GROUPS && doc_tok(d, k)->kind == TOK_NUMBER && doc_tok(d, k)->len == 4 &&
           (k == i || !(d->tok[k].flags & TOK_LINE)) &&
           (!doc_joined(d, k + 1) || doc_tok(d, (int64_t)k + 1)->kind == TOK_MARK)) {
        const uint64_t v = d->tok[k++].hash;
        low = MIN(low, v);
        high = MAX(high, v);
        odd += (v % 100 >= 60 || v >= 2400) && (v < 1900 || v >= 2100) && v % 100;
    }
    /* "7680 8540 7909 0632": no times of day, no years; "urine 1875 2480 2260 1990 cc": one value, day by day */
    if (k == i + CARD)
        return odd >= 2 && high / APART >= low && !(doc_bits(d, k) & LEX(UNIT)) ? k - 1 : 0;
    if (k < i + GROUPS || d->tok[i].hash - 7000 >= 2600) return 0;
    const struct token *pair = doc_tok(d, k);
    if (pair->kind == TOK_NUMBER && pair->len == 2 && !(pair->flags & TOK_LINE)) return k;
    return d->tok[i].hash < OF_LETTERS ? k - 1 : 0;
}

/* "HR 72 80 96 B", "GI 120 230 340 US": the letters before token i are medicine's. */
static bool is_behind_medicine(const struct doc *d, uint32_t i)
{
    return doc_bits(d, (int64_t)i - 1) & (LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(UNIT)) ||
           d->shield[i] & SHIELD_MEASURE;
}

/* "DK 91 76 52 D": what Britain insures a person by. Its last token, or 0. */
static uint32_t insured_last(const struct doc *d, uint32_t i)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *r = doc_tok(d, (int64_t)i + 3);
    if (l->kind != TOK_WORD || l->len != 2 || r->kind != TOK_WORD || r->len != 1 ||
        !(l->flags & r->flags & TOK_UPPER) || doc_joined(d, i) || doc_joined(d, i + 3) ||
        d->text.p[r->start] > 'D' || is_behind_medicine(d, i))
        return 0;
    for (uint32_t k = i; k < i + 3; k++)
        if (doc_tok(d, k)->kind != TOK_NUMBER || doc_tok(d, k)->len != 2 ||
            doc_tok(d, k)->flags & TOK_LINE)
            return 0;
    return r->flags & TOK_LINE ? 0 : i + 3;
}

/* "EH 952 298 489 US": what goes by post between countries. Its last token, or 0. */
static uint32_t mail_last(const struct doc *d, uint32_t i)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *r = doc_tok(d, (int64_t)i + 3);
    if (l->len != 2 || r->len != 2 || !(l->flags & r->flags & TOK_UPPER) || l->kind != TOK_WORD ||
        r->kind != TOK_WORD || doc_joined(d, i) || doc_joined(d, i + 3) || is_behind_medicine(d, i))
        return 0;
    for (uint32_t k = i; k < i + 3; k++)
        if (doc_tok(d, k)->kind != TOK_NUMBER || doc_tok(d, k)->len != 3 ||
            doc_tok(d, k)->flags & TOK_LINE)
            return 0;
    return r->flags & TOK_LINE ? 0 : i + 3;
}

/* "GB26BARC 3381 8758 3104 33", "DE88 7512 1722 0282 1676 78": an account as Europe prints it, of which the first group of
 * four digits is token i. Its last token, or 0; *first. */
static uint32_t iban_last(const struct doc *d, uint32_t i, uint32_t *first)
{
    enum { GROUPS = 3 };
    int64_t check = (int64_t)i - 1; /* the two digits behind the country */
    if (doc_tok(d, check)->kind == TOK_WORD && doc_tok(d, check)->len == 4) check--;
    const struct token *c = doc_tok(d, check), *land = doc_tok(d, check - 1);
    if (c->kind != TOK_NUMBER || c->len != 2 || land->kind != TOK_WORD || land->len != 2 ||
        !(land->flags & TOK_UPPER) || !doc_joined(d, check))
        return 0;
    uint32_t k = i;
    while (doc_tok(d, k)->kind == TOK_NUMBER && doc_tok(d, k)->len == 4 && !doc_joined(d, k) &&
           !(doc_tok(d, k)->flags & TOK_LINE))
        k++;
    if (k < i + GROUPS) return 0;
    const struct token *rest = doc_tok(d, k);
    *first = (uint32_t)check - 1;
    return rest->kind == TOK_NUMBER && rest->len < 4 && !(rest->flags & TOK_LINE) ? k : k - 1;
}

/* Could token i open that? Few numbers do. */
static inline bool may_be_parcel(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *l = &d->tok[i - (i > 0)];
    if (t->len == 3) return (l->len == 2) & ((l->flags & TOK_UPPER) != 0);
    return (t->len == 4) & (doc_tok(d, (int64_t)i + 1)->len == 4) &&
           doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER;
}

/* "A# A 208 441 773", "A-number A208 441 773": what the immigration service numbers a person by. The last token, or 0. */
static uint32_t alien_last(const struct doc *d, uint32_t i)
{
    const struct token *a = doc_tok(d, (int64_t)i - 1);
    if (d->tok[i].len != 3 || a->len != 1 || !(a->flags & TOK_UPPER) || i < 3) return 0;
    for (uint32_t k = i; k <= i + 2; k++) {
        const struct token *t = doc_tok(d, k);
        if (t->kind != TOK_NUMBER || t->len != 3 || (k > i && t->flags & TOK_LINE)) return 0;
    }
    if (d->text.p[a->start] != 'A' || (doc_joined(d, i + 3) && doc_tok(d, i + 3)->kind != TOK_MARK))
        return 0;
    /* "A#", "Alien no.", "A-number", "A-file" */
    const bool told = doc_is_mark(d, (int64_t)i - 2, '#') ||
                      cue_class_of(doc_tok(d, (int64_t)i - 2)) & (CUE_NUMBER | CUE_ID);
    return told ? i + 2 : 0;
}

/* "FM 58334 N": how New York, Minnesota and others number who is on Medicaid. The last token, or 0. */
static uint32_t client_last(const struct doc *d, uint32_t i)
{
    const struct token *n = &d->tok[i], *l = doc_tok(d, (int64_t)i - 1),
                       *r = doc_tok(d, (int64_t)i + 1);
    if (l->len != 2 || r->len != 1 || !(l->flags & r->flags & TOK_UPPER) ||
        (n->flags | r->flags) & TOK_LINE || doc_joined(d, i) || doc_joined(d, i + 1) ||
        doc_joined(d, i - 1) || d->is_caseless)
        return 0;
    /* "MN 55802 A niece": a ZIP code and a new sentence */
    const bool article = (doc_bits(d, (int64_t)i + 1) & LEX(FUNCTION)) != 0;
    return article && doc_bits(d, (int64_t)i - 1) & LEX(STATE_CODE) ? 0 : i + 1;
}

/* A small number with letters on it, "LB07", "7GHQ2P", in what is no grade or level: it may be part of a code that the
 * words before it speak of. */
static bool is_told_code(const struct doc *d, uint32_t i, struct code *c)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *r = doc_tok(d, (int64_t)i + 1);
    bool left = doc_joined(d, i) && l->kind == TOK_WORD;
    /* "rego HWI-527 in the creek": no inches */
    left |= l->kind == TOK_MARK && l->hash == '-' && doc_joined(d, i) &&
            doc_joined(d, (int64_t)i - 1) && doc_tok(d, (int64_t)i - 2)->flags & TOK_UPPER;
    bool right = doc_joined(d, i + 1) && r->kind == TOK_WORD && r->flags & TOK_UPPER;
    if (d->shield[i] & SHIELD_TAG || (!left && !right)) return false;
    code_around(d, i, c);
    /* "KDA 447X": the letters before it are of the same plate */
    const struct token *p = doc_tok(d, (int64_t)c->first - 1),
                       *n = doc_tok(d, (int64_t)c->last + 1);
    if (!c->shape[0]) return false;
    uint32_t least = (p->flags & TOK_UPPER && p->len <= 4) || c->digits >= 5 ||
                             (n->flags & TOK_UPPER && n->len <= 3) ||
                             (c->digits == 4 && id_is_fleet(d, (int64_t)c->first - 1)) ||
                             (c->letters == 1 && ascii_is_digit(c->shape[0]) &&
                              ascii_is_digit(c->shape[strlen(c->shape) - 1])) /* "12U81" */
                         ? 1
                         : 2;
    return c->digits >= 1 && c->letters >= least && !c->measure;
}

static bool find_told(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next)
{
    enum { LONG = 12 };
    struct cue cue;
    if (id_by_told(d, c, f, next)) return true;
    if (c->letters + c->digits < 6) return false;
    cue_before(d, c->first, &cue);
    if (cue.what & CUE_SYSTEM) return false;
    const enum cue_worth plain = id_plain_worth(d, c, &cue);
    if (plain) cue.worth = (uint8_t)plain; /* "Subject 207MA99", "Group: V20260L" */
    if (cue.worth && cue.what & CUE_IDS && id_by_cue(d, c, &cue, f, next)) return true;
    if (c->letters >= 2 && c->letters + c->digits >= 8 && c->digits >= 4 && id_by_side(d, c, f)) {
        *next = c->last + 1;
        return true;
    }
    /* "7RTQX-2KWPD-N8Z3M" */
    if (c->letters + c->digits < LONG || !id_by_shape(d, c, f)) return false;
    *next = c->last + 1;
    return true;
}

/* Most measures have few digits and stand apart: told in one branch before more is looked at. */
static inline bool may_be_shielded(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    const bool led =
        (t->len >= 2) & !(t->flags & TOK_SPACE) & (d->tok[i - (i > 0)].kind == TOK_WORD);
    return UNLIKELY(((t->len >= 4) | led) & !(d->shield[i] & SHIELD_TAG));
}

/* What reads like a measure in another place: "filed under 441524", "ICD 8257219671", "Path C24.5451". */
static bool find_shielded(const struct doc *d, uint32_t i, struct code *c, struct finding *f,
                          uint32_t *next)
{
    struct cue cue;
    const struct token *t = &d->tok[i], *l = doc_tok(d, (int64_t)i - 1);
    const bool led = doc_joined(d, i) && l->kind == TOK_WORD;
    if (t->len == 2 && (l->len > 1 || !doc_is_mark(d, i + 1, '.'))) return false;
    const int64_t before = (int64_t)i - 1 - led;
    const bool under = doc_is_word(d, before, VIEW("under")),
               icd = doc_is_word(d, before, VIEW("icd"));
    if (!under && !icd && t->len > 2) return false;
    code_around(d, i, c);
    *next = c->last + 1;
    if (under) return id_filed_under(d, c, f, next);
    if (!icd) return id_is_dotted_specimen(d, c) && id_by_shape(d, c, f);
    cue_before(d, c->first, &cue);
    return id_by_icd(d, c, &cue, f);
}

err id_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct previous p = { 0 };
    uint32_t next = 0;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        uint32_t i = d->digits.v[k];
        struct code c;
        struct finding f;
        if (i < next) continue;
        if (!(d->shield[i] & SHIELD_TAG) && id_by_uuid(d, i, &f, &next)) {
            TRY(findings_add(out, f));
            continue;
        }
        if (d->shield[i] & (SHIELD_MEASURE | SHIELD_TAG)) {
            if (may_be_shielded(d, i) && find_shielded(d, i, &c, &f, &next)) {
                TRY(findings_add(out, f));
                continue;
            }
            if (!is_told_code(d, i, &c)) continue;
            if (is_other_side(d, &p, &c)) {
                next = c.last + 1;
                TRY(findings_add(out, of_list(d, &c, &p)));
            } else if (find_told(d, &c, &f, &next)) {
                TRY(findings_add(out, f));
            }
            continue;
        }
        if (is_idle(d, i)) continue;
        uint32_t gs1 = d->tok[i].len == 2 ? id_gs1_last(d, i) : 0;
        if (gs1) {
            next = gs1 + 1;
            TRY(findings_add(out, doc_finding(d, i - 1, gs1, LABEL_DEVICE, RULE_ID_CODE, 0.95f)));
            continue;
        }
        uint32_t parcel = 0, from = i;
        if (UNLIKELY(may_be_parcel(d, i)) && !(parcel = iban_last(d, i, &from)))
            parcel = parcel_last(d, i);
        if (parcel) {
            next = parcel + 1;
            TRY(findings_add(out, doc_finding(d, from, parcel, from < i ? LABEL_ACCOUNT : LABEL_ID,
                                              RULE_ID_CODE, 0.85f)));
            continue;
        }
        uint32_t donation = donation_last(d, i);
        if (!donation) donation = alien_last(d, i);
        if (d->tok[i].len == 5 && !donation) donation = client_last(d, i);
        if (d->tok[i].len == 3 && !donation) donation = mail_last(d, i);
        if (d->tok[i].len == 2 && !donation) donation = insured_last(d, i);
        if (donation) {
            next = donation + 1;
            TRY(findings_add(out, doc_finding(d, i - 1, donation, LABEL_ID, RULE_ID_CODE, 0.85f)));
            continue;
        }
        code_around(d, i, &c);
        next = c.last + 1;
        if (is_in_address(d, &c) || !find_one(d, &c, &p, &f, &next)) continue;
        /* "DX935060(0)": the check digit of an identity card */
        if (c.digits == 6 && c.letters && c.letters <= 2 && doc_is_mark(d, next, '(') &&
            doc_joined(d, next) && doc_tok(d, (int64_t)next + 1)->len == 1 &&
            doc_tok(d, (int64_t)next + 1)->kind == TOK_NUMBER && doc_is_mark(d, next + 2, ')')) {
            f.end = token_end(&d->tok[next + 2]);
            next += 3;
        }
        p.end = next;
        p.label = (enum label)f.label;
        memcpy(p.shape, c.shape, sizeof p.shape);
        TRY(findings_add(out, f));
    }
    TRY(id_told_words(d, out));
out:
    return e;
}
