/* phone.c — telephone, fax and pager numbers, and extensions.
 *
 * A number is a row of digit groups with the marks that people put between them. Its form alone
 * speaks when it is the North American 3-3-4, begins with "+", or with the 0 of a national prefix;
 * plainer numbers (seven digits, ten in one run, in-house four) need a word such as "call" or "fax".
 * Not: fractions, CPT ranges, doses (shield_measure.c), values of an identifier cue (id_cue.c).
 * Source: 45 CFR 164.514(b)(2)(i)(D), (E). */
#include "detect/detectors.h"
#include "detect/measure_words.h"
#include "detect/number_row.h"
#include "detect/phone_inside.h"
#include "detect/shape.h"

/* "617·555·0123", "617_555_0123": between groups of three and four */
static inline bool is_rare_mark(const struct doc *d, uint32_t i)
{
    enum { MIDDLE_DOT = 0xB7 };
    return (doc_is_mark(d, i, '_') || doc_is_mark(d, i, MIDDLE_DOT)) && doc_joined(d, i) &&
           doc_joined(d, i + 1) && doc_tok(d, (int64_t)i - 1)->len == 3;
}

/* "617 dash 555 dash 0123" */
static inline bool is_spoken_mark(const struct doc *d, uint32_t i)
{
    return doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER &&
           (doc_is_word(d, i, VIEW("dash")) || doc_is_word(d, i, VIEW("hyphen")));
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
    if (phone_is_mark(d, i)) {
        /* "555. 0123" is two sentences, "555 . 0123" a number that somebody set out */
        if (doc_is_mark(d, i, '.') && !doc_joined(d, i + 1) && doc_joined(d, i)) return 0;
        i++, *marked = true;
        if (doc_is_mark(d, i, '-') && doc_joined(d, i)) i++; /* "555--0123" */
    } else if (is_rare_mark(d, i) || is_spoken_mark(d, i)) {
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

static void take(const struct doc *d, struct phone_number *n, uint32_t i)
{
    n->tok[n->n] = i;
    n->len[n->n++] = (uint8_t)MIN(d->tok[i].len, 255);
    n->digits += d->tok[i].len;
    n->last = i;
}

/* All groups that could belong to a number that begins at i. */
static inline __attribute__((always_inline)) void read_groups(const struct doc *d, uint32_t i,
                                                              struct phone_number *n)
{
    bool marked;
    *n = (struct phone_number){ .first = i, .blanks = true };
    take(d, n, i);
    if (doc_joined(d, i) && doc_is_mark(d, (int64_t)i - 1, '(') && doc_is_mark(d, i + 1, ')'))
        n->bracket = true, n->first--;
    if (n->first && doc_joined(d, n->first) && doc_is_mark(d, (int64_t)n->first - 1, '+'))
        n->plus = true, n->first--;
    while (n->n < PHONE_GROUPS_MAX) {
        uint32_t next = next_group(d, n->last, n->n == 1 && n->len[0] <= 3, &marked);
        if (!next || d->tok[next].len + n->digits > PHONE_DIGITS_MAX) break;
        if (!marked && !n->plus && shape_is_wide_gap(d, next)) break; /* another column */
        /* "0972 283 8226 / 532-418-6110": another number */
        if (marked && n->digits >= 10 && doc_is_mark(d, n->last + 1, '/') &&
            !doc_joined(d, n->last + 1))
            break;
        if (marked) n->blanks = false;
        n->slash |= marked && doc_is_mark(d, n->last + 1, '/');
        take(d, n, next);
    }
}

/* "9,16175550123": the 9 that leads out of the house, and a pause */
static bool is_led_out(const struct doc *d, uint32_t first)
{
    const struct token *nine = doc_tok(d, (int64_t)first - 2);
    return doc_is_mark(d, (int64_t)first - 1, ',') && doc_joined(d, (int64_t)first - 1) &&
           doc_joined(d, first) && nine->kind == TOK_NUMBER && nine->len == 1 && nine->hash == 9 &&
           d->tok[first].len >= 10;
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
    return p->hash != '$' && p->hash != '@' && p->hash != '+' &&
           /* "F,24931,322-858-8033": a cell behind another, not "12,322" */
           (p->hash != ',' || doc_tok(d, (int64_t)first - 2)->len > 3 || is_led_out(d, first));
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
    if (doc_is_mark(d, i, '(') || doc_is_mark(d, i, '/')) i++;
    /* "617-555-0123 #432" */
    if (doc_is_mark(d, i, '#') && doc_joined(d, i + 1) && doc_tok(d, i + 1)->kind == TOK_NUMBER &&
        doc_tok(d, i + 1)->len >= 2 && doc_tok(d, i + 1)->len <= 5 && phone_ends(d, i + 1) &&
        !(d->tok[i].flags & TOK_LINE))
        return i + 1;
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

static err emit(const struct doc *d, struct state *s, const struct phone_number *n,
                const struct cue *c, enum rule rule, float score, struct findings *out)
{
    /* "T: 617-555-0123 F: 617-555-0199" */
    bool letter = doc_is_mark(d, (int64_t)n->first - 1, ':') &&
                  doc_is_word(d, (int64_t)n->first - 2, VIEW("f"));
    bool fax = (c->what & CUE_FAX) || letter || fax_follows(d, n->last) ||
               (s->end && s->label == LABEL_FAX && rule == RULE_PHONE_CUE && !c->what);
    const uint32_t first = n->first - (is_led_out(d, n->first) ? 2 : 0);
    struct finding f = doc_finding(d, first, with_extension(d, n->last),
                                   fax ? LABEL_FAX : LABEL_PHONE, rule, score);
    if (c->what && !c->field) {
        f.cue_start = d->tok[c->first].start;
        f.cue_end = token_end(&d->tok[c->last]);
    }
    s->label = (enum label)f.label;
    s->end = n->last + 1;
    return findings_add(out, f);
}

/* "00093-1048-01", the maker, the medicine and the package: 5-4-2, as bills have the National Drug Code. */
static bool is_medicine(const struct phone_number *n)
{
    return n->n == 3 && n->len[0] == 5 && n->len[1] == 4 && n->len[2] == 2 && !n->blanks &&
           !n->plus;
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

static bool is_whole_line(const struct doc *d, uint32_t first, uint32_t last)
{
    return (first == 0 || d->tok[first].flags & TOK_LINE) &&
           (last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE);
}

static inline bool may_be_spaced(const struct doc *d, uint32_t i)
{
    if (d->tok[i].len > 1 || doc_tok(d, i + 1)->kind != TOK_NUMBER) return false;
    return doc_is_mark(d, i + 3, '-') && doc_tok(d, i + 1)->len == 1 &&
           doc_tok(d, i + 2)->len == 1 &&
           !(wordset_class(measure_words(), doc_tok(d, (int64_t)i - 1)) & (MW_PAIR | MW_BEFORE));
}

/* "h 555 0183 / c 555 0138": home, cell, work, mobile */
static bool is_kind_letter(const struct doc *d, uint32_t first)
{
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_LOWER &&
           strchr("hcwm", d->text.p[t->start]) && !doc_joined(d, (int64_t)first - 1) &&
           !(d->tok[first].flags & TOK_LINE);
}

/* "1-800-…", "(888) M…", "877-RIDE": a word behind the area, or a 1 before it. */
static inline bool may_be_spelled(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->len == 1)
        return t->hash == 1 &&
               (doc_tok(d, (int64_t)i + 1)->len == 3 || doc_tok(d, (int64_t)i + 2)->len == 3);
    return t->len == 3 && t->hash >= 200 && doc_joined(d, i + 1) &&
           doc_tok(d, (int64_t)i + 1)->kind == TOK_MARK &&
           (doc_tok(d, (int64_t)i + 2)->kind == TOK_WORD ||
            doc_tok(d, (int64_t)i + 4)->kind == TOK_WORD);
}

static err at_number(const struct doc *d, uint32_t i, struct state *s, struct findings *out,
                     uint32_t *next)
{
    struct phone_number n;
    struct cue c = { .first = i, .last = i };
    uint32_t len = d->tok[i].len, k;
    read_groups(d, i, &n);
    if (may_be_spaced(d, i) && phone_is_spaced(d, &n)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    bool in_house = phone_is_in_house(&n) && doc_is_mark(d, i + 1, '-');
    if (len <= 2 && !n.plus && d->tok[i].hash != 1 && !in_house) {
        /* "60-56-85-91", "21 284 698 2548" abroad */
        const bool pager = n.n == 2 && len == 2 && (n.len[1] == 4 || n.len[1] == 3) && !n.blanks;
        if (!pager && (n.n < 3 || n.digits < 8)) return OK;
        if (d->shield[i] & SHIELD_MEASURE) return OK;
    }
    /* "pH 7.12/7.24" */
    if (len == 1 && !n.plus && d->tok[i].hash != 1 && doc_is_mark(d, i + 1, '.')) return OK;
    if (may_be_spelled(d, i) && begins(d, n.first) && phone_is_lettered(d, &n)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.85f, out);
    }
    if (n.n == 1 && len < 4 && !n.plus) {
        /* three digits are a number only for a pager */
        if (len != 3 || cue_before(d, i, &c) == CUE_NONE || !(c.what & CUE_PAGER)) return OK;
    }
    if (is_listed_ending(d, s, i)) {
        phone_cut(d, &n, 1);
        *next = i + 1;
        return emit(d, s, &n, &c, RULE_PHONE_CUE, 0.8f, out);
    }
    if (!begins(d, n.first)) return OK;
    if (UNLIKELY(is_led_out(d, n.first)) && phone_ends(d, i)) {
        cue_before(d, n.first - 2, &c);
        phone_cut(d, &n, 1);
        *next = n.last + 1;
        if (!(c.what & CUE_CALLS)) c.what = 0;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    cue_before(d, n.first, &c);
    bool of_id = c.what & (CUE_IDS | CUE_SSN) && c.worth >= CUE_LIKELY;
    if (of_id || c.what & CUE_SYSTEM) return OK;
    if (!(c.what & CUE_CALLS)) c.what = 0;
    if (!c.what && is_medicine(&n)) return OK;

    if (phone_is_area_and_rest(d, &n) &&
        phone_ends(d, n.tok[1])) { /* "(814)5550177", "814-5550177" */
        phone_cut(d, &n, 2);
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.9f, out);
    }
    if (phone_is_spelled(d, &n, &c)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.85f, out);
    }
    k = phone_north_american(d, &n);
    if (k && n.blanks && !n.plus && !c.what && number_is_row(d, n.tok[0], n.tok[k - 1])) return OK;
    if (k && phone_ends(d, n.tok[k - 1])) {
        phone_cut(d, &n, k);
        *next = n.last + 1;
        return emit(d, s, &n, &c, c.what ? RULE_PHONE_CUE : RULE_PHONE_SHAPE,
                    c.what ? 0.98f : 0.95f, out);
    }
    if (n.plus && n.digits >= 8 && phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.95f, out);
    }
    /* "020 7946 0958", "07700 900123" */
    if (d->text.p[d->tok[i].start] == '0' && len >= 3 && len <= 5 && n.n >= 2 && n.n <= 4 &&
        (n.digits == 10 || n.digits == 11) && !(d->shield[i] & SHIELD_MEASURE) &&
        (c.what || !phone_is_timed_row(d, &n)) && phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    /* "0404 267 681", "1800 621 337": mobile and free numbers of Australia; no row of values begins so */
    if (n.n == 3 && len == 4 && n.len[1] == 3 && n.len[2] == 3 && !n.slash &&
        (d->tok[i].hash == 1800 || d->tok[i].hash == 1300 ||
         (d->tok[i].hash >= 400 && d->tok[i].hash < 500)) &&
        !(d->shield[i] & SHIELD_MEASURE) && !number_is_row(d, n.tok[0], n.tok[2]) &&
        phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    /* "03 5555 0188" abroad; "03 1200 1400" are times */
    if (n.n == 3 && len == 2 && d->text.p[d->tok[i].start] == '0' && n.len[1] == 4 &&
        n.len[2] == 4 && !n.slash && (c.what || !number_is_clock(&d->tok[n.tok[1]])) &&
        !(d->shield[i] & SHIELD_MEASURE) && phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    if (phone_is_pairs(d, &n) && phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    /* "011 509 5550 0144", "98400 55512" of kin or behind a word for telephones */
    const bool abroad = len == 3 && d->tok[i].hash == 11 && d->text.p[d->tok[i].start] == '0' &&
                        n.n >= 3 && n.digits >= 11;
    const bool mobile = n.n == 2 && len == 5 && n.len[1] == 5 && d->tok[i].hash >= 60000 &&
                        (c.what || phone_is_of_person(d, n.first));
    if ((abroad || mobile) && !(d->shield[i] & SHIELD_MEASURE) && phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.8f, out);
    }
    bool listed = is_listed(d, s, n.first) && (n.n >= 2 || len >= 4);
    if (listed) c.colon = true;
    if ((c.what || listed) && !(d->shield[i] & SHIELD_MEASURE) && phone_is_cued(d, &n, &c) &&
        phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_CUE, 0.9f, out);
    }
    if (n.n >= 2 && (n.len[0] == 3 || n.len[0] == 4) && n.len[1] == 4 && !n.slash &&
        (n.len[0] == 3 || !number_is_clock(&d->tok[i])) && phone_is_called_who(d, n.first) &&
        phone_is_plain_pair(d, &n) && phone_ends(d, n.tok[1])) {
        phone_cut(d, &n, 2);
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_CUE, 0.75f, out);
    }
    bool called = phone_is_called_at(d, n.first);
    bool desk = (n.n == 1 && (len == 4 || len == 5) && !number_is_clock(&d->tok[i])) ||
                phone_is_in_house(&n);
    if (called && desk && !(d->shield[i] & SHIELD_MEASURE) && phone_ends(d, n.last)) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_EXTENSION, 0.8f, out);
    }
    bool at_end = doc_is_word(d, (int64_t)n.first - 1, VIEW("at")) &&
                  (n.last + 1 >= d->n || d->tok[n.last + 1].flags & TOK_LINE);
    /* "sent to St. James Pharmacy, 304-1517" */
    bool shop = doc_is_mark(d, (int64_t)n.first - 1, ',') && d->tok[i].hash >= 200 &&
                doc_bits(d, (int64_t)n.first - 2) & LEX(ORG_HEAD) &&
                doc_tok(d, (int64_t)n.first - 2)->flags & TOK_CAP;
    const bool numbered = doc_is_word(d, (int64_t)n.first - 1, VIEW("is")) &&
                          doc_is_word(d, (int64_t)n.first - 2, VIEW("number"));
    bool told = shop || numbered || d->tok[i].hash == 555 || phone_is_after_letter(d, n.first) ||
                called || at_end ||
                (d->tok[i].hash >= 200 && n.n == 2 && is_whole_line(d, n.first, n.last));
    /* "pastor Roe 703 8750", "his number is 566 1149" */
    if (n.n == 2 && n.len[0] == 3 && n.len[1] == 4 && n.blanks && phone_is_plain_pair(d, &n) &&
        !(d->shield[i] & SHIELD_MEASURE) && phone_ends(d, n.last) &&
        (numbered || is_kind_letter(d, n.first) || phone_is_of_person(d, n.first))) {
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.7f, out);
    }
    if (n.n >= 2 && n.len[0] == 3 && n.len[1] == 4 && !n.blanks &&
        (told || (!n.slash && d->tok[i].hash >= 200 && phone_is_of_person(d, n.first))) &&
        phone_ends(d, n.tok[1])) {
        phone_cut(d, &n, 2);
        *next = n.last + 1;
        return emit(d, s, &n, &c, RULE_PHONE_SHAPE, 0.7f, out);
    }
    return OK;
}

