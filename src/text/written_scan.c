/* text/written_scan.c — see written_scan.h. */
#include "text/written_scan.h"

struct written_piece *scan_piece(struct date_scan *s, const struct date_lexeme *x,
                                 enum written_field field, unsigned part)
{
    struct written_date *w = s->w;
    if (w->n >= WRITTEN_PIECES) {
        w->n = WRITTEN_PIECES + 1;
        return &s->spill;
    }
    struct written_piece *p = &w->piece[w->n++];
    *p = (struct written_piece){
        .start = x->start, .len = x->len, .field = (uint8_t)field, .part = (uint8_t)part
    };
    w->part[part].has |= (uint8_t)field;
    return p;
}

/* How a word was cased; one letter or a mixture counts as title and fails the later comparison. */
static uint8_t letter_case(view v)
{
    bool upper = false, lower = false;
    for (size_t i = 0; i < v.n; i++) {
        upper |= v.p[i] >= 'A' && v.p[i] <= 'Z';
        lower |= v.p[i] >= 'a' && v.p[i] <= 'z';
    }
    return upper && lower ? 'T' : upper ? 'A' : 'a';
}

static view lexeme_view(struct date_scan *s, const struct date_lexeme *x)
{
    return view_sub(s->lex.text, x->start, (size_t)x->start + x->len);
}

unsigned scan_year(struct date_scan *s, unsigned i, unsigned part)
{
    const struct date_lexeme *x = AT(s, i);
    struct written_piece *p = scan_piece(s, x, WRITTEN_YEAR, part);
    p->digits = true;
    p->short_year = x->len == 2;
    int y = (int)x->number;
    if (x->len == 2) y += y < WRITTEN_PIVOT ? 2000 : 1900;
    s->w->part[part].year = (int16_t)y;
    return i + 1;
}

unsigned scan_number(struct date_scan *s, unsigned i, enum written_field f, unsigned part)
{
    const struct date_lexeme *x = AT(s, i);
    struct written_piece *p = scan_piece(s, x, f, part);
    p->digits = true;
    uint8_t n = (uint8_t)MIN(x->number, 255u);
    *(f == WRITTEN_MONTH ? &s->w->part[part].month : &s->w->part[part].day) = n;
    return i + 1;
}

void scan_suffix(struct date_scan *s, unsigned i)
{
    if (s->w->n > WRITTEN_PIECES) return;
    struct written_piece *p = &s->w->piece[s->w->n - 1];
    p->suffix = true;
    p->letter = letter_case(lexeme_view(s, AT(s, i)));
    p->len = (uint16_t)(p->len + AT(s, i)->len);
}

unsigned scan_day(struct date_scan *s, unsigned i, unsigned part)
{
    scan_number(s, i, WRITTEN_DAY, part);
    if (!is_word(s, i + 1, DW_SUFFIX)) return i + 1;
    scan_suffix(s, i + 1);
    return i + 2;
}

unsigned scan_name(struct date_scan *s, unsigned i, enum written_field f, unsigned part)
{
    const struct date_lexeme *x = AT(s, i);
    struct written_part *to = &s->w->part[part];
    struct written_piece *p = scan_piece(s, x, f, part);
    p->form = x->form;
    p->letter = letter_case(lexeme_view(s, x));
    if (f == WRITTEN_MONTH) to->month = x->value;
    if (f == WRITTEN_WEEKDAY) to->weekday = x->value;
    if (f == WRITTEN_SEASON) to->season = x->value;
    return i + 1;
}
