/* phone.c — telephone, fax and pager numbers, and extensions.
 *
 * A number is a row of digit groups with the marks that people put between them. Its form alone
 * speaks when it is the North American 3-3-4, begins with "+", or with the 0 of a national prefix;
 * plainer numbers (seven digits, ten in one run, in-house four) need a word such as "call" or "fax".
 * Not: fractions, CPT ranges, doses (shield_measure.c), values of an identifier cue (id_cue.c).
 * Source: 45 CFR 164.514(b)(2)(i)(D), (E). */
#include "detect/cue.h"
#include "detect/detectors.h"
#include "detect/measure_words.h"
#include "detect/number_row.h"
#include "detect/shape.h"

enum { GROUPS_MAX = 8, DIGITS_MAX = 15 };

struct number {
    uint32_t first, last; /* tokens, brackets and '+' included */
    uint32_t n;           /* groups */
    uint32_t digits;
    uint8_t len[GROUPS_MAX];
    uint32_t tok[GROUPS_MAX];
    bool plus, bracket, blanks; /* blanks: only blanks part the groups */
    bool slash;                 /* '/' parts two of them */
};

static bool is_group_mark(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '-') || doc_is_mark(d, i, '.') || doc_is_mark(d, i, '/');
}

/* The token of the group after token `at`, or 0. */
static uint32_t next_group(const struct doc *d, uint32_t at, bool after_country, bool *marked)
{
    uint32_t i = at + 1;
    *marked = false;
    if (doc_is_mark(d, i, ')') && doc_joined(d, i)) {
        i++, *marked = true;
        if (doc_is_mark(d, i, '_') && doc_joined(d, i)) i++; /* "(617)_555-2231" */
    }
    if (is_group_mark(d, i)) {
        /* "555. 0123" is two sentences */
        if (doc_is_mark(d, i, '.') && !doc_joined(d, i + 1)) return 0;
        i++, *marked = true;
    }
    /* a bracket inside a number holds the area, or the trunk prefix: "+44 (0)20 7946" */
    if (doc_is_mark(d, i, '(') && doc_is_mark(d, i + 2, ')') &&
        (after_country || doc_tok(d, i + 1)->len == 1))
        i++, *marked = true;
    if (doc_tok(d, i)->kind != TOK_NUMBER || doc_tok(d, i)->flags & TOK_PARA) return 0;
    if (doc_tok(d, i)->flags & TOK_LINE && !*marked) return 0;
    return doc_joined(d, i) || i > at + 1 || doc_tok(d, i)->flags & TOK_SPACE ? i : 0;
}

static void take(const struct doc *d, struct number *n, uint32_t i)
{
    n->tok[n->n] = i;
    n->len[n->n++] = (uint8_t)MIN(d->tok[i].len, 255);
    n->digits += d->tok[i].len;
    n->last = i;
}

/* All groups that could belong to a number that begins at i. */
static inline __attribute__((always_inline)) void read_groups(const struct doc *d, uint32_t i,
                                                              struct number *n)
{
    bool marked;
    *n = (struct number){ .first = i, .blanks = true };
    take(d, n, i);
    if (doc_joined(d, i) && doc_is_mark(d, (int64_t)i - 1, '(') && doc_is_mark(d, i + 1, ')'))
        n->bracket = true, n->first--;
    if (n->first && doc_joined(d, n->first) && doc_is_mark(d, (int64_t)n->first - 1, '+'))
        n->plus = true, n->first--;
    while (n->n < GROUPS_MAX) {
        uint32_t next = next_group(d, n->last, n->n == 1 && n->len[0] <= 3, &marked);
        if (!next || d->tok[next].len + n->digits > DIGITS_MAX) break;
        if (!marked && !n->plus && shape_is_wide_gap(d, next)) break; /* another column */
        if (marked) n->blanks = false;
        n->slash |= marked && doc_is_mark(d, n->last + 1, '/');
        take(d, n, next);
    }
}

