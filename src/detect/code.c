/* code.c — how far a code reaches, and what its shape is. */
#include "detect/code.h"

#include "detect/cue.h"

/* Letters before or after the digits of an identifier are few or capitals; "45-year-old" and
 * "post-2019" are not codes. */
static bool is_code_word(const struct doc *d, const struct token *t)
{
    if (t->kind != TOK_WORD || t->flags & TOK_WIDE) return false;
    if (t->flags & TOK_LOWER) return t->len <= (d->is_caseless ? 4 : 3);
    return t->len <= 12;
}

/* May mark m stand inside a code between tokens m-1 and m+1, which it joins? */
static bool is_inner_mark(const struct doc *d, uint32_t m)
{
    static const uint64_t inner = DOC_MARK_BIT('-') | DOC_MARK_BIT('_') | DOC_MARK_BIT('/') |
                                  DOC_MARK_BIT('.') | DOC_MARK_BIT(':') | DOC_MARK_BIT('+') |
                                  DOC_MARK_BIT('*') | DOC_MARK_BIT(',');
    const uint64_t mark = d->tok[m].hash - 0x20;
    if (LIKELY(mark >= 64 || !(inner >> mark & 1) || !doc_joined(d, m + 1)) || !doc_joined(d, m))
        return false;
    const struct token *l = doc_tok(d, (int64_t)m - 1), *r = doc_tok(d, (int64_t)m + 1);
    const bool numbers = (l->kind == TOK_NUMBER) & (r->kind == TOK_NUMBER);
    switch (d->tok[m].hash) {
    case '-':
    case '_':
        return (l->kind == TOK_NUMBER || is_code_word(d, l)) &&
               (r->kind == TOK_NUMBER || is_code_word(d, r));
    case '/':
        if (numbers) return true;
        /* "123456/AB-1" but not "mg/dL", "INR/PT", "ID/MRN" */
        return (l->kind == TOK_NUMBER && r->kind == TOK_WORD && r->flags & TOK_UPPER &&
                r->len <= 3 && !cue_class_of(r)) ||
               (r->kind == TOK_NUMBER && l->kind == TOK_WORD && l->flags & TOK_UPPER &&
                l->len <= 3 && doc_is_number(d, (int64_t)m - 2) && !cue_class_of(l));
    case '.':
    case ':':
    case '+':
    case '*': return numbers;
    case ',': return numbers && r->len == 3 && l->len <= 3;
    default: return false;
    }
}

static bool is_member(const struct token *t)
{
    return t->kind == TOK_NUMBER || (t->kind == TOK_WORD && !(t->flags & TOK_WIDE));
}

static void describe(const struct doc *d, struct code *c)
{
    uint32_t digits = 0, letters = 0, n = 0;
    bool upper = true, measure = false;
    for (const struct token *t = &d->tok[c->first], *end = &d->tok[c->last]; t <= end; t++) {
        uint32_t times = 1;
        char sign = (char)t->hash;
        if (t->kind == TOK_NUMBER) {
            digits += t->len;
            sign = t->len > 9 ? '+' : (char)('0' + t->len);
        } else if (t->kind == TOK_WORD) {
            const bool capitals = t->flags & TOK_UPPER;
            letters += t->len;
            upper &= capitals;
            sign = t->len > 8 ? 'W' : capitals ? 'A' : 'a';
            times = t->len > 8 ? 1 : t->len;
        } else {
            measure |= sign != '-' && sign != '_' && sign != '/';
        }
        if (n + times >= CODE_SHAPE)
            n = CODE_SHAPE; /* too long */
        else
            for (; times; times--)
                c->shape[n++] = sign;
    }
    c->digits = (uint16_t)MIN(digits, 1000U);
    c->letters = (uint16_t)MIN(letters, 1000U);
    c->upper = upper;
    c->measure = measure;
    c->shape[n < CODE_SHAPE ? n : 0] = '\0';
}

/* The same for a number alone, as most are. */
static inline void describe_number(const struct token *t, struct code *c)
{
    c->upper = true;
    c->digits = (uint16_t)MIN(t->len, 1000);
    c->shape[0] = t->len > 9 ? '+' : (char)('0' + t->len);
}

