/* csv_cells.c — rows and cells of delimited text, one state machine for cutting and one for reading.
 *
 * A cell that begins with a quote ends at the next single quote; a quote within a bare cell is a
 * character like any other (5'10"). What stands between a closing quote and the next delimiter is a
 * fault, blanks aside; cutting goes on to the line's end then, so that a stray quote spoils as few rows
 * as it can.
 */
#include "format/csv_inside.h"

#include "text/scan.h"
#include "text/utf8.h"

enum {
    AT_RECORD, /* zero: a byte order mark may come */
    MARK_1,
    MARK_2, /* after so many of its bytes */
    AT_START,
    IN_BARE,
    IN_QUOTES,
    AFTER_QUOTE,
    AFTER_BLANK,
    AFTER_SLASH,
    SLASH_IN_QUOTES,
};

const struct csv_dialect csv_default_dialect = { .delimiter = ',', .quote = '"', .newline = '\n' };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* To the next byte that ends a run inside quotes. */
static size_t leap_quoted(const struct csv_dialect *q, view v, size_t at)
{
    if (!q->backslash) return at + scan_to_either(v.p + at, v.n - at, q->quote, q->quote);
    while (at < v.n && v.p[at] != q->quote && v.p[at] != '\\')
        at++;
    return at;
}

/* To the next byte that ends or escapes something in a bare cell. */
static size_t leap_bare(const struct csv_dialect *q, view v, size_t at)
{
    if (!q->backslash) return at + scan_to_either(v.p + at, v.n - at, q->delimiter, q->newline);
    while (at < v.n && v.p[at] != q->delimiter && v.p[at] != q->newline && v.p[at] != '\\')
        at++;
    return at;
}

static size_t scan_bytes(const struct csv_dialect *q, view v, size_t from, struct csv_scan *s)
{
    uint8_t state = s->state;
    for (size_t i = from; i < v.n; i++) {
        char c = v.p[i];
        switch (state) {
        case AT_RECORD:
            if (c == '\xEF') {
                state = MARK_1;
                break;
            }
            /* fall through */
        case AT_START:
            if (q->quote && c == q->quote) {
                state = IN_QUOTES;
                break;
            }
            if (q->skip_space && is_blank(c) && c != q->delimiter) {
                state = AT_START;
                break;
            }
            /* fall through */
        case MARK_1:
        case MARK_2:
            if (state == MARK_1 && c == '\xBB') {
                state = MARK_2;
                break;
            }
            if (state == MARK_2 && c == '\xBF') {
                state = AT_START; /* a quote may follow the mark */
                break;
            }
            state = IN_BARE;
            /* fall through */
        case IN_BARE:
            i = leap_bare(q, v, i);
            if (i == v.n) break;
            c = v.p[i];
            if (c == q->newline) return i + 1 - from;
            if (c == q->delimiter)
                state = AT_START;
            else if (q->backslash && c == '\\')
                state = AFTER_SLASH;
            break;
        case IN_QUOTES:
            i = leap_quoted(q, v, i);
            if (i == v.n) break;
            state = v.p[i] == q->quote ? AFTER_QUOTE : SLASH_IN_QUOTES;
            break;
        case AFTER_QUOTE:
        case AFTER_BLANK:
            if (c == q->newline) return i + 1 - from;
            if (c == q->quote && !q->backslash && state == AFTER_QUOTE)
                state = IN_QUOTES;
            else if (c == q->delimiter)
                state = AT_START;
            else /* a fault; the line's end is the nearest place to go on from */
                state = is_blank(c) || c == '\r' ? AFTER_BLANK : IN_BARE;
            break;
        case AFTER_SLASH: state = IN_BARE; break;
        case SLASH_IN_QUOTES: state = IN_QUOTES; break;
        default: BUG_IF(true);
        }
    }
    s->state = state;
    return 0;
}