/* Keeps the first k groups. */
static void cut(const struct doc *d, struct number *n, uint32_t k)
{
    n->digits = 0;
    n->n = k;
    for (uint32_t i = 0; i < k; i++)
        n->digits += d->tok[n->tok[i]].len;
    n->last = n->tok[k - 1];
}

/* Does the number stop at its last token? Not "617-555-0123-4", "555-0123mg". */
static bool ends(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, last + 1);
    if (!doc_joined(d, last + 1)) return true;
    if (t->kind == TOK_WORD) return doc_is_word(d, last + 1, VIEW("x")) || t->flags & TOK_CAP;
    if (t->hash == '-' || t->hash == '.' || t->hash == '/' || t->hash == ',')
        return !doc_joined(d, last + 2) || doc_tok(d, last + 2)->kind != TOK_NUMBER ||
               t->hash == '/' || t->hash == ',';
    return t->hash != '%' && t->hash != '@';
}

/* Does it begin there? Not after "12-", "HP-", "$", "1.". */
static bool begins(const struct doc *d, uint32_t first)
{
    const struct token *p = doc_tok(d, (int64_t)first - 1);
    if (!doc_joined(d, first)) return true;
    if (p->kind != TOK_MARK) return p->kind == TOK_WORD && cue_class_of(p) & CUE_CALLS;
    if (p->hash == '-' || p->hash == '.' || p->hash == '/' || p->hash == '_')
        return doc_tok(d, (int64_t)first - 2)->kind == TOK_WORD &&
               (cue_class_of(doc_tok(d, (int64_t)first - 2)) & (CUE_CALLS | CUE_NUMBER)) != 0;
    return p->hash != '$' && p->hash != '@' && p->hash != '+' && p->hash != ',';
}

/* [1] 3 3 4 from group 0: how many groups, or 0. */
static uint32_t is_north_american(const struct doc *d, const struct number *n)
{
    uint32_t k = n->len[0] == 1 && d->tok[n->tok[0]].hash == 1 ? 1 : 0;
    if (n->n < k + 3 || n->len[k] != 3 || n->len[k + 1] != 3 || n->len[k + 2] != 4) return 0;
    uint64_t area = d->tok[n->tok[k]].hash, exchange = d->tok[n->tok[k + 1]].hash;
    bool callable = area >= 200 && exchange >= 200;
    return n->blanks && !n->plus && !callable ? 0 : k + 3;
}

/* Five pairs beginning with 0, as in France: "03.93.92.16.85". */
static bool is_pairs(const struct doc *d, const struct number *n)
{
    if (n->n != 5 || n->digits != 10 || d->text.p[d->tok[n->tok[0]].start] != '0') return false;
    for (uint32_t i = 0; i < 5; i++)
        if (n->len[i] != 2) return false;
    return true;
}

static bool is_extension_word(const struct doc *d, uint32_t i)
{
    return doc_is_word(d, i, VIEW("x")) || doc_is_word(d, i, VIEW("ext")) ||
           doc_is_word(d, i, VIEW("extn")) || doc_is_word(d, i, VIEW("extension"));
}

/* After a number that ends at `last`: " x22", ", ext. 301"; the new last token. */
static uint32_t with_extension(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 1;
    if (doc_is_mark(d, i, ',')) i++;
    if (doc_is_mark(d, i, '(')) i++;
    if (!is_extension_word(d, i)) return last;
    bool letter = d->tok[i].len == 1;
    i++;
    if (doc_is_mark(d, i, '.') || doc_is_mark(d, i, ':')) i++;
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_NUMBER || t->len > 6 || (letter && !doc_joined(d, i) && t->len < 2))
        return last;
    return i;
}

/* "(fax)", "- fax" after the number. */
static bool fax_follows(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 1;
    if (!doc_is_mark(d, i, '(') && !doc_is_mark(d, i, '-')) return false;
    return cue_class_of(doc_tok(d, i + 1)) & CUE_FAX;
}

struct state {    /* the last number found: lists pass their cue on */
    uint32_t end; /* token after it; 0: none */
    enum label label;
};

