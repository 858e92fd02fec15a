/* text/written_period.c — seasons, quarters and holidays, with their year (written_scan.h). */
#include "text/written_scan.h"

/* The year of a season, quarter or holiday: " 2021", " of 2021", ", 2021", "'21"; "/2021" and "2021"
 * joined for a quarter. 0: none. */
static unsigned period_year(struct date_scan *s, unsigned i, unsigned part, bool joined)
{
    if (joined && (is_kind(s, i, DL_SLASH) || is_kind(s, i, DL_DASH)) && is_year4(s, i + 1))
        return scan_year(s, i + 1, part);
    if (joined && (is_year4(s, i) || is_num(s, i, 2, 2))) return scan_year(s, i, part);
    unsigned j = scan_year_tail(s, i, part);
    return j > i ? j : 0;
}

static unsigned add_quarter(struct date_scan *s, unsigned i, unsigned part)
{
    struct written_piece *p = scan_piece(s, AT(s, i), WRITTEN_QUARTER, part);
    p->digits = true;
    s->w->part[part].quarter = (uint8_t)AT(s, i)->number;
    return i + 1;
}

static bool is_quarter(struct date_scan *s, unsigned i)
{
    return is_num(s, i, 1, 1) && AT(s, i)->number >= 1 && AT(s, i)->number <= 4;
}

/* spring of 2021, Q2 2021, 2Q21, 2021 Q2, 2nd quarter of 2021, Christmas 2020, Labor Day */
unsigned scan_period(struct date_scan *s, unsigned i, unsigned part)
{
    unsigned j;
    s->w->form = WRITTEN_PERIOD;
    if (is_word(s, i, DW_SEASON))
        return period_year(s, scan_name(s, i, WRITTEN_SEASON, part), part, false);
    if (is_word(s, i, DW_Q) && is_quarter(s, i + 1))
        return period_year(s, add_quarter(s, i + 1, part), part, true);
    if (is_quarter(s, i) && is_word(s, i + 1, DW_Q)) {
        add_quarter(s, i, part);
        return period_year(s, i + 2, part, true);
    }
    if (is_quarter(s, i) && is_word(s, i + 1, DW_SUFFIX) && is_kind(s, i + 2, DL_SPACE) &&
        is_word(s, i + 3, DW_QUARTER)) {
        add_quarter(s, i, part);
        scan_suffix(s, i + 1);
        return period_year(s, i + 4, part, false);
    }
    if (is_year4(s, i)) {
        j = skip(s, i + 1, DL_SPACE);
        j = j == i + 1 ? skip(s, j, DL_DASH) : j;
        if (!is_word(s, j, DW_Q) || !is_quarter(s, j + 1)) return 0;
        scan_year(s, i, part);
        return add_quarter(s, j + 1, part);
    }
    if (is_word(s, i, DW_HOLIDAY)) {
        j = i + 1;
        if (is_kind(s, j, DL_SPACE) && is_word(s, j + 1, DW_PART)) j += 2;
    } else {
        size_t n = is_kind(s, i, DL_WORD)
                       ? date_words_holiday(view_sub(s->lex.text, AT(s, i)->start, SIZE_MAX))
                       : 0;
        if (!n) return 0;
        n += AT(s, i)->start;
        for (j = i; AT(s, j)->kind != DL_END && AT(s, j)->start < n;)
            j++;
    }
    s->w->part[part].has |= WRITTEN_HOLIDAY;
    unsigned k = period_year(s, j, part, false);
    return k ? k : j;
}
