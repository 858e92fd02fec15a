/* text/written_numeric.c — dates of digits and separators (written_scan.h). */
#include "text/written_scan.h"

/* The separator at i and whether white space is around it; the index after it, or 0. */
static unsigned separator(struct date_scan *s, unsigned i, char *mark, bool *spaced)
{
    unsigned j = skip(s, i, DL_SPACE);
    enum date_lex_kind k = AT(s, j)->kind;
    if (j > i && k == DL_NUM && AT(s, i)->len == 1) { /* the marks were lost: 3 5 2021 */
        *mark = ' ';
        *spaced = false;
        return j;
    }
    *mark = k == DL_SLASH ? '/' : k == DL_DASH ? '-' : k == DL_DOT ? '.' : 0;
    if (!*mark) return 0;
    unsigned after = skip(s, j + 1, DL_SPACE);
    *spaced = after - i > 1;
    return after;
}

/* Three numbers to year, month, day in the order they stand. 0: no date in them. */
static bool three_order(struct date_scan *s, const unsigned at[3], enum written_field to[3])
{
    uint32_t a = AT(s, at[0])->number, b = AT(s, at[1])->number, c = AT(s, at[2])->number;
    bool year_first = is_year4(s, at[0]) || (is_num(s, at[0], 2, 2) && a > 31);
    if (year_first) {
        if (!is_num(s, at[1], 1, 2) || !is_num(s, at[2], 1, 2) || b > 12 || c > 31) return false;
        to[0] = WRITTEN_YEAR;
        to[1] = WRITTEN_MONTH;
        to[2] = WRITTEN_DAY;
        return b >= 1 && c >= 1;
    }
    bool year4 = is_year4(s, at[2]);
    if (!is_num(s, at[0], 1, 2) || !is_num(s, at[1], 1, 2)) return false;
    /* three digits of a year are a slip: found, never moved */
    if (!year4 && !is_num(s, at[2], 2, 3)) return false;
    /* two numbers over 12 are a date gone wrong if the year leaves no doubt */
    if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12 && !year4)) return false;
    bool day = a > 12 || (s->order == DATE_DAY_FIRST && b <= 12);
    s->w->day_first = day;
    to[0] = day ? WRITTEN_DAY : WRITTEN_MONTH;
    to[1] = day ? WRITTEN_MONTH : WRITTEN_DAY;
    to[2] = WRITTEN_YEAR;
    return true;
}

static unsigned add_ordered(struct date_scan *s, unsigned i, enum written_field f, unsigned part)
{
    return f == WRITTEN_YEAR ? scan_year(s, i, part) : scan_number(s, i, f, part);
}

/* T14:20:00.000Z or T142000-0500 at i, joined to a date; returns i when there is none. */
static unsigned time_joined(struct date_scan *s, unsigned i)
{
    const struct date_lexeme *t = AT(s, i);
    if (t->kind != DL_WORD || t->len != 1 || ascii_lower(s->lex.text.p[t->start]) != 't') return i;
    unsigned j = i + 1;
    if (!is_num(s, j, 2, 6)) return i;
    j++;
    while (is_kind(s, j, DL_COLON) && is_num(s, j + 1, 2, 2))
        j += 2;
    if (is_kind(s, j, DL_DOT) && is_num(s, j + 1, 1, 9)) j += 2;
    if (is_kind(s, j, DL_WORD) && AT(s, j)->len == 1 &&
        ascii_lower(s->lex.text.p[AT(s, j)->start]) == 'z') {
        j++;
    } else if ((is_kind(s, j, DL_PLUS) || is_kind(s, j, DL_DASH)) && is_num(s, j + 1, 2, 4)) {
        j += 2;
        if (is_kind(s, j, DL_COLON) && is_num(s, j + 1, 2, 2)) j += 2;
    }
    s->w->part[0].has |= WRITTEN_TIME;
    return j;
}

/* 2021-03-05, 3/5/21, 03.05.2021 */
unsigned scan_numeric_three(struct date_scan *s, unsigned i, unsigned part)
{
    char m1, m2;
    bool sp1, sp2;
    unsigned at[3] = { i };
    enum written_field to[3];
    if (!is_num(s, i, 1, 4) || !(at[1] = separator(s, i + 1, &m1, &sp1))) return 0;
    if (!(at[2] = separator(s, at[1] + 1, &m2, &sp2)) || m1 != m2 || sp1 != sp2) return 0;
    if (!is_num(s, at[1], 1, 2) || !is_kind(s, at[2], DL_NUM) || !three_order(s, at, to)) return 0;
    if (sp1 && m1 == '.') return 0;
    s->w->form = WRITTEN_NUMERIC;
    s->w->separator = m1;
    s->w->spaced = sp1;
    unsigned end = 0;
    for (int k = 0; k < 3; k++)
        end = add_ordered(s, at[k], to[k], part);
    return time_joined(s, end);
}