static err emit(const struct doc *d, struct state *s, const struct number *n, const struct cue *c,
                enum rule rule, float score, struct findings *out)
{
    /* "T: 617-555-0123 F: 617-555-0199" */
    bool letter = doc_is_mark(d, (int64_t)n->first - 1, ':') &&
                  doc_is_word(d, (int64_t)n->first - 2, VIEW("f"));
    bool fax = (c->what & CUE_FAX) || letter || fax_follows(d, n->last) ||
               (s->end && s->label == LABEL_FAX && rule == RULE_PHONE_CUE && !c->what);
    struct finding f = doc_finding(d, n->first, with_extension(d, n->last),
                                   fax ? LABEL_FAX : LABEL_PHONE, rule, score);
    if (c->what && !c->field) {
        f.cue_start = d->tok[c->first].start;
        f.cue_end = token_end(&d->tok[c->last]);
    }
    s->label = (enum label)f.label;
    s->end = n->last + 1;
    return findings_add(out, f);
}

/* Only ',', "or", "and", "/" since the last number. */
static bool is_listed(const struct doc *d, const struct state *s, uint32_t first)
{
    if (!s->end || first <= s->end || first - s->end > 2) return false;
    for (uint32_t i = s->end; i < first; i++)
        if (!doc_is_mark(d, i, ',') && !doc_is_mark(d, i, '/') && !doc_is_mark(d, i, ';') &&
            !doc_is_word(d, i, VIEW("or")) && !doc_is_word(d, i, VIEW("and")))
            return false;
    return true;
}

/* "773-555-0102, -0103": the last digits of the next number of a list. */
static bool is_listed_ending(const struct doc *d, const struct state *s, uint32_t i)
{
    return s->end && d->tok[i].len == 4 && doc_joined(d, i) &&
           doc_is_mark(d, (int64_t)i - 1, '-') && !doc_joined(d, i - 1) && is_listed(d, s, i - 1);
}

/* "5-1234", from one desk of a hospital to another. */
static bool is_in_house(const struct number *n)
{
    return n->n >= 2 && n->len[0] == 1 && n->len[1] == 4;
}

static bool is_word_pair(const struct doc *d, int64_t i, view a, view b)
{
    return doc_is_word(d, i, b) && doc_is_word(d, i - 1, a);
}

/* "(H) 726-5861": home, cell, work, mobile, office. */
static bool is_after_letter(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, (int64_t)i - 2);
    return doc_is_mark(d, (int64_t)i - 1, ')') && doc_is_mark(d, (int64_t)i - 3, '(') &&
           t->kind == TOK_WORD && t->len == 1 && strchr("hcwmo", ascii_lower(d->text.p[t->start]));
}

static bool is_whole_line(const struct doc *d, uint32_t first, uint32_t last)
{
    return (first == 0 || d->tok[first].flags & TOK_LINE) &&
           (last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE);
}

/* "call 864 0136": two groups that no row of values has. */
static bool is_plain_pair(const struct doc *d, const struct number *n)
{
    return d->tok[n->tok[0]].hash >= 200 && !number_is_row(d, n->tok[0], n->tok[1]);
}

/* "contact Lu (wife) 864 0136", "called son 9123 4417": the cue, and who, by name or kin. */
static bool is_called_who(const struct doc *d, uint32_t first)
{
    enum { REACH = 6 };
    for (int64_t i = (int64_t)first - 1, n = 0; i >= 0 && n < REACH; i--, n++) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE) return false;
        if (t->kind == TOK_MARK) {
            if (t->hash != '(' && t->hash != ')' && t->hash != ',' && t->hash != '.') return false;
            continue;
        }
        if (t->kind == TOK_NUMBER) return false;
        if (cue_class_of(t) & (CUE_PHONE | CUE_PAGER)) return n > 0;
        if (!(t->flags & TOK_CAP) && !(doc_bits(d, i) & (LEX(RELATIVE) | LEX(TITLE)))) return false;
    }
    return false;
}