void code_reach(const struct doc *d, uint32_t i, uint32_t *from, uint32_t *to)
{
    uint32_t first = i, last = i;
    while (doc_joined(d, last + 1) && last - i < CODE_REACH) {
        if (is_member(&d->tok[last + 1]))
            last++;
        else if (doc_joined(d, last + 2) && d->tok[last + 1].kind == TOK_MARK &&
                 is_inner_mark(d, last + 1))
            last += 2;
        else
            break;
    }
    while (doc_joined(d, first) && i - first < CODE_REACH) {
        if (is_member(&d->tok[first - 1]))
            first--;
        else if (doc_joined(d, first - 1) && is_inner_mark(d, first - 1))
            first -= 2;
        else
            break;
    }
    *from = first;
    *to = last;
}

void code_around(const struct doc *d, uint32_t i, struct code *out)
{
    uint32_t first = i, last = i;
    if (doc_joined(d, i) || doc_joined(d, (int64_t)i + 1)) code_reach(d, i, &first, &last);
    *out = (struct code){ .first = first, .last = last };
    out->hash = doc_joined(d, first) && doc_is_mark(d, (int64_t)first - 1, '#');
    if (first == last)
        describe_number(&d->tok[i], out);
    else
        describe(d, out);
}

static bool is_year(uint64_t y)
{
    return y >= 1880 && y <= 2099;
}

static bool is_day_month(uint64_t a, uint64_t b)
{
    return a >= 1 && b >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12);
}

SELDOM static bool digits_are_date(uint64_t v)
{
    uint64_t y = v / 10000, m = v / 100 % 100, dd = v % 100;
    if (is_year(y) && m >= 1 && m <= 12 && dd >= 1 && dd <= 31) return true;
    y = v % 10000, m = v / 1000000, dd = v / 10000 % 100;
    return is_year(y) && is_day_month(m, dd);
}

bool code_is_date(const struct doc *d, const struct code *c)
{
    const struct token *t = &d->tok[c->first];
    if (code_is(c, "8")) return digits_are_date(t->hash);
    if (c->last - c->first == 2 && t[0].kind == TOK_NUMBER && t[2].kind == TOK_NUMBER)
        return (is_year(t[0].hash) && t[0].len == 4 && t[2].hash <= 12 && t[2].hash) ||
               (is_year(t[2].hash) && t[2].len == 4 && t[0].hash <= 12 && t[0].hash) ||
               (t[1].hash == '/' && t[0].len <= 2 && t[2].len <= 2 &&
                is_day_month(t[0].hash, t[2].hash));
    if (c->last - c->first != 4 || c->letters || t[1].hash != t[3].hash) return false;
    if (t[0].len == 4) return is_year(t[0].hash) && is_day_month(t[2].hash, t[4].hash);
    return t[0].len <= 2 && t[2].len <= 2 && is_day_month(t[0].hash, t[2].hash) &&
           (t[4].len == 2 || (t[4].len == 4 && is_year(t[4].hash)));
}

bool code_is_range(const struct doc *d, const struct code *c)
{
    const struct token *t = &d->tok[c->first];
    if (c->last - c->first != 2 || t[0].kind != TOK_NUMBER || t[2].kind != TOK_NUMBER) return false;
    if (t[0].len > 2 && d->text.p[t[0].start] == '0') return false; /* 014-0032 */
    uint64_t low = t[0].hash, high = t[2].hash;
    if (low == high && t[0].len == 4 && is_year(low)) return true; /* 2009-2009, dates cut down */
    if (low >= high || high > 10 * low || t[2].len < t[0].len || t[2].len > 6) return false;
    /* the ends of wide ranges are round: 4500-11000, not 4512-5177 */
    return high < 1000 || (low % 10 == 0 && high % 10 == 0) || (t[0].len == 4 && is_year(low));
}

bool code_is_unmarked(const struct doc *d, uint32_t i)
{
    uint32_t first = i > 32 ? i - 32 : 0, end = MIN(d->n, i + 32);
    for (uint32_t k = first; k < end; k++)
        if (d->tok[k].kind == TOK_MARK) return false;
    return true;
}

bool code_is_round(const struct doc *d, const struct code *c)
{
    const struct token *t = &d->tok[c->first];
    if (c->first != c->last || t->kind != TOK_NUMBER) return false;
    return (t->len == 4 && is_year(t->hash)) || (t->len >= 4 && t->hash % 1000 == 0);
}
