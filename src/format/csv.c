/* csv.c — tables opened, cut into rows, and rows taken apart. */
#include "format/csv.h"

#include "format/csv_inside.h"
#include "format/formats.h"
#include "format/reader.h"

static size_t split(const struct format *self, view bytes, size_t from, size_t searched,
                    bool at_end)
{
    const struct csv *c = csv_of(self);
    const struct csv_dialect *q = c ? &c->dialect : &csv_default_dialect;
    struct csv_scan s = { 0 };
    (void)searched; /* what a quote means depends on all quotes before it */
    return csv_scan_record(q, bytes, from, &s, at_end);
}

static size_t resume(const struct format *self, view bytes, uint32_t *state, bool at_end)
{
    const struct csv *c = csv_of(self);
    const struct csv_dialect *q = c ? &c->dialect : &csv_default_dialect;
    struct csv_scan s = { .state = (uint8_t)*state };
    size_t n = csv_scan_record(q, bytes, 0, &s, at_end);
    *state = s.state;
    return n;
}

/* ---- decoding ---- */

static err add_piece(const struct csv *c, view record, const struct csv_cell *cell,
                     enum encoding enc, bool is_plain, struct arena *a,
                     const struct csv_column *column, struct record *out, view *text,
                     struct diag *d)
{
    err e = OK;
    struct offset_map map;
    TRY(csv_cell_text(&c->dialect, record, cell, enc, is_plain, a, text, &map, d));
    if (!text->n || (column->pass && csv_cell_passes(column->pass, *text))) return OK;
    out->pieces[out->n++] =
        (struct piece){ .base = cell->start,
                        .text = *text,
                        .map = map,
                        .encoding = enc,
                        .role = column->role,
                        .who = column->who,
                        .person = column->person,
                        .field = column->name,
                        .csv = &c->dialect,
                        .spelling = cell->is_quoted ? SPELL_CSV_QUOTED : SPELL_CSV_BARE };
out:
    return e;
}

static err refuse(const struct csv_walk *w, uint32_t cells, struct diag *d)
{
    /* A quote that nothing closes takes the lines behind it along: how many are not read is to be told. */
    if (d && !d->code) {
        size_t lines = 1;
        for (size_t at = 0; (at = view_find_byte(w->row, at, '\n')) < w->row.n; at++)
            lines++;
        d->column = cells + 1;
        d->lines = lines > 1 ? lines : 0;
    }
    if (w->fault == CSV_UNCLOSED)
        return DIAG_AT(d, ERR_FORMAT, "a quoted cell without end", w->pos, 1);
    return DIAG_AT(d, ERR_FORMAT, "something between a closing quote and the next cell", w->pos, 1);
}

static bool is_header(const struct csv *c, view bytes)
{
    return c->header.n && view_eq(csv_row_text(&c->dialect, bytes), c->header);
}

static bool is_title(const struct csv *c, view bytes)
{
    for (uint32_t i = 0; i < c->n_titles; i++)
        if (view_eq(csv_row_text(&c->dialect, bytes), c->titles[i])) return true;
    return false;
}

/* A header cell is a piece when it could hold data: a table with a person a column. */
static const struct csv_column header_column = { .name = { "", 0 }, .role = ROLE_TEXT };

static err decode_row(const struct csv *c, view bytes, enum encoding enc, struct arena *a,
                      struct record *r, struct diag *d)
{
    err e = OK;
    struct csv_walk w;
    struct csv_cell cell;
    uint32_t n = 0;
    bool in_header = r->is_header = is_header(c, bytes), is_plain = csv_is_plain(bytes);
    const bool in_titles = is_title(c, bytes);
    csv_walk_init(&w, &c->dialect, bytes);
    if (!view_trim(w.row).n) return OK; /* a blank line */
    r->pieces = arena_array(a, c->n_columns, sizeof *r->pieces);
    if (!r->pieces) return DIAG(d, ERR_MEMORY, "no room for a row");
    while (csv_next_cell(&w, &cell)) {
        view text;
        if (n == c->n_columns) {
            if (d && !d->code) d->column = n + 1;
            return DIAG_AT(d, ERR_FORMAT, "a row with more cells than the first", cell.start, 0);
        }
        const struct csv_column *column = &c->columns[n++];
        if (in_header) {
            if (column->is_given || column->pass || column->role >= ROLE_NAME ||
                !csv_could_be_data(column->name))
                continue;
            column = &header_column;
        }
        if (in_titles) column = &header_column;
        TRY(add_piece(c, bytes, &cell, enc, is_plain, a, column, r, &text, d));
        if (in_header || in_titles) continue;
        if (n == c->patient) r->patient = view_trim(text); /* a blank makes nobody another one */
        if (n == c->id) r->id = text;
    }
    if (w.fault) return refuse(&w, n, d);
    if (n < c->n_columns && !in_titles) {
        if (d && !d->code) d->column = n + 1;
        return DIAG_AT(d, ERR_FORMAT, "a row with fewer cells than the first", w.row.n, 0);
    }
out:
    return e;
}