/* 1/12-15/93: two days of one month */
unsigned scan_numeric_days(struct date_scan *s, unsigned i, unsigned part)
{
    if (part != 0 || !is_num(s, i, 1, 2) || AT(s, i)->number < 1 || AT(s, i)->number > 12) return 0;
    if (!is_kind(s, i + 1, DL_SLASH) || !is_day(s, i + 2) || !is_kind(s, i + 3, DL_DASH)) return 0;
    if (!is_day(s, i + 4) || !is_kind(s, i + 5, DL_SLASH)) return 0;
    if (AT(s, i + 4)->number <= AT(s, i + 2)->number) return 0;
    if (!is_year4(s, i + 6) && !is_num(s, i + 6, 2, 2)) return 0;
    if (is_kind(s, i + 7, DL_SLASH) && is_kind(s, i + 8, DL_NUM)) return 0; /* 1/5-7/9/93 */
    s->w->form = WRITTEN_NUMERIC;
    s->w->separator = '/';
    s->w->parts = 2;
    scan_number(s, i, WRITTEN_MONTH, 0);
    scan_number(s, i + 2, WRITTEN_DAY, 0);
    scan_number(s, i + 4, WRITTEN_DAY, 1);
    unsigned end = scan_year(s, i + 6, 1);
    scan_share(s->w, WRITTEN_MONTH);
    scan_share(s->w, WRITTEN_YEAR);
    return end;
}

/* 3/2021, 2021-03, 3/5, 9/98, 9/03. Two numbers are a weak sign: no white space here. */
unsigned scan_numeric_two(struct date_scan *s, unsigned i, unsigned part)
{
    char mark;
    bool spaced;
    unsigned j = is_num(s, i, 1, 4) ? separator(s, i + 1, &mark, &spaced) : 0;
    if (!j || spaced || mark == '.' || mark == ' ' || !is_kind(s, j, DL_NUM)) return 0;
    uint32_t a = AT(s, i)->number, b = AT(s, j)->number;
    s->w->form = WRITTEN_NUMERIC;
    s->w->separator = mark;
    if (is_year4(s, i) && is_num(s, j, 2, 2) && b >= 1 && b <= 12) {
        scan_year(s, i, part);
        return scan_number(s, j, WRITTEN_MONTH, part);
    }
    if (!is_num(s, i, 1, 2) || a < 1) return 0;
    if (is_year4(s, j) && a <= 12) {
        scan_number(s, i, WRITTEN_MONTH, part);
        return scan_year(s, j, part);
    }
    if (!is_num(s, j, 1, 2)) return 0;
    /* 9/98 can't be a day; 9/03 pads the year alone */
    bool year =
        AT(s, j)->len == 2 && a <= 12 &&
        (b > 31 || b == 0 || (b < 10 && AT(s, i)->len == 1) || b > civil_month_days(2000, a));
    if (year) {
        scan_number(s, i, WRITTEN_MONTH, part);
        return scan_year(s, j, part);
    }
    bool day = a > 12 || (s->order == DATE_DAY_FIRST && b <= 12);
    if (a > 31 || b < 1 || b > 31 || (day && b > 12)) return 0;
    s->w->day_first = day;
    s->w->day_year = a <= 12 && AT(s, j)->len == 2;
    scan_number(s, i, day ? WRITTEN_DAY : WRITTEN_MONTH, part);
    return scan_number(s, j, day ? WRITTEN_MONTH : WRITTEN_DAY, part);
}

/* A field of `digits` digits of the compact number x from `from` on. */
static uint32_t cut(struct date_scan *s, struct date_lexeme *x, unsigned from, unsigned digits)
{
    uint32_t n = 0;
    for (unsigned i = 0; i < digits; i++)
        n = n * 10 + (uint32_t)(s->lex.text.p[x->start + from + i] - '0');
    x->start = (uint16_t)(x->start + from);
    x->len = (uint16_t)digits;
    x->number = n;
    return n;
}

/* The orders in which digits without marks are tried: the one that was asked for; and where that is day
 * first, the other one, because in the rest of the world both are met. */
static unsigned orders_of(const struct date_scan *s, enum date_order v[2])
{
    v[0] = s->order;
    v[1] = DATE_MONTH_FIRST;
    return s->order == DATE_DAY_FIRST ? 2 : 1;
}

static void add_compact(struct date_scan *s, const struct date_lexeme cuts[3],
                        const uint8_t fields[3], unsigned part)
{
    struct written_part *to = &s->w->part[part];
    s->w->form = WRITTEN_COMPACT;
    for (int k = 0; k < 3; k++) {
        struct written_piece *p = scan_piece(s, &cuts[k], fields[k], part);
        uint32_t n = cuts[k].number;
        p->digits = true;
        p->short_year = fields[k] == WRITTEN_YEAR && cuts[k].len == 2;
        if (p->short_year) n += n < WRITTEN_PIVOT ? 2000 : 1900;
        if (fields[k] == WRITTEN_YEAR) to->year = (int16_t)n;
        if (fields[k] == WRITTEN_MONTH) to->month = (uint8_t)n;
        if (fields[k] == WRITTEN_DAY) to->day = (uint8_t)n;
    }
}