/* With a word for telephones before it, a number may be plain. */
static bool is_cued_number(const struct doc *d, struct number *n, const struct cue *c)
{
    bool pager = c->what & CUE_PAGER;
    bool sure =
        c->colon || (pager && doc_is_word(d, c->last, VIEW("pgr"))) || c->number ||
        c->what & CUE_FAX || (pager && doc_is_word(d, c->last, VIEW("pager"))) ||
        (pager &&
         (doc_is_word(d, c->last, VIEW("bleep")) || doc_is_word(d, c->last, VIEW("beeper")))) ||
        (pager && doc_is_word(d, (int64_t)n->first - 1, VIEW("at"))) || /* "page me at 98468" */
        doc_is_word(d, c->last, VIEW("callback")) ||
        is_word_pair(d, c->last, VIEW("by"), VIEW("telephone")) ||
        is_word_pair(d, c->last, VIEW("direct"), VIEW("line"));
    if (n->n >= 2 && n->len[0] == 3 && n->len[1] == 4 &&
        (!n->blanks || sure || is_plain_pair(d, n))) {
        cut(d, n, 2);
        return true;
    }
    if (n->len[0] == 7 || n->len[0] == 10 ||
        (n->len[0] == 11 && (d->text.p[d->tok[n->tok[0]].start] == '1' ||
                             d->text.p[d->tok[n->tok[0]].start] == '0'))) {
        cut(d, n, 1);
        return true;
    }
    if (n->digits >= 8 && n->n >= 2 && n->len[1] >= 2) return true;
    if (is_in_house(n)) {
        cut(d, n, 2);
        return !n->blanks;
    }
    if (n->len[0] < 4 || n->len[0] > 6) return pager && sure && n->len[0] == 3;
    uint64_t v = d->tok[n->tok[0]].hash;
    bool year = n->len[0] == 4 && v >= 1900 && v < 2100 && !c->colon;
    cut(d, n, 1);
    return sure && !year;
}

/* "0700 1200/850", "0415-1445 600", "0900 210 185": a time of day and what was measured then, or from then
 * on. Only "0121 496 0000" has the form of a number all the same. */
static bool is_timed_row(const struct doc *d, const struct number *n)
{
    if (n->slash) return true;
    if (!number_is_clock(&d->tok[n->tok[0]])) return false;
    const bool form = n->n == 3 && n->len[1] == 3 && n->len[2] == 4;
    return !form || (n->blanks && number_is_row(d, n->tok[0], n->last));
}

/* "Paged Dr. Yee at", "called Ada Mohr RN at" before token `first`: only capital words between. */
static bool is_called_at(const struct doc *d, uint32_t first)
{
    enum { REACH = 8 };
    if (!doc_is_word(d, (int64_t)first - 1, VIEW("at"))) return false;
    for (int64_t i = (int64_t)first - 2; i >= 0 && i > (int64_t)first - REACH; i--) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE) return false;
        if (t->kind == TOK_WORD && cue_class_of(t) & (CUE_CALLS | CUE_VERB)) return true;
        if (t->kind == TOK_NUMBER || (t->kind == TOK_WORD && t->flags & TOK_LOWER)) return false;
    }
    return false;
}

/* "814-555-O177" with a letter that looks like a digit behind a word for telephones, "1-800-555-HELP": three
 * groups of which the last is of letters, or has one. Its last token becomes the number's. */
