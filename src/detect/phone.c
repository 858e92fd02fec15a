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

/* "(fax)", "- fax" after the number. */
static bool fax_follows(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 1;
    if (!doc_is_mark(d, i, '(') && !doc_is_mark(d, i, '-')) return false;
    return cue_class_of(doc_tok(d, i + 1)) & CUE_FAX;
}

/* "tel:+16175550123": the address of a number, of which all goes. */
static bool is_address(const struct doc *d, uint32_t first)
{
    return doc_is_mark(d, first, '+') && doc_joined(d, first) &&
           doc_is_mark(d, (int64_t)first - 1, ':') && doc_joined(d, (int64_t)first - 1) &&
           doc_is_word(d, (int64_t)first - 2, VIEW("tel"));
}

err phone_emit(const struct doc *d, struct phone_state *s, const struct phone_number *n,
               const struct cue *c, enum rule rule, float score, struct findings *out)
{
    /* "T: 617-555-0123 F: 617-555-0199" */
    bool letter = doc_is_mark(d, (int64_t)n->first - 1, ':') &&
                  doc_is_word(d, (int64_t)n->first - 2, VIEW("f"));
    bool fax = (c->what & CUE_FAX) || letter || fax_follows(d, n->last) ||
               (s->end && s->label == LABEL_FAX && rule == RULE_PHONE_CUE && !c->what);
    const uint32_t first = n->first - (is_led_out(d, n->first) || is_address(d, n->first) ? 2 : 0);
    struct finding f = doc_finding(d, first, phone_with_extension(d, n->last),
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
static bool is_listed(const struct doc *d, const struct phone_state *s, uint32_t first)
{
    if (!s->end || first <= s->end || first - s->end > 2) return false;
    for (uint32_t i = s->end; i < first; i++)
        if (!doc_is_mark(d, i, ',') && !doc_is_mark(d, i, '/') && !doc_is_mark(d, i, ';') &&
            !doc_is_word(d, i, VIEW("or")) && !doc_is_word(d, i, VIEW("and")))
            return false;
    return true;
}

/* "773-555-0102, -0103": the last digits of the next number of a list. */
static bool is_listed_ending(const struct doc *d, const struct phone_state *s, uint32_t i)
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

/* What makes a number of the groups; RULE_NONE: nothing does. */
struct verdict {
    enum rule rule;
    float score;
};
static const struct verdict no_number = { RULE_NONE, 0 };

/* Numbers as countries write them that have a form of their own. */
static bool is_national(const struct doc *d, const struct phone_number *n, const struct cue *c)
{
    const struct token *t = &d->tok[n->tok[0]];
    const uint32_t len = t->len;
    const bool zero = d->text.p[t->start] == '0';
    /* "020 7946 0958", "07700 900123" */
    if (zero && len >= 3 && len <= 5 && n->n <= 4 && (n->digits == 10 || n->digits == 11) &&
        (c->what || !phone_is_timed_row(d, n)))
        return true;
    /* "0404 267 681", "1800 621 337": mobile and free numbers of Australia; no row of values begins so */
    if (n->n == 3 && len == 4 && n->len[1] == 3 && n->len[2] == 3 && !n->slash &&
        (t->hash == 1800 || t->hash == 1300 || (t->hash >= 400 && t->hash < 500)) &&
        !number_is_row(d, n->tok[0], n->tok[2]))
        return true;
    /* "03 5555 0188" abroad; "03 1200 1400" are times */
    if (n->n == 3 && len == 2 && zero && n->len[1] == 4 && n->len[2] == 4 && !n->slash &&
        (c->what || !number_is_clock(&d->tok[n->tok[1]])))
        return true;
    /* "011 509 5550 0144", "98400 55512" of kin or behind a word for telephones */
    return (len == 3 && t->hash == 11 && zero && n->n >= 3 && n->digits >= 11) ||
           (n->n == 2 && len == 5 && n->len[1] == 5 && t->hash >= 60000 &&
            (c->what || phone_is_of_person(d, n->first)));
}

/* Two groups and more, or a '+', that are a number by their form. `k`: of the groups, those of a North American number. */
static struct verdict by_form(const struct doc *d, struct phone_number *n, const struct cue *c,
                              uint32_t k)
{
    if (phone_is_area_and_rest(d, n) &&
        phone_ends(d, n->tok[1])) { /* "(814)5550177", "814-5550177" */
        phone_cut(d, n, 2);
        return (struct verdict){ RULE_PHONE_SHAPE, 0.9f };
    }
    if (phone_is_spelled(d, n, c)) return (struct verdict){ RULE_PHONE_SHAPE, 0.85f };
    if (k && phone_ends(d, n->tok[k - 1])) {
        phone_cut(d, n, k);
        return c->what ? (struct verdict){ RULE_PHONE_CUE, 0.98f }
                       : (struct verdict){ RULE_PHONE_SHAPE, 0.95f };
    }
    if (n->plus && n->digits >= 8 && phone_ends(d, n->last))
        return (struct verdict){ RULE_PHONE_SHAPE, 0.95f };
    const bool measure = d->shield[n->tok[0]] & SHIELD_MEASURE;
    if (n->n >= 2 && (phone_is_pairs(d, n) || (!measure && is_national(d, n, c))) &&
        phone_ends(d, n->last))
        return (struct verdict){ RULE_PHONE_SHAPE, 0.8f };
    return no_number;
}

/* "Left word at 512-6776", "Desk 237-4408", "TTY 252-1335", "Alofa 865-4411, Walgreens": a hyphen in it, and no count. */
static bool is_left_word(const struct doc *d, const struct phone_number *n)
{
    static const struct wordset_row rows[] = {
        { "at desk tty tdd use try dial back number line machine list station", 1 }
    };
    static struct wordset set = WORDSET(rows);
    const int64_t before = (int64_t)n->first - 1;
    const struct token *t = doc_tok(d, before);
    const uint32_t rest = n->tok[0] + 2;
    if (n->n != 2 || n->slash || d->tok[n->tok[0]].hash < 200 || d->tok[rest].hash % 100 == 0 ||
        !doc_is_mark(d, rest - 1, '-') || d->tok[n->first].flags & TOK_LINE)
        return false;
    if (wordset_class(wordset_ready(&set), t)) return true;
    return doc_is_mark(d, n->last + 1, ',') && t->kind == TOK_WORD && t->flags & TOK_CAP &&
           t->len > 3 && (doc_bits(d, before) & (LEX_GIVEN | LEX(SURNAME)) || !doc_bits(d, before));
}

/* Does a word, or where it stands, tell that a local number follows? */
static bool is_told(const struct doc *d, const struct phone_number *n, bool numbered)
{
    const int64_t before = (int64_t)n->first - 1;
    const uint64_t area = d->tok[n->tok[0]].hash;
    const bool at_end = doc_is_word(d, before, VIEW("at")) && doc_ends_line(d, n->last);
    /* "sent to St. James Pharmacy, 304-1517" */
    const bool shop = doc_is_mark(d, before, ',') && area >= 200 &&
                      doc_bits(d, before - 1) & LEX(ORG_HEAD) &&
                      doc_tok(d, before - 1)->flags & TOK_CAP;
    return shop || numbered || is_left_word(d, n) || area == 555 ||
           phone_is_after_letter(d, n->first) || at_end ||
           (area >= 200 && n->n == 2 && is_whole_line(d, n->first, n->last));
}

/* Of three digits and four, in two groups: "566 1149", "304-1517". `called`: somebody is called at it. */
static struct verdict by_local(const struct doc *d, struct phone_number *n, bool called)
{
    const uint32_t i = n->tok[0];
    if (n->len[0] != 3 || n->len[1] != 4) return no_number;
    const bool numbered = doc_is_word(d, (int64_t)n->first - 1, VIEW("is")) &&
                          doc_is_word(d, (int64_t)n->first - 2, VIEW("number"));
    /* "pastor Roe 703 8750", "his number is 566 1149" */
    if (n->n == 2 && n->blanks && phone_is_plain_pair(d, n) && !(d->shield[i] & SHIELD_MEASURE) &&
        phone_ends(d, n->last) &&
        (numbered || is_kind_letter(d, n->first) || phone_is_of_person(d, n->first)))
        return (struct verdict){ RULE_PHONE_SHAPE, 0.7f };
    if (!n->blanks &&
        (called || is_told(d, n, numbered) ||
         (!n->slash && d->tok[i].hash >= 200 && phone_is_of_person(d, n->first))) &&
        phone_ends(d, n->tok[1])) {
        phone_cut(d, n, 2);
        return (struct verdict){ RULE_PHONE_SHAPE, 0.7f };
    }
    return no_number;
}

/* What the words around tell. `listed`: a number stands before it in a list. */
static struct verdict by_words(const struct doc *d, struct phone_number *n, const struct cue *c,
                               bool listed)
{
    const uint32_t i = n->tok[0], len = d->tok[i].len;
    const bool measure = d->shield[i] & SHIELD_MEASURE;
    if ((c->what || listed) && !measure && phone_is_cued(d, n, c) && phone_ends(d, n->last))
        return (struct verdict){ RULE_PHONE_CUE, 0.9f };
    if (n->n >= 2 && (n->len[0] == 3 || n->len[0] == 4) && n->len[1] == 4 && !n->slash &&
        (n->len[0] == 3 || !number_is_clock(&d->tok[i])) && phone_is_called_who(d, n->first) &&
        phone_is_plain_pair(d, n) && phone_ends(d, n->tok[1])) {
        phone_cut(d, n, 2);
        return (struct verdict){ RULE_PHONE_CUE, 0.75f };
    }
    const bool called = phone_is_called_at(d, n->first);
    const bool desk = (n->n == 1 && (len == 4 || len == 5) && !number_is_clock(&d->tok[i])) ||
                      phone_is_in_house(n);
    if (called && desk && !measure && phone_ends(d, n->last))
        return (struct verdict){ RULE_PHONE_EXTENSION, 0.8f };
    if (desk && phone_is_at_desk(d, n)) return (struct verdict){ RULE_PHONE_EXTENSION, 0.7f };
    return n->n >= 2 ? by_local(d, n, called) : no_number;
}

/* Less than a number, by its digits alone: "70 %", "pH 7.12/7.24". */
static bool is_too_short(const struct doc *d, const struct phone_number *n)
{
    const uint32_t i = n->tok[0], len = n->len[0];
    if (n->plus || len > 2 || d->tok[i].hash == 1) return false;
    const bool in_house = phone_is_in_house(n) && doc_is_mark(d, i + 1, '-');
    if (!in_house) {
        /* "60-56-85-91", "21 284 698 2548" abroad */
        const bool pager =
            n->n == 2 && len == 2 && (n->len[1] == 4 || n->len[1] == 3) && !n->blanks;
        if (!pager && (n->n < 3 || n->digits < 8)) return true;
        if (d->shield[i] & SHIELD_MEASURE) return true;
    }
    return len == 1 && doc_is_mark(d, i + 1, '.');
}

/* Neither a '+' before it nor another group behind it. */
static bool is_alone(const struct doc *d, uint32_t i)
{
    enum { MIDDLE_DOT = 0xB7 };
    static const uint64_t joints = DOC_MARK_BIT(')') | DOC_MARK_BIT('(') | DOC_MARK_BIT('-') |
                                   DOC_MARK_BIT(']') | DOC_MARK_BIT('.') | DOC_MARK_BIT('/') |
                                   DOC_MARK_BIT('_');
    const struct token *r = doc_tok(d, (int64_t)i + 1);
    const uint64_t mark = r->hash - 0x20;
    if (r->kind == TOK_NUMBER || (mark < 64 && joints >> mark & 1) || r->hash == MIDDLE_DOT)
        return false;
    if (doc_is_mark(d, (int64_t)i - 1, '+') && doc_joined(d, i)) return false;
    return !doc_is_word(d, i + 1, VIEW("dash")) && !doc_is_word(d, i + 1, VIEW("hyphen"));
}

/* Three digits are a number only for a pager, fewer are none. */
static bool is_paged(const struct doc *d, uint32_t i, struct cue *c)
{
    return d->tok[i].len == 3 && cue_before(d, i, c) != CUE_NONE && c->what & CUE_PAGER;
}

static err at_number(const struct doc *d, uint32_t i, struct phone_state *s, struct findings *out,
                     uint32_t *next)
{
    struct phone_number n FILLED_LATER;
    struct cue c = { .first = i, .last = i };
    struct verdict v = no_number;
    if (d->tok[i].len < 4 && is_alone(d, i) && !is_paged(d, i, &c)) return OK;
    phone_read_groups(d, i, &n);
    if (may_be_spaced(d, i) && phone_is_spaced(d, &n)) {
        v = (struct verdict){ RULE_PHONE_SHAPE, 0.8f };
    } else if (is_too_short(d, &n)) {
        return OK;
    } else if (may_be_spelled(d, i) && begins(d, n.first) && phone_is_lettered(d, &n)) {
        v = (struct verdict){ RULE_PHONE_SHAPE, 0.85f };
    } else if (n.n == 1 && n.len[0] < 4 && !n.plus && !is_paged(d, i, &c)) {
        return OK;
    } else if (is_listed_ending(d, s, i)) {
        phone_cut(d, &n, 1);
        v = (struct verdict){ RULE_PHONE_CUE, 0.8f };
    } else if (!begins(d, n.first)) {
        return OK;
    } else if (UNLIKELY(is_led_out(d, n.first)) && phone_ends(d, i)) {
        cue_before(d, n.first - 2, &c);
        phone_cut(d, &n, 1);
        if (!(c.what & CUE_CALLS)) c.what = 0;
        v = (struct verdict){ RULE_PHONE_SHAPE, 0.8f };
    } else {
        cue_before(d, n.first, &c);
        const bool of_id = c.what & (CUE_IDS | CUE_SSN) && c.worth >= CUE_LIKELY;
        if (of_id || c.what & CUE_SYSTEM) return OK;
        if (!(c.what & CUE_CALLS)) c.what = 0;
        if (!c.what && is_medicine(&n)) return OK;
        if (n.n >= 2 || n.plus) {
            const uint32_t k = phone_north_american(d, &n);
            if (k && n.blanks && !n.plus && !c.what && number_is_row(d, n.tok[0], n.tok[k - 1]))
                return OK;
            v = by_form(d, &n, &c, k);
        }
        if (!v.rule) {
            const bool listed = is_listed(d, s, n.first) && (n.n >= 2 || n.len[0] >= 4);
            if (listed) c.colon = true;
            v = by_words(d, &n, &c, listed);
        }
    }
    if (!v.rule) return OK;
    *next = n.last + 1;
    return phone_emit(d, s, &n, &c, v.rule, v.score, out);
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
    struct phone_state s = { 0 };
    uint32_t next = 0;
    for (uint32_t k = 0; k < d->rows.n; k++) {
        uint32_t i = d->rows.v[k], before = next;
        const struct token *t = &d->tok[i];
        if (UNLIKELY(i < next || d->shield[i] & SHIELD_TAG)) continue;
        /* A small number by itself is none, unless it opens "1-800-", "+4…" or a group of three. */
        if (t->len < 3 && !(doc_joined(d, i) && doc_is_mark(d, (int64_t)i - 1, '+')) &&
            !(t->hash == 1 && t->len == 1))
            if (!opens_groups(d, i) && !may_be_spaced(d, i)) continue;
        if (t->len > PHONE_DIGITS_MAX) continue;
        TRY(at_number(d, i, &s, out, &next));
        const uint32_t w = next == before ? phone_extension_before(d, i) : i;
        if (w < i) TRY(phone_extension(d, w, i, &s, out));
    }
    TRY(phone_spoken_find(d, out));
out:
    return e;
}
