/* text/written_named.c — dates whose month is a word (written_scan.h). */
#include "text/written_scan.h"

/* '21 at i (the apostrophe): the index after it, or 0. */
static unsigned apostrophe_year(struct date_scan *s, unsigned i, unsigned part)
{
    if (!is_kind(s, i, DL_APOS) || !is_num(s, i + 1, 2, 2)) return 0;
    return scan_year(s, i + 1, part);
}

/* Nothing that would make the two digits before it something else: a time, a decimal, a unit. */
static bool ends_here(struct date_scan *s, unsigned i)
{
    switch (AT(s, i)->kind) {
    case DL_END: return true;
    case DL_DOT:
    case DL_COMMA: return !is_kind(s, i + 1, DL_NUM);
    case DL_OTHER: return AT(s, i)->len > 0 && s->lex.text.p[AT(s, i)->start] != '%';
    default: return false;
    }
}

/* ":30" joined to a number makes it an hour. */
static bool is_clock(struct date_scan *s, unsigned i)
{
    return is_kind(s, i, DL_COLON) && is_kind(s, i + 1, DL_NUM);
}

unsigned scan_year_tail(struct date_scan *s, unsigned i, unsigned part)
{
    unsigned j = skip(s, i, DL_SPACE);
    bool comma = is_kind(s, j, DL_COMMA);
    if (comma) j = skip(s, j + 1, DL_SPACE);
    bool of = is_word(s, j, DW_OF);
    if (of) j = skip(s, j + 1, DL_SPACE);
    if (j == i) return i;
    unsigned k = apostrophe_year(s, j, part);
    if (k) return k;
    if (is_year4(s, j) && !is_clock(s, j + 1)) return scan_year(s, j, part);
    if ((comma || of) && is_num(s, j, 2, 2) && ends_here(s, j + 1)) /* "March of 21." */
        return scan_year(s, j, part);
    /* the mark was lost: "Jan 9th 23"; the caller judges whether it is a year at all */
    bool bare = j == i + 1 && is_kind(s, i, DL_SPACE) && (s->w->part[part].has & WRITTEN_DAY) &&
                (s->w->part[part].has & WRITTEN_MONTH);
    if (bare && is_num(s, j, 2, 2) && (ends_here(s, j + 1) || is_kind(s, j + 1, DL_SPACE)))
        return scan_year(s, j, part);
    return i;
}

/* "-5", " to 5th" after a day: the second part of a range of days. Returns i when there is none. */
static unsigned day_range(struct date_scan *s, unsigned i, unsigned part)
{
    unsigned j = skip(s, i, DL_SPACE);
    s->range_and = false;
    if (part != 0) return i;
    if (is_kind(s, j, DL_DASH)) {
        j = skip(s, j + 1, DL_SPACE);
    } else if (j > i && is_word(s, j, DW_TO)) {
        s->range_and = AT(s, j)->value == 1;
        j = skip(s, j + 1, DL_SPACE);
        if (is_word(s, j, DW_THE) && is_word(s, j + 3, DW_SUFFIX)) j += 2; /* to the 19th */
    } else {
        return i;
    }
    unsigned after = is_word(s, j + 1, DW_SUFFIX) ? j + 2 : j + 1;
    if (!is_day(s, j) || AT(s, j)->number <= s->w->part[0].day) return i;
    if (is_kind(s, after, DL_SLASH) || is_kind(s, after, DL_DASH) || is_clock(s, after) ||
        is_kind(s, after, DL_NUM) || (is_kind(s, after, DL_DOT) && is_kind(s, after + 1, DL_NUM)))
        return i;
    s->w->parts = 2;
    return scan_day(s, j, 1);
}

void scan_share(struct written_date *w, enum written_field f)
{
    struct written_part *a = &w->part[0], *b = &w->part[1];
    if (w->parts != 2 || ((a->has ^ b->has) & f) == 0) return;
    struct written_part *from = a->has & f ? a : b, *to = a->has & f ? b : a;
    to->has |= (uint8_t)f;
    if (f == WRITTEN_YEAR) to->year = from->year;
    if (f == WRITTEN_MONTH) to->month = from->month;
}

static void forget_range(struct date_scan *s, uint8_t n)
{
    s->w->parts = 1;
    s->w->n = n;
    s->w->part[1] = (struct written_part){ 0 };
}

/* Mar-05-2021, Mar-2021, Mar-05, Mar/05/21: i is the separator. 0: not that. */
static unsigned month_joined(struct date_scan *s, unsigned i, unsigned part)
{
    enum date_lex_kind sep = AT(s, i)->kind;
    if (sep != DL_DASH && sep != DL_SLASH) return 0;
    if (is_year4(s, i + 1)) return scan_year(s, i + 1, part);
    if (!is_num(s, i + 1, 1, 2)) return 0;
    if (is_kind(s, i + 2, sep) && is_day(s, i + 1) &&
        (is_year4(s, i + 3) || is_num(s, i + 3, 2, 2))) {
        scan_number(s, i + 1, WRITTEN_DAY, part);
        return scan_year(s, i + 3, part);
    }
    if (is_kind(s, i + 2, sep)) return 0;
    if (is_day(s, i + 1)) return scan_day(s, i + 1, part);
    return is_num(s, i + 1, 2, 2) ? scan_year(s, i + 1, part) : 0;
}

