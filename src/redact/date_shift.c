/* redact/date_shift.c — see date_shift.h. */
#include "redact/date_shift.h"

enum { UNITS = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY, MIDDLE = 15, COMMON_YEAR = 2001 };

static int wrap(int n, int around)
{
    n %= around;
    return n < 0 ? n + around : n;
}

/* A date, or a month, that has its year. */
static bool move_dated(struct written_part *p, int days)
{
    int y, m, d;
    int day = p->has & WRITTEN_DAY ? p->day : MIDDLE;
    civil_from_days(civil_days(p->year, p->month, day) + days, &y, &m, &d);
    if (y < 1 || y > 9999) return false;
    p->year = (int16_t)y;
    p->month = (uint8_t)m;
    p->day = (uint8_t)d;
    return true;
}

/* No year: which one it was can't be known, so no leap day comes or goes. */
static bool move_undated(struct written_part *p, int days)
{
    int y, m, d;
    int day = p->has & WRITTEN_DAY ? p->day : MIDDLE;
    if (p->month == 2 && day == 29) return false;
    int32_t first = civil_days(COMMON_YEAR, 1, 1);
    int32_t of_year = civil_days(COMMON_YEAR, p->month, day) - first;
    civil_from_days(first + wrap(of_year + days, 365), &y, &m, &d);
    p->month = (uint8_t)m;
    p->day = (uint8_t)d;
    return true;
}

/* A quarter or season is its middle month. */
static bool move_quarter(uint8_t *quarter, struct written_part *p, int days)
{
    struct written_part middle = *p;
    middle.has = WRITTEN_MONTH;
    middle.month = (uint8_t)(3 * *quarter - 1);
    if (!(p->has & WRITTEN_YEAR) || !move_dated(&middle, days)) return false;
    *quarter = (uint8_t)((middle.month + 2) / 3);
    p->year = middle.year;
    return true;
}

static bool move_part(struct written_part *p, int days)
{
    if (p->has & WRITTEN_HOLIDAY) return false;
    p->weekday = (uint8_t)wrap(p->weekday + wrap(days, 7), 7);
    if (p->has & WRITTEN_SEASON) return move_quarter(&p->season, p, days);
    if (p->has & WRITTEN_QUARTER) return move_quarter(&p->quarter, p, days);
    if (!(p->has & WRITTEN_MONTH)) return false; /* "Monday the 5th": of which month? */
    return p->has & WRITTEN_YEAR ? move_dated(p, days) : move_undated(p, days);
}

err date_shift(view value, enum date_order order, bool is_day, int days, struct buf *out,
               bool *done)
{
    struct written_date w;
    *done = false;
    if (!written_date_parse(value, order, &w)) return OK;
    /* "12/08" is December 8 or December 2008: moved as the one it would falsify the other. */
    if (w.day_year && !is_day && !(w.part[0].has & (WRITTEN_WEEKDAY | WRITTEN_TIME))) return OK;
    struct written_part to[2] = { w.part[0], w.part[1] };
    for (int i = 0; i < w.parts; i++)
        if (!move_part(&to[i], days)) return OK;
    return written_date_write(&w, to, out, done);
}

err date_year(view value, struct buf *out, bool *done)
{
    err e = OK;
    struct written_date w;
    size_t before = out->n;
    *done = false;
    /* A date that does not exist has a year all the same: "02/30/2021". */
    if (written_date_scan(value, DATE_MONTH_FIRST, &w) != value.n &&
        !written_date_parse(value, DATE_MONTH_FIRST, &w))
        return OK;
    bool first = w.part[0].has & WRITTEN_YEAR, second = w.part[1].has & WRITTEN_YEAR;
    if (!first || (w.parts == 2 && !second) || w.part[0].year < 1000) return OK;
    TRY(buf_add_u64_pad(out, (uint64_t)w.part[0].year, 4));
    if (w.parts == 2 && w.part[1].year != w.part[0].year) {
        TRY(buf_add_char(out, '-'));
        TRY(buf_add_u64_pad(out, (uint64_t)w.part[1].year, 4));
    }
    *done = true;
out:
    if (e) out->n = before;
    return e;
}
