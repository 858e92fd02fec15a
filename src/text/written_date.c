/* text/written_date.c — see written_date.h: which rule reads a date, ranges of two, and the check that
 * what was read can be written again. */
#include "text/written_scan.h"

/* The rules, in the order in which the first of the longest wins. */
enum { THREE, DAYS, COMPACT, DAY_FIRST, MONTH_FIRST, PERIOD, TWO, RULES };
static date_rule *const rules[RULES] = {
    [THREE] = scan_numeric_three, [DAYS] = scan_numeric_days,       [COMPACT] = scan_compact,
    [DAY_FIRST] = scan_day_first, [MONTH_FIRST] = scan_month_first, [PERIOD] = scan_period,
    [TWO] = scan_numeric_two,
};

/* A bit for each of the rules that may apply, by the lexeme at i and the one behind it. */
static unsigned rules_of(struct date_scan *s, unsigned i)
{
    if (!is_kind(s, i, DL_NUM)) return is_word(s, i, DW_MONTH) << MONTH_FIRST | 1U << PERIOD;
    const unsigned len = AT(s, i)->len;
    const enum date_lex_kind next = AT(s, i + 1)->kind;
    unsigned may = len <= 4 ? 1U << THREE : 1U << COMPACT;
    if (len <= 2) {
        may |= (next == DL_SLASH) << DAYS;
        may |= (next != DL_SLASH || is_kind(s, i + 2, DL_WORD)) << DAY_FIRST;
    }
    if (len == 4 || (len == 1 && next == DL_WORD)) may |= 1U << PERIOD;
    if (len <= 4 && (next == DL_SLASH || next == DL_DASH)) may |= 1U << TWO;
    return may;
}

/* The longest of the rules; the pieces of the others are gone. */
static unsigned core(struct date_scan *s, unsigned i, unsigned part)
{
    unsigned may = rules_of(s, i);
    const struct written_date before = *s->w;
    struct written_date best FILLED_LATER;
    unsigned longest = 0;
    bool is_best = true, has_run = false; /* is_best: *s->w is the best so far */
    for (unsigned r = 0; r < RULES; r++) {
        if (!(may >> r & 1)) continue;
        if (has_run && is_best) best = *s->w;
        if (has_run) *s->w = before;
        const unsigned end = rules[r](s, i, part);
        has_run = true;
        is_best = end > longest && s->w->n <= WRITTEN_PIECES;
        if (is_best) longest = end;
        if (r == THREE && end) may &= ~(1U << DAYS | 1U << TWO); /* they read less of it */
    }
    if (!is_best) *s->w = longest ? best : before;
    return longest;
}

/* A weekday, and the date it stands with. */
static unsigned with_weekday(struct date_scan *s, unsigned i, unsigned part)
{
    if (!is_word(s, i, DW_WEEKDAY)) return core(s, i, part);
    const struct written_date before = *s->w;
    unsigned j = scan_name(s, i, WRITTEN_WEEKDAY, part);
    j = skip(s, j, DL_DOT);
    j = skip(s, j, DL_COMMA);
    unsigned apart = skip(s, j, DL_SPACE);
    if (is_word(s, apart, DW_THE)) apart = skip(s, apart + 1, DL_SPACE);
    unsigned end = apart > i + 1 ? core(s, apart, part) : 0;
    if (end) return end;
    if (apart > i + 1 && is_day(s, apart) && is_word(s, apart + 1, DW_SUFFIX)) {
        s->w->form = WRITTEN_DAYNAME;
        return scan_day(s, apart, part);
    }
    *s->w = before;
    return 0;
}

/* The second date of a range, where the first has no year of its own: 2/28-3/1, Jan 5 to Jan 9. Two
 * dates with years are two dates, unless the caller asks for all of a text. */
static unsigned range(struct date_scan *s, unsigned i, bool whole)
{
    struct written_date *w = s->w;
    if (w->parts == 2 || !(w->part[0].has & WRITTEN_MONTH) || w->form == WRITTEN_COMPACT) return i;
    if (!whole && (w->part[0].has & (WRITTEN_YEAR | WRITTEN_DAY)) != WRITTEN_DAY) return i;
    unsigned j = skip(s, i, DL_SPACE);
    if (is_kind(s, j, DL_DASH) || (j > i && is_word(s, j, DW_TO) && AT(s, j)->value == 0))
        j = skip(s, j + 1, DL_SPACE);
    else
        return i;
    const struct written_date before = *w;
    w->parts = 2;
    w->day_year = false;
    unsigned end = with_weekday(s, j, 1);
    enum { UNITS = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY };
    uint8_t a = before.part[0].has & UNITS, b = w->part[1].has & UNITS;
    bool alike = w->form == before.form && w->separator == before.separator &&
                 w->day_first == before.day_first && (a == b || (a | WRITTEN_YEAR) == b);
    if (end && alike) {
        scan_share(w, WRITTEN_YEAR);
        w->day_year &= before.day_year;
        return end;
    }
    *w = before;
    return i;
}

/* Whether a number that shows nothing about its padding would have it: 12/28/2021, 28-Mar-21 and
 * 28MAR2021, not 12/98 and March 28. */
