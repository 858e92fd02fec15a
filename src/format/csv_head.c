/* csv_head.c — the first rows of a table: their cells as names of columns and as samples of what columns hold. */
#include "format/csv_open_inside.h"

enum { SAMPLE_ROWS = 500, JUDGED_ROWS = 100 };

bool csv_next_row(const struct csv_opening *w, size_t pos, view *row, size_t *end)
{
    for (; pos < w->head.n; pos = *end) {
        struct csv_scan s = { 0 };
        size_t n = csv_scan_record(&w->c->dialect, w->head, pos, &s, w->is_whole);
        if (!n) return false;
        *row = view_sub(w->head, pos, pos + n);
        *end = pos + n;
        if (view_trim(csv_row_text(&w->c->dialect, *row)).n) return true;
    }
    return false;
}

err csv_read_names(struct csv_opening *w, view row)
{
    err e = OK;
    struct csv_walk walk;
    struct csv_cell cell;
    uint32_t n = 0;
    csv_walk_init(&walk, &w->c->dialect, row);
    while (csv_next_cell(&walk, &cell))
        n++;
    if (walk.fault) return DIAG(w->d, ERR_FORMAT, "the first row has a quote out of place");
    if (n > CSV_COLUMNS_MAX) return DIAG(w->d, ERR_LIMIT, "too many columns");
    w->c->columns = arena_array(w->arena, n, sizeof *w->c->columns);
    w->samples = arena_array(w->arena, n, sizeof *w->samples);
    if (!w->c->columns || !w->samples) return ERR_MEMORY;
    memset(w->samples, 0, n * sizeof *w->samples);
    w->c->n_columns = n;
    csv_walk_init(&walk, &w->c->dialect, row);
    for (uint32_t i = 0; csv_next_cell(&walk, &cell); i++) {
        struct offset_map unused;
        view text;
        w->c->columns[i] = (struct csv_column){ .name = { "", 0 } };
        TRY(csv_cell_text(&w->c->dialect, row, &cell, w->encoding, csv_is_plain(row), w->arena,
                          &text, &unused, w->d));
        TRY(arena_copy(w->arena, view_trim(text), &w->c->columns[i].name));
    }
out:
    return e;
}

err csv_kinds_of(struct csv_opening *w, view cell, unsigned *out)
{
    *out = 0;
    if (!w->o || !w->o->kinds_of) return OK;
    err e = w->o->kinds_of(cell, &w->scratch, out);
    arena_reset(&w->scratch);
    return e;
}

static err add_sample(struct csv_opening *w, struct csv_sample *s, view cell)
{
    err e = OK;
    unsigned kinds;
    csv_sample_add(s, cell);
    if (!cell.n || w->c->rows_seen >= JUDGED_ROWS) return OK;
    TRY(csv_kinds_of(w, cell, &kinds));
    csv_sample_judge(s, kinds);
out:
    return e;
}

err csv_read_samples(struct csv_opening *w, size_t pos)
{
    err e = OK;
    struct csv_walk walk;
    struct csv_cell cell;
    while (pos < w->head.n && w->c->rows_seen < SAMPLE_ROWS) {
        struct csv_scan s = { 0 };
        size_t n = csv_scan_record(&w->c->dialect, w->head, pos, &s, w->is_whole);
        if (!n) return OK;
        view row = view_sub(w->head, pos, pos + n);
        csv_walk_init(&walk, &w->c->dialect, row);
        for (uint32_t i = 0; i < w->c->n_columns && csv_next_cell(&walk, &cell); i++)
            TRY(add_sample(w, &w->samples[i], view_trim(view_sub(row, cell.start, cell.end))));
        w->c->rows_seen++;
        pos += n;
    }
out:
    return e;
}