/* "Chen MD" or "Dr Chen" before token i */
static bool is_after_doctor(const struct doc *d, uint32_t i)
{
    const int64_t name = (int64_t)i - 1, dot = doc_is_mark(d, name - 1, '.');
    const struct token *t = doc_tok(d, name);
    if (t->kind != TOK_WORD || !(t->flags & TOK_CAP)) return false;
    return (doc_bits(d, name) & LEX(CREDENTIAL) && t->flags & TOK_UPPER) ||
           doc_bits(d, name - dot - 1) & LEX(TITLE);
}

/* "Mohr x244": three digits behind somebody's surname, of which the x is at token w. */
static bool is_desk_of(const struct doc *d, uint32_t w, uint32_t i)
{
    const struct lex_info *l = d->lex[w ? w - 1 : 0];
    const struct token *t = &d->tok[i];
    return w && t->len == 3 && t->hash % 50 && d->tok[w].len == 1 && doc_joined(d, i) &&
           !(d->tok[w].flags & TOK_LINE) && shape_of(d, w - 1) == SHAPE_TITLE &&
           !(l->bits & ~(LEX_GIVEN | LEX(SURNAME) | LEX(PLACE))) && l->word < 2;
}

/* By the first letter of "x", "ext", "is" and "p". */
static inline bool may_be_extension(const struct doc *d, uint32_t w)
{
    const uint32_t letter = (uint32_t)(uint8_t)ascii_lower(d->text.p[d->tok[w].start]) - 'a';
    return letter < 26 &&
           ((1U << ('x' - 'a') | 1U << ('e' - 'a') | 1U << ('i' - 'a') | 1U << ('p' - 'a')) >>
                letter &
            1);
}

