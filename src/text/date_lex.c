/* text/date_lex.c — see date_lex.h. */
#include "text/date_lex.h"

void date_lex_init(struct date_lex *l, view text)
{
    l->text = view_sub(text, 0, DATE_LEX_BYTES);
    l->pos = 0;
    l->n = 0;
}

/* Bytes of the letter at p: ASCII, or À–ÿ (C3 80 – C3 BF without × and ÷). */
static size_t letter(view v, size_t p)
{
    if (ascii_is_alpha(v.p[p])) return 1;
    if (v.p[p] != '\xC3' || p + 1 >= v.n) return 0;
    uint8_t c = (uint8_t)v.p[p + 1];
    return c >= 0x80 && c <= 0xBF && c != 0x97 && c != 0xB7 ? 2 : 0;
}

/* Bytes of the white space at p: ASCII without line breaks doubled, no-break and typographic spaces. */
static size_t blank(view v, size_t p)
{
    if (ascii_is_space(v.p[p])) return 1;
    if (LIKELY((uint8_t)v.p[p] < 0x80)) return 0;
    view rest = view_sub(v, p, p + 3);
    if (view_starts(rest, VIEW("\xC2\xA0"))) return 2;
    if (view_starts(rest, VIEW("\xE2\x80\xAF"))) return 3;
    if (view_starts(rest, VIEW("\xE2\x80")) && rest.n == 3 && (uint8_t)rest.p[2] >= 0x80 &&
        (uint8_t)rest.p[2] <= 0x8A)
        return 3;
    return 0;
}

/* No date goes on behind an empty line. */
static bool is_paragraph(view space)
{
    if (LIKELY(space.n < 2)) return false;
    size_t first = view_find_byte(space, 0, '\n');
    return first < space.n && view_find_byte(space, first + 1, '\n') < space.n;
}

static enum date_lex_kind mark(view v, size_t p, uint16_t *len)
{
    *len = 1;
    switch (v.p[p]) {
    case '-': return DL_DASH;
    case '/': return DL_SLASH;
    case '.': return DL_DOT;
    case ',': return DL_COMMA;
    case '\'': return DL_APOS;
    case ':': return DL_COLON;
    case '+': return DL_PLUS;
    case '@': return DL_AT;
    default:
        if (LIKELY((uint8_t)v.p[p] < 0x80)) return DL_OTHER;
    }
    view three = view_sub(v, p, p + 3);
    if (three.n == 3 && view_starts(three, VIEW("\xE2\x80"))) {
        uint8_t c = (uint8_t)three.p[2];
        *len = 3;
        if (c >= 0x90 && c <= 0x95) return DL_DASH;
        if (c == 0x98 || c == 0x99) return DL_APOS;
    }
    return DL_OTHER;
}

static void read_number(struct date_lexeme *x, view v)
{
    uint32_t n = 0;
    size_t p = x->start;
    for (; p < v.n && ascii_is_digit(v.p[p]); p++)
        if (p - x->start < 9) n = n * 10 + (uint32_t)(v.p[p] - '0');
    x->len = (uint16_t)(p - x->start);
    x->kind = DL_NUM;
    x->number = x->len <= 9 ? n : UINT32_MAX;
}

static void read_word(struct date_lexeme *x, view v)
{
    size_t p = x->start, n;
    while (p < v.n && (n = letter(v, p)) > 0)
        p += n;
    x->len = (uint16_t)(p - x->start);
    x->kind = DL_WORD;
    const struct date_word *w = date_word_find(view_sub(v, x->start, p));
    if (w) {
        x->word = w->kind;
        x->value = w->value;
        x->form = w->form;
    }
}

static void read_one(struct date_lex *l, struct date_lexeme *x)
{
    view v = l->text;
    size_t n;
    *x = (struct date_lexeme){ .start = l->pos };
    if (l->pos >= v.n) return;
    if (ascii_is_digit(v.p[l->pos])) {
        read_number(x, v);
    } else if (letter(v, l->pos)) {
        read_word(x, v);
    } else if (blank(v, l->pos)) {
        size_t p = l->pos;
        while (p < v.n && (n = blank(v, p)) > 0)
            p += n;
        if (is_paragraph(view_sub(v, x->start, p))) return; /* and so are all after it */
        x->kind = DL_SPACE;
        x->len = (uint16_t)(p - x->start);
    } else {
        x->kind = mark(v, l->pos, &x->len);
    }
    l->pos += x->len;
}

static inline bool is_numeric(unsigned kind)
{
    enum { KINDS = 1 << DL_NUM | 1 << DL_DASH | 1 << DL_SLASH | 1 << DL_DOT };
    return KINDS >> kind & 1;
}

const struct date_lexeme *date_lex_more(struct date_lex *l, unsigned i)
{
    static const struct date_lexeme end = { .kind = DL_END };
    if (i >= DATE_LEX_MAX) return &end;
    /* digits and the marks between them are read at once: most dates are made of them */
    do
        read_one(l, &l->v[l->n++]);
    while (l->n <= i || (l->n < DATE_LEX_MAX && is_numeric(l->v[l->n - 1].kind)));
    return &l->v[i];
}
