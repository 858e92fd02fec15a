#include "deid/leak_inside.h"
#include "text/written_date.h"

enum { DATE_BYTES_MAX = 64, CENTURY = 100 };

static uint64_t hash_of(int year, unsigned month, unsigned day)
{
    char out[16];
    int n = snprintf(out, sizeof out, "%04d%02u%02u", year, month, day);
    return leak_closed(leak_roll(LEAK_ROLL_START, view_of(out, (size_t)n)));
}

/* Has the year of the first part two digits alone? */
static bool is_short_year(const struct written_date *w)
{
    for (uint8_t i = 0; i < w->n; i++)
        if (w->piece[i].field == WRITTEN_YEAR && w->piece[i].short_year) return true;
    return false;
}

bool leak_date_at(view folded, const struct token *from, struct leak_date *out)
{
    static const enum date_order orders[] = { DATE_MONTH_FIRST, DATE_DAY_FIRST };
    enum { WHOLE = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY };
    struct written_date w;
    out->n = 0;
    for (size_t o = 0; o < COUNT_OF(orders); o++) {
        view v = view_sub(folded, from->start, MIN(folded.n, (size_t)from->start + DATE_BYTES_MAX));
        size_t n = written_date_scan(v, orders[o], &w);
        const struct written_part *p = &w.part[0];
        if (!n || (p->has & WHOLE) != WHOLE) continue;
        bool is_short = is_short_year(&w);
        if (is_short && !w.separator && w.form != WRITTEN_NAMED) continue; /* 061148: any number */
        out->end = (uint32_t)(from->start + n);
        out->hash[out->n++] = hash_of(p->year, p->month, p->day);
        if (is_short) out->hash[out->n++] = hash_of(p->year - CENTURY, p->month, p->day);
    }
    return out->n > 0;
}
