/* detect/date_list.c — see date_list.h. */
#include "detect/date_list.h"

#include "detect/date_charted.h"
#include "detect/date_judge_numbers.h"
#include "detect/date_value.h"
#include "detect/shape.h"

enum {
    YEAR_DAYS = 365,
    LEAP_YEAR = 2000,
    WEEK_DAYS = 7,
    BESIDE_DAYS = 45,
    COLUMN_DAYS = 120,
    COLUMN_LINES = 4
};

static bool is_joined_number(const struct doc *d, uint32_t i, size_t most)
{
    return doc_tok(d, i)->kind == TOK_NUMBER && doc_joined(d, i) && doc_tok(d, i)->len <= most;
}

void date_rows_note(struct date_rows *rows, const struct doc *d, uint32_t i, int32_t finding)
{
    const struct token *a = &d->tok[i], *b = doc_tok(d, (int64_t)i + 2);
    const struct token *joint = doc_tok(d, (int64_t)i + 1);
    if (joint->kind != TOK_MARK || (joint->hash != '/' && joint->hash != '-') || a->len > 2) return;
    if (!doc_joined(d, i + 1) || rows->n == DATE_ROWS || !is_joined_number(d, i + 2, 2)) return;
    const char mark = (char)joint->hash;
    const bool more = doc_is_mark(d, (int64_t)i + 3, (uint32_t)mark) && doc_joined(d, i + 3) &&
                      is_joined_number(d, i + 4, 4);
    if (finding == DATE_NOT_FOUND &&
        (more || date_is_chained(d, i, i + 2) || date_is_glued(d, i, i + 2)))
        return;
    struct date_row r = {
        .first = i,
        .finding = finding,
        .a = (uint8_t)a->hash,
        .b = (uint8_t)b->hash,
        .mark = mark,
        .is_whole = more,
        .is_month = !more && (b->hash > 31 || (b->hash < 10 && b->len == 2 && a->len == 1)),
        .digits = { (uint8_t)a->len, (uint8_t)b->len },
    };
    if (!r.a || r.a > 31 || (!r.is_month && (!r.b || r.b > 31 || (r.a > 12 && r.b > 12)))) return;
    rows->has_found |= finding != DATE_NOT_FOUND;
    rows->v[rows->n++] = r;
}

/* The day of the year that it reads, 1 … 366, or 0. */
static int day_of(const struct date_row *r, bool day_first)
{
    const int month = day_first ? r->b : r->a, day = day_first ? r->a : r->b;
    if (month > 12 || day > civil_month_days(LEAP_YEAR, month)) return 0;
    return civil_days(LEAP_YEAR, month, day) - civil_days(LEAP_YEAR, 1, 1) + 1;
}

/* Days from one to the other, round the end of the year; false when they can't be read in one order. */
static bool apart(const struct doc *d, const struct date_row *x, const struct date_row *y,
                  int *days)
{
    const bool day_first = d->date_order == DATE_DAY_FIRST || x->a > 12 || y->a > 12;
    const int from = day_of(x, day_first), to = day_of(y, day_first);
    *days = to - from;
    if (*days > YEAR_DAYS / 2) *days -= YEAR_DAYS;
    if (*days < -YEAR_DAYS / 2) *days += YEAR_DAYS;
    return from && to;
}

static bool opens_line(const struct doc *d, const struct date_row *r)
{
    return r->first == 0 || d->tok[r->first].flags & TOK_LINE;
}

/* Lines between two tokens, up to COLUMN_LINES + 1. */
static unsigned lines_between(const struct doc *d, uint32_t from, uint32_t to)
{
    unsigned n = 0;
    for (uint32_t i = from + 1; i <= to && n <= COLUMN_LINES; i++)
        n += (d->tok[i].flags & TOK_LINE) != 0;
    return n;
}

/* Only marks and words of a list stand between tokens `from` and `to`: "3/4, 3/6 and 3/9", "3/4 -> 3/6". */
static bool is_listed(const struct doc *d, uint32_t from, uint32_t to)
{
    enum { REACH = 4 };
    if (to <= from || to - from > REACH + 1) return false;
    for (uint32_t i = from + 1; i < to; i++) {
        const struct token *t = &d->tok[i];
        const bool mark = t->kind == TOK_MARK &&
                          (t->hash == ',' || t->hash == '&' || t->hash == '-' || t->hash == '>' ||
                           t->hash == 0x2192 || t->hash == 0x2013 || t->hash == ';');
        if (!mark && !doc_is_word(d, i, VIEW("and")) && !doc_is_word(d, i, VIEW("or")) &&
            !doc_is_word(d, i, VIEW("then")) && !doc_is_word(d, i, VIEW("again")))
            return false;
    }
    return true;
}