size_t csv_scan_record(const struct csv_dialect *q, view bytes, size_t from, struct csv_scan *s,
                       bool at_end)
{
    /* Most lines hold neither quotes nor escapes. */
    if (s->state == AT_RECORD && !q->backslash) {
        size_t nl = view_find_byte(bytes, from, q->newline);
        view line = view_sub(bytes, from, nl);
        if (nl < bytes.n && (!q->quote || view_find_byte(line, 0, q->quote) == line.n))
            return nl + 1 - from;
    }
    size_t n = scan_bytes(q, bytes, from, s);
    if (!n && at_end) return bytes.n - from;
    return n;
}

void csv_walk_init(struct csv_walk *w, const struct csv_dialect *q, view record)
{
    size_t n = record.n;
    if (n && record.p[n - 1] == q->newline) n--;
    if (q->newline == '\n' && n && n < record.n && record.p[n - 1] == '\r') n--;
    *w = (struct csv_walk){ .dialect = q, .row = view_sub(record, 0, n) };
    if (view_starts(w->row, VIEW("\xEF\xBB\xBF"))) w->pos = 3;
}

view csv_row_text(const struct csv_dialect *q, view record)
{
    struct csv_walk w;
    csv_walk_init(&w, q, record);
    return view_sub(w.row, w.pos, w.row.n);
}

/* After the opening quote at w->pos - 1. */
static bool read_quoted(struct csv_walk *w, struct csv_cell *out)
{
    const struct csv_dialect *q = w->dialect;
    view v = w->row;
    size_t i = w->pos;
    *out = (struct csv_cell){ .start = (uint32_t)i, .is_quoted = true };
    for (;;) {
        i = leap_quoted(q, v, i);
        if (i == v.n) {
            w->pos = out->start - 1;
            w->fault = CSV_UNCLOSED;
            return false;
        }
        bool is_slash = v.p[i] != q->quote;
        if (!is_slash && (q->backslash || i + 1 == v.n || v.p[i + 1] != q->quote)) break;
        out->has_escape = true;
        i = MIN(i + 2, v.n);
    }
    out->end = (uint32_t)i++;
    while (i < v.n && is_blank(v.p[i]) && v.p[i] != q->delimiter)
        i++;
    /* Of a file cut at its line ends by another rule a '\r' may be left. */
    if (i + 1 == v.n && v.p[i] == '\r') i++;
    w->pos = i;
    if (i < v.n && v.p[i] != q->delimiter) {
        w->fault = CSV_AFTER_QUOTE;
        return false;
    }
    return true;
}

static void read_bare(struct csv_walk *w, struct csv_cell *out)
{
    const struct csv_dialect *q = w->dialect;
    view v = w->row;
    size_t i = w->pos;
    *out = (struct csv_cell){ .start = (uint32_t)i };
    if (!q->backslash) {
        i += scan_to_either(v.p + i, v.n - i, q->delimiter, q->delimiter);
    } else {
        for (; i < v.n && v.p[i] != q->delimiter; i++)
            if (v.p[i] == '\\') {
                out->has_escape = true;
                if (i + 1 < v.n) i++;
            }
    }
    out->end = (uint32_t)i;
    w->pos = i;
}

bool csv_next_cell(struct csv_walk *w, struct csv_cell *out)
{
    const struct csv_dialect *q = w->dialect;
    if (w->is_done || w->fault) return false;
    if (q->skip_space)
        while (w->pos < w->row.n && is_blank(w->row.p[w->pos]) && w->row.p[w->pos] != q->delimiter)
            w->pos++;
    if (q->quote && w->pos < w->row.n && w->row.p[w->pos] == q->quote) {
        w->pos++;
        if (!read_quoted(w, out)) return false;
    } else {
        read_bare(w, out);
    }
    if (w->pos < w->row.n)
        w->pos++; /* the delimiter: a cell follows, be it empty */
    else
        w->is_done = true;
    return true;
}

/* ---- text ---- */

/* What an escape of two characters means; 0: the second one itself. */
static char slash_meaning(char c)
{
    switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    default: return 0;
    }
}