static bool spelled(const struct doc *d, struct number *n, const struct cue *c)
{
    const uint32_t k = n->len[0] == 1 && d->tok[n->tok[0]].hash == 1 ? 1 : 0;
    uint32_t i = n->last + 2, length = 0, letters = 0;
    if (n->n != k + 2 || n->len[k] != 3 || n->len[k + 1] != 3 || !is_group_mark(d, n->last + 1) ||
        !doc_joined(d, n->last + 1) || !doc_joined(d, i))
        return false;
    for (; i < d->n && doc_joined(d, i) && d->tok[i].kind != TOK_MARK && length < 4; i++) {
        if (d->tok[i].kind == TOK_WORD && !(d->tok[i].flags & TOK_UPPER)) return false;
        letters += d->tok[i].kind == TOK_WORD ? d->tok[i].len : 0;
        length += d->tok[i].len;
    }
    const uint64_t area = d->tok[n->tok[k]].hash;
    const bool toll_free = area == 800 || (area >= 833 && area <= 888 && area % 11 == 8);
    if (length != 4 || !ends(d, i - 1)) return false;
    if (letters == 4 ? !(toll_free || c->what) : letters != 1 || !c->what) return false;
    n->last = i - 1;
    return true;
}

/* "(814)5550177", "814-5550177", "cell 814 5550177": the area, and the rest in one */
static bool is_area_and_rest(const struct doc *d, const struct number *n)
{
    if (n->n < 2 || n->len[0] != 3 || n->len[1] != 7 || n->blanks) return false;
    if (n->bracket) return doc_joined(d, n->tok[1]);
    return doc_is_mark(d, n->tok[0] + 1, '-') && doc_joined(d, n->tok[1]) &&
           d->tok[n->tok[0]].hash >= 200 && d->tok[n->tok[1]].hash >= 2000000;
}

static inline bool may_be_spaced(const struct doc *d, uint32_t i)
{
    if (d->tok[i].len > 1 || doc_tok(d, i + 1)->kind != TOK_NUMBER) return false;
    return doc_is_mark(d, i + 3, '-') && doc_tok(d, i + 1)->len == 1 &&
           doc_tok(d, i + 2)->len == 1 &&
           !(wordset_class(measure_words(), doc_tok(d, (int64_t)i - 1)) & (MW_PAIR | MW_BEFORE));
}

/* "5 5 5 - 0 1 5 3", "2 0 3 - 5 5 5 - 0 1 9 1": digit by digit, with the dashes of a number. Its last token becomes
 * the number's. Strengths and tests are told digit by digit too, without them. */
static bool is_spaced(const struct doc *d, struct number *n)
{
    static const uint8_t groups[] = { 3, 3, 4 };
    uint32_t i = n->first;
    for (int from = 0; from < 2; from++) {
        i = n->first;
        bool fits = true;
        for (size_t g = (size_t)from; g < COUNT_OF(groups) && fits; g++) {
            for (int k = 0; k < groups[g] && fits; k++, i++)
                fits = doc_tok(d, i)->kind == TOK_NUMBER && doc_tok(d, i)->len == 1 &&
                       (i == n->first || !(d->tok[i].flags & TOK_LINE));
            if (fits && g + 1 < COUNT_OF(groups)) fits = doc_is_mark(d, i++, '-');
        }
        if (!fits || (doc_tok(d, i)->kind == TOK_NUMBER && !(doc_tok(d, i)->flags & TOK_LINE)))
            continue;
        n->last = i - 1;
        return true;
    }
    return false;
}