/* "no show 5/5 no show 5/19" */
static bool has_same_word(const struct doc *d, uint32_t x, uint32_t y)
{
    const struct token *a = doc_tok(d, (int64_t)x - 1), *b = doc_tok(d, (int64_t)y - 1);
    return a->kind == TOK_WORD && b->kind == TOK_WORD && a->hash == b->hash && a->len > 1;
}

/* 1/2, 3/5, 8/10: shares and grades are written so. */
static bool is_share(const struct date_row *r)
{
    return r->a <= r->b && (r->b <= 6 || r->b == 8 || r->b == 10) && r->digits[0] == 1;
}

/* "3/5 L heel": a side, no litres. */
static bool is_side(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("l")) && doc_tok(d, i)->flags & TOK_UPPER &&
           doc_tok(d, i + 1)->kind == TOK_WORD && !(doc_tok(d, i + 1)->flags & TOK_LINE);
}

/* Could be a day, by what stands around it: no unit, name of a value, or medicine does. */
SELDOM static bool may_be_day(const struct doc *d, const struct date_row *r)
{
    const uint32_t last = r->first + 2;
    if (r->is_whole || r->is_month || date_has_shield(d, r->first, last, SHIELD_TAG)) return false;
    const struct date_context c = date_context_of(d, r->first, last);
    const bool side = is_side(d, (int64_t)last + 1);
    if (c.percent || (!side && c.after & DATE_UNIT) ||
        c.after & (DATE_GRADE | DATE_AGAINST | DATE_LINK))
        return false;
    if (c.around & DATE_AGAINST || doc_bits(d, (int64_t)r->first - 1) & LEX(DRUG)) return false;
    if (date_counts_things(d, last)) return false;
    return !date_is_value(d, r->first, last) && !date_is_bottles(d, r->first, last);
}

/* Does y, which is a day, decide for x? They follow each other in the text, in either order. */
static bool decides(const struct doc *d, const struct date_row *y, const struct date_row *x)
{
    const uint32_t low = MIN(x->first, y->first), high = MAX(x->first, y->first);
    int days;
    /* "vaccines 8-23 and 05/06/2015" */
    if (y->mark != x->mark && !is_listed(d, low + 2, high)) return false;
    if (!apart(d, x, y, &days) || !days) return false;
    if (y->is_whole) /* "5/2, 5/9 and 5/16/2024" */
        return y->first > x->first && is_listed(d, low + 2, high);
    const unsigned lines = lines_between(d, low, high);
    if (opens_line(d, x) && opens_line(d, y)) /* both run on, or both run back */
        return lines <= COLUMN_LINES && days >= -COLUMN_DAYS && days <= COLUMN_DAYS;
    if (lines || days < -COLUMN_DAYS || days > COLUMN_DAYS) return false;
    if (is_listed(d, low + 2, high) || has_same_word(d, low, high)) return true;
    /* 4/7 may be four of seven: only of the same days */
    const int most = x->a <= x->b && x->b < 13 ? WEEK_DAYS : BESIDE_DAYS;
    return x->mark == '/' && !is_share(x) && days >= -most && days <= most;
}

/* "11/2 …", "11/9 …", "11/16 …" at the beginning of lines: three that run on or back like days, and not all of them
 * as shares are written. */
static bool is_column(const struct doc *d, const struct date_row *r)
{
    int first, second;
    for (int i = 0; i < 3; i++)
        if (!opens_line(d, &r[i]) || r[i].mark != '/' || !may_be_day(d, &r[i])) return false;
    if (lines_between(d, r[0].first, r[1].first) > COLUMN_LINES ||
        lines_between(d, r[1].first, r[2].first) > COLUMN_LINES)
        return false;
    if (!apart(d, &r[0], &r[1], &first) || !apart(d, &r[1], &r[2], &second)) return false;
    const bool run = (first > 0 && second > 0) || (first < 0 && second < 0);
    return run && first >= -COLUMN_DAYS && first <= COLUMN_DAYS && second >= -COLUMN_DAYS &&
           second <= COLUMN_DAYS && r[0].b != r[1].b &&
           !(is_share(&r[0]) && is_share(&r[1]) && is_share(&r[2]));
}

/* "4/2: awaiting auth. 4/3: awaiting auth." */
static bool is_head(const struct doc *d, const struct date_row *r)
{
    const struct token *t = doc_tok(d, (int64_t)r->first - 1);
    if (!doc_is_mark(d, (int64_t)r->first + 3, ':') || !doc_joined(d, r->first + 3) ||
        doc_joined(d, r->first + 4) || r->mark != '/' || !may_be_day(d, r))
        return false;
    return opens_line(d, r) || (t->kind == TOK_MARK && t->hash != '/' && t->hash != ':');
}