/* March 5th, 2021 and all that begins with a month. */
unsigned scan_month_first(struct date_scan *s, unsigned i, unsigned part)
{
    if (!is_word(s, i, DW_MONTH)) return 0;
    bool spanish = AT(s, i)->form == DF_SPANISH;
    unsigned j = scan_name(s, i, WRITTEN_MONTH, part), k;
    s->w->form = WRITTEN_NAMED;
    if ((k = month_joined(s, j, part)) != 0) return k;
    unsigned dot = skip(s, j, DL_DOT);
    unsigned at = skip(s, dot, DL_SPACE);
    if (spanish) { /* "mayo" is a clinic too: "mayo de 2021", nothing looser */
        k = is_word(s, at, DW_OF) ? scan_year_tail(s, dot, part) : 0;
        return k > dot ? k : 0;
    }
    if (is_word(s, at, DW_THE) && is_kind(s, at + 1, DL_SPACE) && is_day(s, at + 2) &&
        is_word(s, at + 3, DW_SUFFIX))
        at += 2;
    bool joined = at == dot;
    if (is_day(s, at) && !is_clock(s, at + 1)) {
        uint8_t n = s->w->n;
        k = scan_day(s, at, part);
        uint8_t before = s->w->n;
        unsigned range = joined ? k : day_range(s, k, part);
        unsigned end = scan_year_tail(s, range, part);
        if (end == range && range > k && s->range_and) { /* "March 3 and 5 mg" */
            forget_range(s, before);
            range = k;
            end = scan_year_tail(s, k, part);
        }
        scan_share(s->w, WRITTEN_MONTH);
        scan_share(s->w, WRITTEN_YEAR);
        if (!joined || end > range) return end;
        s->w->n = n;
        s->w->part[part].has &= (uint8_t)~WRITTEN_DAY;
        return 0;
    }
    if (is_year4(s, at) && !is_clock(s, at + 1)) return scan_year(s, at, part);
    if (!joined && is_num(s, at, 2, 2) && AT(s, at)->number > 31) return scan_year(s, at, part);
    k = scan_year_tail(s, dot, part);
    return k > dot ? k : j;
}

/* 05MAR2021, 05-Mar-21, 5 March 2021, 15th of January, 3-5 March: i is the day. */
unsigned scan_day_first(struct date_scan *s, unsigned i, unsigned part)
{
    if (!is_day(s, i)) return 0;
    unsigned j = scan_day(s, i, part), k;
    s->w->form = WRITTEN_NAMED;
    s->w->day_first = true;
    if (is_word(s, j, DW_MONTH)) {
        s->w->form = WRITTEN_COMPACT;
        j = scan_name(s, j, WRITTEN_MONTH, part);
        if (is_year4(s, j) || is_num(s, j, 2, 2)) return scan_year(s, j, part);
        return scan_year_tail(s, j, part);
    }
    enum date_lex_kind sep = AT(s, j)->kind;
    if ((sep == DL_DASH || sep == DL_SLASH || sep == DL_DOT) && is_word(s, j + 1, DW_MONTH)) {
        j = scan_name(s, j + 1, WRITTEN_MONTH, part);
        if (is_kind(s, j, sep) && (is_year4(s, j + 1) || is_num(s, j + 1, 2, 2)))
            return scan_year(s, j + 1, part);
        return scan_year_tail(s, j, part);
    }
    if (is_kind(s, j, DL_SPACE) && is_kind(s, j + 1, DL_DASH) && is_kind(s, j + 2, DL_SPACE) &&
        is_word(s, j + 3, DW_MONTH) && is_kind(s, j + 4, DL_SPACE) && is_kind(s, j + 5, DL_DASH) &&
        is_kind(s, j + 6, DL_SPACE) && is_year4(s, j + 7)) { /* 5 - March - 2021 */
        scan_name(s, j + 3, WRITTEN_MONTH, part);
        return scan_year(s, j + 7, part);
    }
    j = day_range(s, j, part);
    if (!is_kind(s, j, DL_SPACE)) return 0;
    k = j + 1;
    if (is_word(s, k, DW_OF) && AT(s, k)->value == 0) k = skip(s, k + 1, DL_SPACE);
    if (!is_word(s, k, DW_MONTH)) return 0;
    k = scan_name(s, k, WRITTEN_MONTH, part);
    unsigned dot = skip(s, k, DL_DOT);
    unsigned end = scan_year_tail(s, dot, part);
    scan_share(s->w, WRITTEN_MONTH);
    scan_share(s->w, WRITTEN_YEAR);
    return end > dot ? end : k;
}
