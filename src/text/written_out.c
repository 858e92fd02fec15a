/* text/written_out.c — writes another date in the spelling of one that was read (written_date.h). */
#include "text/date_words.h"
#include "text/written_date.h"

static err add_cased(struct buf *out, view lower, uint8_t letter)
{
    err e = OK;
    for (size_t i = 0; i < lower.n; i++) {
        bool up = letter == 'A' || (letter == 'T' && i == 0);
        char c = lower.p[i];
        if (up && c >= 'a' && c <= 'z') c = (char)(c - 32);
        /* the accented letters of the names, in their second byte (C3 A0 – C3 BE) */
        if (up && i > 0 && lower.p[i - 1] == '\xC3') c = (char)((uint8_t)c & ~0x20);
        TRY(buf_add_char(out, c));
    }
out:
    return e;
}

static view suffix_of(unsigned n)
{
    if (n / 10 % 10 == 1) return VIEW("th");
    switch (n % 10) {
    case 1: return VIEW("st");
    case 2: return VIEW("nd");
    case 3: return VIEW("rd");
    default: return VIEW("th");
    }
}

static err add_piece(const struct written_piece *p, const struct written_part *to, struct buf *out)
{
    err e = OK;
    unsigned n = 0;
    enum date_word_kind kind = DW_NONE;
    switch (p->field) {
    case WRITTEN_YEAR:
        return p->short_year ? buf_add_u64_pad(out, (uint64_t)to->year % 100, 2)
                             : buf_add_u64_pad(out, (uint64_t)to->year, 4);
    case WRITTEN_MONTH: n = to->month, kind = DW_MONTH; break;
    case WRITTEN_WEEKDAY: n = to->weekday, kind = DW_WEEKDAY; break;
    case WRITTEN_SEASON: n = to->season, kind = DW_SEASON; break;
    case WRITTEN_DAY: n = to->day; break;
    case WRITTEN_QUARTER: n = to->quarter; break;
    default: BUG_IF(true);
    }
    if (!p->digits) return add_cased(out, date_word_name(kind, (int)n, p->form), p->letter);
    TRY(buf_add_u64_pad(out, n, p->padded ? 2 : 1));
    if (p->suffix) TRY(add_cased(out, suffix_of(n), p->letter));
out:
    return e;
}

/* A year or month that both parts have and that stands once can say only one thing. */
static bool can_share(const struct written_date *w, const struct written_part to[2],
                      enum written_field f)
{
    int pieces = 0;
    if (w->parts != 2 || !(w->part[0].has & w->part[1].has & f)) return true;
    for (int i = 0; i < w->n; i++)
        pieces += w->piece[i].field == f;
    return pieces == 2 ||
           (f == WRITTEN_YEAR ? to[0].year == to[1].year : to[0].month == to[1].month);
}

err written_date_write(const struct written_date *w, const struct written_part to[2],
                       struct buf *out, bool *done)
{
    err e = OK;
    size_t before = out->n, at = 0;
    *done = false;
    for (int k = 0; k < w->parts; k++)
        if ((w->part[k].has & WRITTEN_YEAR) && (to[k].year < 1000 || to[k].year > 9999)) return OK;
    if (!can_share(w, to, WRITTEN_YEAR) || !can_share(w, to, WRITTEN_MONTH)) return OK;
    for (int i = 0; i < w->n; i++) {
        const struct written_piece *p = &w->piece[i];
        TRY(buf_add(out, view_sub(w->text, at, p->start)));
        TRY(add_piece(p, &to[p->part], out));
        at = (size_t)p->start + p->len;
    }
    TRY(buf_add(out, view_sub(w->text, at, w->text.n)));
    *done = true;
out:
    if (e) out->n = before;
    return e;
}