static err at_number(const struct doc *d, uint32_t i, struct state *s, struct findings *out,
                     uint32_t *next)
{
    struct number n;
    struct cue c = { .first = i, .last = i };
    uint32_t len = d->tok[i].len, k;
    read_groups(d, i, &n);
    if (may_be_spaced(d, i) && is_spaced(d, &n)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    bool in_house = is_in_house(&n) && doc_is_mark(d, i + 1, '-');
    if (len <= 2 && !n.plus && d->tok[i].hash != 1 && !in_house) {
        /* "60-56-85-91", "21 284 698 2548" abroad */
        if (n.n < 3 || n.digits < 8 || d->shield[i] & SHIELD_MEASURE) return OK;
    }
    /* "pH 7.12/7.24" */
    if (len == 1 && !n.plus && d->tok[i].hash != 1 && doc_is_mark(d, i + 1, '.')) return OK;
    if (n.n == 1 && len < 4 && !n.plus) {
        /* three digits are a number only for a pager */
        if (len != 3 || cue_before(d, i, &c) == CUE_NONE || !(c.what & CUE_PAGER)) return OK;
    }
    if (is_listed_ending(d, s, i)) {
        cut(d, &n, 1);
        *next = i + 1;
        return emit(d, s, &n, &c, RULE_PHONE_CUE, 0.8f, out);
    }
    if (!begins(d, n.first)) return OK;
    cue_before(d, n.first, &c);
    bool of_id = c.what & (CUE_IDS | CUE_SSN) && c.worth >= CUE_LIKELY;
    if (of_id || c.what & CUE_SYSTEM) return OK;
    if (!(c.what & CUE_CALLS)) c.what = 0;

    if (is_area_and_rest(d, &n) && ends(d, n.tok[1])) { /* "(814)5550177", "814-5550177" */
        cut(d, &n, 2);
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.9f, out);
    }
    if (spelled(d, &n, &c)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.85f, out);
    }
    k = is_north_american(d, &n);
    if (k && n.blanks && !n.plus && !c.what && number_is_row(d, n.tok[0], n.tok[k - 1])) return OK;
    if (k && ends(d, n.tok[k - 1])) {
        cut(d, &n, k);
        *next = n.last + 1;
        return emit(d, s, &n, &c, c.what ? RULE_PHONE_CUE : RULE_PHONE_SHAPE,
                    c.what ? 0.98f : 0.95f, out);
    }
    if (n.plus && n.digits >= 8 && ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.95f, out);
    }
    /* "020 7946 0958", "07700 900123" */
    if (d->text.p[d->tok[i].start] == '0' && len >= 3 && len <= 5 && n.n >= 2 && n.n <= 4 &&
        (n.digits == 10 || n.digits == 11) && !(d->shield[i] & SHIELD_MEASURE) &&
        (c.what || !is_timed_row(d, &n)) && ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    /* "03 5555 0188" abroad; "03 1200 1400" are times */
    if (n.n == 3 && len == 2 && d->text.p[d->tok[i].start] == '0' && n.len[1] == 4 &&
        n.len[2] == 4 && !n.slash && (c.what || !number_is_clock(&d->tok[n.tok[1]])) &&
        !(d->shield[i] & SHIELD_MEASURE) && ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    if (is_pairs(d, &n) && ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    bool listed = is_listed(d, s, n.first) && (n.n >= 2 || len >= 4);
    if (listed) c.colon = true;
    if ((c.what || listed) && !(d->shield[i] & SHIELD_MEASURE) && is_cued_number(d, &n, &c) &&
        ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_CUE, 0.9f, out);
    }
    if (n.n >= 2 && (n.len[0] == 3 || n.len[0] == 4) && n.len[1] == 4 && !n.slash &&
        (n.len[0] == 3 || !number_is_clock(&d->tok[i])) && is_called_who(d, n.first) &&
        is_plain_pair(d, &n) && ends(d, n.tok[1])) {
        cut(d, &n, 2);
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_CUE, 0.75f, out);
    }
    bool called = is_called_at(d, n.first);
    bool desk =
        (n.n == 1 && (len == 4 || len == 5) && !number_is_clock(&d->tok[i])) || is_in_house(&n);
    if (called && desk && !(d->shield[i] & SHIELD_MEASURE) && ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_EXTENSION, 0.8f, out);
    }
    bool at_end = doc_is_word(d, (int64_t)n.first - 1, VIEW("at")) &&
                  (n.last + 1 >= d->n || d->tok[n.last + 1].flags & TOK_LINE);
    /* "sent to St. James Pharmacy, 304-1517" */
    bool shop = doc_is_mark(d, (int64_t)n.first - 1, ',') && d->tok[i].hash >= 200 &&
                doc_bits(d, (int64_t)n.first - 2) & LEX(ORG_HEAD) &&
                doc_tok(d, (int64_t)n.first - 2)->flags & TOK_CAP;
    bool told = shop || d->tok[i].hash == 555 || is_after_letter(d, n.first) || called || at_end ||
                (d->tok[i].hash >= 200 && n.n == 2 && is_whole_line(d, n.first, n.last));
    if (n.n >= 2 && n.len[0] == 3 && n.len[1] == 4 && told && !n.blanks && ends(d, n.tok[1])) {
        cut(d, &n, 2);
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.7f, out);
    }
    return OK;
}