static const uint8_t month_day_year[3] = { WRITTEN_MONTH, WRITTEN_DAY, WRITTEN_YEAR },
                     day_month_year[3] = { WRITTEN_DAY, WRITTEN_MONTH, WRITTEN_YEAR },
                     year_month_day[3] = { WRITTEN_YEAR, WRITTEN_MONTH, WRITTEN_DAY };

/* Cuts the number into lengths n; false when that is no date in `order`. */
static bool cut_year_last(struct date_scan *s, const struct date_lexeme *whole, const uint8_t n[3],
                          enum date_order order, struct date_lexeme cuts[3])
{
    cuts[0] = cuts[1] = cuts[2] = *whole;
    uint32_t a = cut(s, &cuts[0], 0, n[0]), b = cut(s, &cuts[1], n[0], n[1]);
    uint32_t y = cut(s, &cuts[2], (unsigned)n[0] + n[1], n[2]);
    bool day_first = order == DATE_DAY_FIRST;
    uint32_t month = day_first ? b : a, day = day_first ? a : b;
    if (n[2] == 2) return civil_is_date(2000, (int)month, (int)day);
    return y >= WRITTEN_YEAR_MIN && y <= WRITTEN_YEAR_MAX &&
           civil_is_date(n[0] + n[1] == 4 ? (int)y : 2000, (int)month, (int)day);
}

/* 5 to 7 digits from which the marks were lost: 020423, 41222, 9152023. More than one way to cut them
 * may hold; what was cut in doubt is found and never moved. */
static unsigned compact_short(struct date_scan *s, unsigned i, unsigned part)
{
    static const uint8_t lengths[][3] = {
        { 2, 2, 2 }, { 1, 1, 4 }, { 1, 2, 2 }, { 2, 1, 2 }, { 1, 2, 4 }, { 2, 1, 4 },
    };
    const struct date_lexeme whole = *AT(s, i);
    struct date_lexeme cuts[3];
    enum date_order orders[2];
    unsigned n_orders = orders_of(s, orders);
    for (size_t k = 0; k < COUNT_OF(lengths); k++) {
        const uint8_t *n = lengths[k];
        if (n[0] + n[1] + n[2] != whole.len) continue;
        for (unsigned o = 0; o < n_orders; o++) {
            if (!cut_year_last(s, &whole, n, orders[o], cuts)) continue;
            s->w->doubtful = k != 0;
            s->w->day_first = orders[o] == DATE_DAY_FIRST;
            add_compact(s, cuts, s->w->day_first ? day_month_year : month_day_year, part);
            return i + 1;
        }
    }
    return 0;
}

/* 20210305 into cuts, or 03052021; the fields they are, or NULL. */
static const uint8_t *cut_eight(struct date_scan *s, const struct date_lexeme *whole,
                                struct date_lexeme cuts[3])
{
    static const uint8_t lengths[3] = { 2, 2, 4 };
    enum date_order orders[2];
    unsigned n_orders = orders_of(s, orders);
    cuts[0] = cuts[1] = cuts[2] = *whole;
    uint32_t year = cut(s, &cuts[0], 0, 4), month = cut(s, &cuts[1], 4, 2);
    uint32_t day = cut(s, &cuts[2], 6, 2);
    if (year >= WRITTEN_YEAR_MIN && year <= WRITTEN_YEAR_MAX && civil_is_date(year, month, day))
        return year_month_day;
    for (unsigned o = 0; whole->len == 8 && o < n_orders; o++) {
        if (!cut_year_last(s, whole, lengths, orders[o], cuts)) continue;
        s->w->day_first = orders[o] == DATE_DAY_FIRST;
        return s->w->day_first ? day_month_year : month_day_year;
    }
    return NULL;
}

/* 20210305, 20210305142000.123-0500, 03052021 */
unsigned scan_compact(struct date_scan *s, unsigned i, unsigned part)
{
    const struct date_lexeme whole = *AT(s, i);
    struct date_lexeme cuts[3];
    if (whole.kind == DL_NUM && whole.len >= 5 && whole.len <= 7) return compact_short(s, i, part);
    if (whole.kind != DL_NUM || (whole.len != 8 && whole.len != 12 && whole.len != 14)) return 0;
    const uint8_t *fields = cut_eight(s, &whole, cuts);
    if (!fields) return 0;
    if (whole.len >= 12) {
        struct date_lexeme t = whole, u = whole;
        if (cut(s, &t, 8, 2) > 24 || cut(s, &u, 10, 2) > 59) return 0;
    }
    add_compact(s, cuts, fields, part);
    unsigned j = i + 1;
    if (whole.len == 8) return time_joined(s, j);
    s->w->part[part].has |= WRITTEN_TIME;
    if (is_kind(s, j, DL_DOT) && is_num(s, j + 1, 1, 4)) j += 2;
    if ((is_kind(s, j, DL_PLUS) || is_kind(s, j, DL_DASH)) && is_num(s, j + 1, 4, 4)) j += 2;
    return j;
}