static bool is_padded_form(const struct written_date *w, const struct written_piece *p)
{
    if (w->form == WRITTEN_COMPACT) return true;
    if (w->form == WRITTEN_NUMERIC)
        return (w->part[0].has & WRITTEN_DAY) || !(w->part[0].has & WRITTEN_YEAR) ||
               !w->piece[1].short_year;
    if (w->parts == 2) return false;
    size_t end = (size_t)p->start + p->len;
    char before = p->start ? w->text.p[p->start - 1] : ' ',
         after = end < w->text.n ? w->text.p[end] : ' ';
    return before == '-' || before == '/' || after == '-' || after == '/';
}

/* Padding that a two-digit number does not show is that of its neighbours, else that of the form. */
static void settle_padding(struct written_date *w)
{
    int shown = -1;
    for (int i = 0; i < w->n; i++) {
        const struct written_piece *p = &w->piece[i];
        if (!p->digits || !(p->field & (WRITTEN_MONTH | WRITTEN_DAY))) continue;
        bool short_one = (p->len - 2 * p->suffix) == 1;
        if (short_one || w->text.p[p->start] == '0') shown = !short_one;
    }
    for (int i = 0; i < w->n; i++) {
        struct written_piece *p = &w->piece[i];
        if (!p->digits || !(p->field & (WRITTEN_MONTH | WRITTEN_DAY))) continue;
        bool one = (p->len - 2 * p->suffix) == 1, zero = w->text.p[p->start] == '0';
        p->padded = zero || (!one && (shown >= 0 ? shown : is_padded_form(w, p)));
    }
}

static bool part_exists(const struct written_part *p)
{
    if ((p->has & WRITTEN_MONTH) && (p->month < 1 || p->month > 12)) return false;
    if (!(p->has & WRITTEN_DAY) || !(p->has & WRITTEN_MONTH)) return true;
    if ((p->has & WRITTEN_YEAR) && p->year < 1000) return false;
    return civil_is_date(p->has & WRITTEN_YEAR ? p->year : 2000, p->month, p->day);
}

/* The expression at the start of `v` into *w; the index of the lexeme after it, or 0. */
static unsigned scan(struct date_scan *s, view v, enum date_order order, struct written_date *w,
                     bool whole)
{
    s->w = w;
    s->order = order;
    s->range_and = false;
    memset(w, 0, sizeof *w);
    w->parts = 1;
    date_lex_init(&s->lex, v);
    unsigned end = with_weekday(s, 0, 0);
    if (!end) return 0;
    end = range(s, end, whole);
    w->text = view_sub(s->lex.text, 0, AT(s, end)->start);
    w->in_calendar = part_exists(&w->part[0]) && (w->parts == 1 || part_exists(&w->part[1]));
    settle_padding(w);
    return end;
}

size_t written_date_scan(view v, enum date_order order, struct written_date *out)
{
    struct date_scan s FILLED_LATER;
    return scan(&s, v, order, out, false) ? out->text.n : 0;
}

/* " 14:20", ", 2:30 PM", " at 1420 hrs" from i to the end of the text. */
static bool is_time_to_end(struct date_scan *s, unsigned i)
{
    unsigned j = skip(s, i, DL_COMMA);
    j = skip(s, j, DL_SPACE);
    if (is_word(s, j, DW_AT) || is_kind(s, j, DL_AT)) j = skip(s, j + 1, DL_SPACE);
    if (j == i || !is_num(s, j, 1, 6)) return false;
    bool colon = false;
    j++;
    while (is_kind(s, j, DL_COLON) && is_num(s, j + 1, 2, 2)) {
        j += 2;
        colon = true;
    }
    if (!colon && AT(s, j - 1)->len != 4 && AT(s, j - 1)->len != 6) return false;
    if (is_kind(s, j, DL_DOT) && is_num(s, j + 1, 1, 9)) j += 2;
    unsigned k = skip(s, j, DL_SPACE);
    if (is_word(s, k, DW_AMPM)) j = k + 1;
    if ((is_kind(s, j, DL_PLUS) || is_kind(s, j, DL_DASH)) && is_num(s, j + 1, 2, 4)) {
        j += 2;
        if (is_kind(s, j, DL_COLON) && is_num(s, j + 1, 2, 2)) j += 2;
    }
    return is_kind(s, j, DL_END) && AT(s, j)->start == s->lex.text.n;
}

bool written_date_parse(view v, enum date_order order, struct written_date *out)
{
    struct date_scan s FILLED_LATER;
    if (v.n > DATE_LEX_BYTES) return false;
    unsigned end = scan(&s, v, order, out, true);
    if (!end) return false;
    if (out->text.n < v.n) {
        if (!is_time_to_end(&s, end)) return false;
        out->part[0].has |= WRITTEN_TIME;
        out->text = v;
    }
    if (!out->in_calendar || out->doubtful) return false;
    struct buf again;
    buf_init(&again, 2 * DATE_LEX_BYTES);
    bool done = false;
    bool same = written_date_write(out, out->part, &again, &done) == OK && done &&
                view_eq(buf_view(&again), v);
    buf_clear(&again);
    return same;
}