struct text_maker {
    struct arena *arena;
    struct offset_builder marks;
    char *out;
    size_t n, max;
};

/* Appends decoded text that came from source bytes [from, from + length). */
static err put(struct text_maker *m, view text, const struct offset_map *map, size_t from,
               size_t length)
{
    err e = OK;
    if (text.n > m->max - m->n) return ERR_LIMIT;
    if (text.n) memcpy(m->out + m->n, text.p, text.n);
    TRY(offset_mark_add(&m->marks, (uint32_t)m->n, (uint32_t)from));
    for (uint32_t i = 0; i < map->n; i++)
        TRY(offset_mark_add(&m->marks, (uint32_t)m->n + map->marks[i].to,
                            (uint32_t)from + map->marks[i].from));
    m->n += text.n;
    TRY(offset_mark_add(&m->marks, (uint32_t)m->n, (uint32_t)(from + length)));
out:
    return e;
}

static bool is_escape(const struct csv_dialect *q, const struct csv_cell *c, view in, size_t i)
{
    if (i + 1 >= in.n) return false;
    if (q->backslash) return in.p[i] == '\\';
    return c->is_quoted &&
           in.p[i] == q->quote; /* doubled: a single one would have ended the cell */
}

/* The character after a backslash may be of several bytes: they follow as they are. */
static err put_escape(struct text_maker *m, const struct csv_dialect *q, view in, size_t i)
{
    static const struct offset_map same = { 0 };
    char c = q->backslash ? slash_meaning(in.p[i + 1]) : 0;
    if (!c) c = in.p[i + 1];
    if ((unsigned char)c >= 0x80) return put(m, VIEW(""), &same, i, 1);
    return put(m, view_of(&c, 1), &same, i, 2);
}

/* Bytes without escapes, `at` bytes into the record. */
static err decode_run(enum encoding enc, view in, struct arena *a, view *text,
                      struct offset_map *map, size_t at, struct diag *d)
{
    struct diag here = { 0 };
    err e = encoding_decode(enc, in, a, text, map, &here);
    if (!e || !here.code) return e;
    return here.has_offset ? diag_set_at(d, e, here.what, here.offset + at, here.length)
                           : diag_set(d, e, here.what);
}

bool csv_is_plain(view record)
{
    return utf8_is_ascii(record) && view_find_byte(record, 0, '\0') == record.n;
}

err csv_cell_text(const struct csv_dialect *q, view record, const struct csv_cell *cell,
                  enum encoding enc, bool is_plain, struct arena *a, view *text,
                  struct offset_map *map, struct diag *d)
{
    err e = OK;
    view in = view_sub(record, cell->start, cell->end);
    struct text_maker m = { .arena = a };
    if (!cell->has_escape && is_plain) {
        *text = in;
        *map = (struct offset_map){ 0 };
        return OK;
    }
    if (!cell->has_escape) return decode_run(enc, in, a, text, map, cell->start, d);
    if (in.n > UINT32_MAX / 8) return DIAG(d, ERR_LIMIT, "a cell over 512 MB");
    m.max = in.n * 3; /* a byte of Windows-1252 becomes three at most */
    m.out = arena_alloc(a, m.max);
    if (!m.out) return DIAG(d, ERR_MEMORY, "no room for a cell");
    offset_builder_init(&m.marks, a);
    for (size_t i = 0; i < in.n;) {
        size_t run = i;
        while (run < in.n && !is_escape(q, cell, in, run))
            run++;
        view part;
        struct offset_map part_map;
        TRY(decode_run(enc, view_sub(in, i, run), a, &part, &part_map, cell->start + i, d));
        TRY(put(&m, part, &part_map, i, run - i));
        i = run;
        if (i == in.n) break;
        TRY(put_escape(&m, q, in, i));
        i += (unsigned char)in.p[i + 1] >= 0x80 ? 1 : 2;
    }
    *text = view_of(m.out, m.n);
    *map = offset_builder_done(&m.marks);
out:
    return e;
}