/* The token before number i that could be such a word, past one mark, or i. */
static inline uint32_t extension_before(const struct doc *d, uint32_t i)
{
    if (!i) return i;
    const struct token *mark = &d->tok[i - 1];
    const bool marked = (mark->kind == TOK_MARK) &
                        ((mark->hash == '.') | (mark->hash == ':') | (mark->hash == '#'));
    if (i < 1U + marked) return i;
    const uint32_t w = i - 1 - marked;
    return UNLIKELY(may_be_extension(d, w)) ? w : i;
}

/* "x3131", "ext. 4410", "extension 5-1234" with no number before them: the word is token w. */
static err extension(const struct doc *d, uint32_t w, uint32_t i, struct state *s,
                     struct findings *out)
{
    struct cue c;
    uint32_t last = i;
    /* "My extension is 9626" */
    if (w && doc_is_word(d, w, VIEW("is"))) w--;
    /* "Laura Chen MD p1234", "cross cover p7-7258", "Dr Chen p 1234": a pager's number in a signature */
    const bool in_house = d->tok[i].len == 1 && doc_is_mark(d, i + 1, '-') &&
                          doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
                          doc_tok(d, i + 2)->kind == TOK_NUMBER && doc_tok(d, i + 2)->len == 4;
    const uint32_t end = in_house ? i + 2 : i;
    if (w == i - 1 && doc_is_word(d, w, VIEW("p")) && d->tok[w].flags & TOK_LOWER &&
        (doc_joined(d, i) || in_house || is_after_doctor(d, w)) && !doc_joined(d, w) &&
        (in_house || (d->tok[i].len >= 4 && d->tok[i].len <= 5)) && phone_ends(d, end)) {
        struct phone_number page = { .first = w, .last = end };
        c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
        return emit(d, s, &page, &c, RULE_PHONE_EXTENSION, 0.7f, out);
    }
    /* "biomed Roe notified p. 90151": no page has five digits */
    if (w == i - 2 && doc_is_word(d, w, VIEW("p")) && doc_is_mark(d, i - 1, '.') &&
        d->tok[i].len == 5 && phone_ends(d, i) && !(d->tok[i].flags & TOK_LINE)) {
        struct phone_number page = { .first = i, .last = i };
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
    if (digits < 3 || digits > 6 || !phone_ends(d, last)) return OK;
    bool called = cue_before(d, w, &c) != CUE_NONE || c.what;
    called = called && c.what & CUE_CALLS;
    /* "x3-7729": an in-house number, no count of times */
    called |= last == i + 2 && t->len == 1 && d->tok[last].len == 4;
    if (!called) {
        if (is_desk_of(d, w, i)) {
            c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
            struct phone_number desk = { .first = w, .last = last };
            return emit(d, s, &desk, &c, RULE_PHONE_EXTENSION, 0.7f, out);
        }
        /* "x4000" may be a magnification, "extension 120 degrees" a joint */
        const bool closed = x->len == 3 && digits == 3 && doc_tok(d, last + 1)->kind == TOK_MARK;
        if ((digits < 4 && !closed) || (x->len == 1 && !(doc_joined(d, i) && t->hash % 100)))
            return OK;
        /* "LMSW x8041      CM: Roe": no centimetres */
        if (d->shield[i] & SHIELD_MEASURE && !shape_opens_column(d, last + 1)) return OK;
    }
    struct phone_number n = { .first = w, .last = last };
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
    for (uint32_t k = 0; k < d->rows.n; k++) {
        uint32_t i = d->rows.v[k], before = next;
        const struct token *t = &d->tok[i];
        if (i < next || d->shield[i] & SHIELD_TAG) continue;
        /* A small number by itself is none, unless it opens "1-800-", "+4…" or a group of three. */
        if (t->len < 3 && !(doc_joined(d, i) && doc_is_mark(d, (int64_t)i - 1, '+')) &&
            !(t->hash == 1 && t->len == 1))
            if (!opens_groups(d, i) && !may_be_spaced(d, i)) continue;
        if (t->len > PHONE_DIGITS_MAX) continue;
        TRY(at_number(d, i, &s, out, &next));
        const uint32_t w = next == before ? extension_before(d, i) : i;
        if (w < i) TRY(extension(d, w, i, &s, out));
    }
    TRY(phone_spoken_find(d, out));
out:
    return e;
}