/* A table that was not opened: each row for itself, every cell prose. */
static err decode_unopened(view bytes, enum encoding enc, struct arena *a, struct record *r,
                           struct diag *d)
{
    err e = OK;
    struct csv_walk w;
    struct csv_cell cell;
    struct csv plain = { .dialect = csv_default_dialect };
    csv_walk_init(&w, &plain.dialect, bytes);
    while (csv_next_cell(&w, &cell))
        plain.n_columns++;
    if (w.fault) return refuse(&w, plain.n_columns, d);
    struct csv *c = arena_array(a, 1, sizeof *c);
    struct csv_column *columns = arena_array(a, plain.n_columns, sizeof *columns);
    if (!c || !columns) return DIAG(d, ERR_MEMORY, "no room for a row");
    for (uint32_t i = 0; i < plain.n_columns; i++)
        columns[i] = header_column;
    *c = plain;
    c->columns = columns;
    TRY(decode_row(c, bytes, enc, a, r, d));
out:
    return e;
}

static err decode(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    err e = OK;
    struct record r = { .bytes = bytes };
    const struct csv *c = csv_of(self);
    if (enc == ENC_UTF16LE || enc == ENC_UTF16BE)
        return DIAG(d, ERR_UNSUPPORTED, "a table in UTF-16: convert it to UTF-8 first");
    if (bytes.n > UINT32_MAX / 8) return DIAG(d, ERR_LIMIT, "a row over 512 MB");
    if (enc == ENC_AUTO) TRY(encoding_guess(bytes, &enc, d));
    if (enc == ENC_UTF16LE || enc == ENC_UTF16BE)
        return DIAG(d, ERR_UNSUPPORTED, "a table in UTF-16: convert it to UTF-8 first");
    TRY(c ? decode_row(c, bytes, enc, a, &r, d) : decode_unopened(bytes, enc, a, &r, d));
    *out = r;
out:
    return e;
}

bool csv_has_column(const struct csv *c, view name)
{
    for (uint32_t i = 0; i < c->n_columns; i++)
        if (view_eq(c->columns[i].name, name)) return true;
    return false;
}

const struct csv *csv_of(const struct format *f)
{
    bool is_opened = f->decode == decode && !f->open;
    return is_opened
               ? (const struct csv *)(const void *)((const char *)f - offsetof(struct csv, format))
               : NULL;
}

/* ---- the formats ---- */

static bool sniff_comma(view head)
{
    return csv_sniff_table(head, 0);
}

static bool sniff_tab(view head)
{
    return csv_sniff_table(head, '\t');
}

static err open_table(const struct format *self, const struct format_options *o, view head,
                      struct arena *a, const struct format **out, struct diag *d)
{
    struct csv *c;
    char delimiter = self == &format_tsv ? '\t' : 0;
    err e = csv_open(&c, o ? o->csv : NULL, delimiter, head, head.n < READER_HEAD, a, d);
    if (!e) *out = &c->format;
    return e;
}

const struct format format_csv = { .name = "csv",
                                   .is_stream = true,
                                   .has_fields = true,
                                   .sniff = sniff_comma,
                                   .split = split,
                                   .resume = resume,
                                   .open = open_table,
                                   .decode = decode };
const struct format format_tsv = { .name = "tsv",
                                   .is_stream = true,
                                   .has_fields = true,
                                   .sniff = sniff_tab,
                                   .split = split,
                                   .resume = resume,
                                   .open = open_table,
                                   .decode = decode };
