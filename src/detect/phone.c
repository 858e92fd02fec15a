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

static inline bool may_be_spaced(const struct doc *d, uint32_t i)
{
    if (d->tok[i].len > 1 || doc_tok(d, i + 1)->kind != TOK_NUMBER) return false;
    return doc_is_mark(d, i + 3, '-') && doc_tok(d, i + 1)->len == 1 &&
           doc_tok(d, i + 2)->len == 1 &&
           !(wordset_class(measure_words(), doc_tok(d, (int64_t)i - 1)) & (MW_PAIR | MW_BEFORE));
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
    struct phone_verdict v = phone_none;
    if (d->tok[i].len < 4 && is_alone(d, i) && !is_paged(d, i, &c)) return OK;
    phone_read_groups(d, i, &n);
    if (may_be_spaced(d, i) && phone_is_spaced(d, &n)) {
        v = (struct phone_verdict){ RULE_PHONE_SHAPE, 0.8f };
    } else if (is_too_short(d, &n)) {
        return OK;
    } else if (may_be_spelled(d, i) && begins(d, n.first) && phone_is_lettered(d, &n)) {
        v = (struct phone_verdict){ RULE_PHONE_SHAPE, 0.85f };
    } else if (n.n == 1 && n.len[0] < 4 && !n.plus && !is_paged(d, i, &c)) {
        return OK;
    } else if (is_listed_ending(d, s, i)) {
        phone_cut(d, &n, 1);
        v = (struct phone_verdict){ RULE_PHONE_CUE, 0.8f };
    } else if (!begins(d, n.first)) {
        return OK;
    } else if (UNLIKELY(is_led_out(d, n.first)) && phone_ends(d, i)) {
        cue_before(d, n.first - 2, &c);
        phone_cut(d, &n, 1);
        if (!(c.what & CUE_CALLS)) c.what = 0;
        v = (struct phone_verdict){ RULE_PHONE_SHAPE, 0.8f };
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
            v = phone_by_form(d, &n, &c, k);
        }
        if (!v.rule) {
            const bool listed = is_listed(d, s, n.first) && (n.n >= 2 || n.len[0] >= 4);
            if (listed) c.colon = true;
            v = phone_by_words(d, &n, &c, listed);
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