/* "x3131", "ext. 4410", "extension 5-1234" with no number before them. */
static err extension(const struct doc *d, uint32_t i, struct state *s, struct findings *out)
{
    struct cue c;
    uint32_t w = i - 1, last = i;
    if (doc_is_mark(d, w, '.') || doc_is_mark(d, w, ':') || doc_is_mark(d, w, '#')) w--;
    if (w >= i) return OK;
    /* "Laura Chen MD p1234": a pager's number in a signature */
    if (w == i - 1 && doc_is_word(d, w, VIEW("p")) && d->tok[w].flags & TOK_LOWER &&
        doc_joined(d, i) && !doc_joined(d, w) && d->tok[i].len >= 4 && d->tok[i].len <= 5 &&
        ends(d, i)) {
        struct number page = { .first = w, .last = i };
        c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
        return emit(d, s, &page, &c, RULE_PHONE_EXTENSION, 0.7f, out);
    }
    if (!is_extension_word(d, w)) return OK;
    const struct token *x = &d->tok[w], *t = &d->tok[i];
    if (doc_joined(d, w) && doc_tok(d, (int64_t)w - 1)->kind != TOK_MARK) return OK;
    if (doc_is_mark(d, i + 1, '-') && doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
        doc_tok(d, i + 2)->kind == TOK_NUMBER)
        last = i + 2;
    uint32_t digits = t->len + (last > i ? d->tok[last].len : 0);
    if (digits < 3 || digits > 6 || !ends(d, last)) return OK;
    bool called = cue_before(d, w, &c) != CUE_NONE || c.what;
    called = called && c.what & CUE_CALLS;
    /* "x3-7729": an in-house number, no count of times */
    called |= last == i + 2 && t->len == 1 && d->tok[last].len == 4;
    if (!called) {
        /* "x4000" may be a magnification, "extension 120 degrees" a joint */
        if (digits < 4 || (x->len == 1 && !(doc_joined(d, i) && t->hash % 100))) return OK;
        if (d->shield[i] & SHIELD_MEASURE) return OK;
    }
    struct number n = { .first = w, .last = last };
    if (!called) c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
    return emit(d, s, &n, &c, RULE_PHONE_EXTENSION, called ? 0.9f : 0.7f, out);
}

/* A small number that more groups follow: "60-56-…", "5-1234", "21 284 …" after a ':' or a word. */
static bool opens_groups(const struct doc *d, uint32_t i)
{
    uint32_t n = i + 1;
    if (doc_is_mark(d, n, ')') && doc_joined(d, n)) n++;
    if ((doc_is_mark(d, n, '-') || doc_is_mark(d, n, '.')) && doc_joined(d, n)) n++;
    return doc_tok(d, n)->kind == TOK_NUMBER && (d->tok[i].len == 2 || n > i + 1);
}

err phone_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct state s = { 0 };
    uint32_t next = 0;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        uint32_t i = d->digits.v[k], before = next;
        const struct token *t = &d->tok[i];
        if (i < next || d->shield[i] & SHIELD_TAG) continue;
        /* A small number by itself is none, unless it opens "1-800-", "+4…" or a group of three. */
        if (t->len < 3 && !(doc_joined(d, i) && doc_is_mark(d, (int64_t)i - 1, '+')) &&
            !(t->hash == 1 && t->len == 1))
            if (!opens_groups(d, i) && !may_be_spaced(d, i)) continue;
        if (t->len > DIGITS_MAX) continue;
        TRY(at_number(d, i, &s, out, &next));
        if (next == before && t->len >= 1 && i) TRY(extension(d, i, &s, out));
    }
out:
    return e;
}