/* Two heads of entries, one some days after the other. */
static bool are_heads(const struct doc *d, const struct date_row *r)
{
    int days;
    if (r[0].b == r[1].b && is_share(&r[0]))
        return false; /* "1/3: … 2/3: …", the parts of a series */
    return is_head(d, &r[0]) && is_head(d, &r[1]) && apart(d, &r[0], &r[1], &days) && days > 0 &&
           days <= BESIDE_DAYS && lines_between(d, r[0].first, r[1].first) <= COLUMN_LINES;
}

/* "25/5  Gillani / Stoltzfoos": a line of a rota, the day and in the next column a person. */
static bool is_rota_line(const struct doc *d, const struct date_row *r)
{
    const uint32_t who = r->first + 3;
    if (!opens_line(d, r) || r->mark != '/' || who >= d->n || d->tok[who].flags & TOK_LINE ||
        !shape_opens_column(d, who) || d->is_caseless)
        return false;
    const struct lex_info *l = d->lex[who];
    const bool person = !l->bits || MAX(l->given, l->surname) > l->word;
    return person && d->tok[who].kind == TOK_WORD && d->tok[who].len > 2 &&
           shape_of(d, who) == SHAPE_TITLE && !d->shield[who] && may_be_day(d, r);
}

/* Alone only where the first number is more than the second and no grade is as much. */
static bool is_rota(const struct doc *d, const struct date_row *r, bool has_next)
{
    if (!is_rota_line(d, r)) return false;
    return (r->a > 12 && r->a > r->b) ||
           (has_next && r[0].b != r[1].b && is_rota_line(d, &r[1]) &&
            lines_between(d, r[0].first, r[1].first) == 1 && !(is_share(&r[0]) && is_share(&r[1])));
}

SELDOM static err add(struct date_row *r, const struct doc *d, struct findings *out)
{
    r->finding = (int32_t)out->n;
    return findings_add(out,
                        doc_finding(d, r->first, r->first + 2, LABEL_DATE, RULE_DATE_CUE, 0.7f));
}

/* A number of two digits that could be a year: "11/16". */
static bool is_doubtful(const struct date_row *r)
{
    return r->mark == '/' && !r->is_whole && !r->is_month && r->digits[1] == 2 && r->b >= 10;
}

/* Tells the days among what may be months with a year, where plain days are near in the calendar. */
static void tell_days(const struct date_rows *rows, const struct doc *d, struct findings *out)
{
    for (uint32_t i = 0; i < rows->n; i++)
        if (rows->v[i].is_month && rows->v[i].finding != DATE_NOT_FOUND) return;
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct date_row *r = &rows->v[i];
        int days;
        if (r->finding == DATE_NOT_FOUND || !is_doubtful(r)) continue;
        for (uint32_t k = 0; k < rows->n; k++) {
            const struct date_row *y = &rows->v[k];
            if (y->finding == DATE_NOT_FOUND || is_doubtful(y) || !apart(d, r, y, &days)) continue;
            if (days >= -BESIDE_DAYS && days <= BESIDE_DAYS &&
                out->v[r->finding].part == PART_WHOLE)
                out->v[r->finding].part = PART_DAY;
        }
    }
}

/* Adds row `to` where row `from`, beside it, decides for it. */
static err hand_on(struct date_rows *rows, const struct doc *d, uint32_t from, uint32_t to,
                   struct findings *out)
{
    const struct date_row *y = &rows->v[from];
    struct date_row *x = &rows->v[to];
    if (x->finding != DATE_NOT_FOUND || y->finding == DATE_NOT_FOUND) return OK;
    return decides(d, y, x) && may_be_day(d, x) ? add(x, d, out) : OK;
}

err date_rows_judge(struct date_rows *rows, const struct doc *d, struct findings *out)
{
    err e = OK;
    for (uint32_t i = 0; i < rows->n; i++) {
        struct date_row *r = &rows->v[i];
        if (r->finding != DATE_NOT_FOUND || !is_rota(d, r, i + 1 < rows->n)) continue;
        rows->has_found = true;
        TRY(add(r, d, out));
    }
    for (uint32_t i = 0; i + 1 < rows->n; i++) {
        struct date_row *r = &rows->v[i];
        const bool seed = are_heads(d, r) || (i + 2 < rows->n && is_column(d, r));
        if (!seed) continue;
        rows->has_found = true;
        if (r[0].finding == DATE_NOT_FOUND) TRY(add(&r[0], d, out));
        if (r[1].finding == DATE_NOT_FOUND) TRY(add(&r[1], d, out));
    }
    if (!rows->has_found) return OK;
    /* down the text, then up: what was decided decides for the next */
    for (uint32_t i = 1; i < rows->n; i++)
        TRY(hand_on(rows, d, i - 1, i, out));
    for (uint32_t i = rows->n - 1; i-- > 0;)
        TRY(hand_on(rows, d, i + 1, i, out));
    tell_days(rows, d, out);
out:
    return e;
}
