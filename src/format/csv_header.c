/* csv_header.c — is the first row of a table its header, or one below it? */
#include "format/csv_open_inside.h"

enum { TITLES_MAX = 20, HEADER_CELL_MAX = 128 };

static bool is_plain_name(view name)
{
    struct csv_sample s = { 0 };
    csv_sample_add(&s, name);
    return name.n <= HEADER_CELL_MAX && !s.dates && !s.numbers && !s.emails && !s.ssns && !s.phones;
}

static const unsigned sure = CSV_KIND_GIVEN | CSV_KIND_FAMILY | CSV_KIND_NAME | CSV_KIND_TOWN;

err csv_looks_like_header(struct csv_opening *w, bool *yes, bool *is_doubtful)
{
    err e = OK;
    uint32_t known = 0, values = 0;
    *yes = false;
    for (uint32_t i = 0; i < w->c->n_columns; i++) {
        struct csv_column c = { .name = w->c->columns[i].name };
        const struct csv_sample nothing = { 0 };
        unsigned kinds;
        if (!c.name.n) continue;
        if (!is_plain_name(c.name)) return OK;
        bool is_known = csv_column_infer(&c, &nothing);
        TRY(csv_kinds_of(w, c.name, &kinds));
        known += is_known;
        values += !is_known && kinds & sure;
    }
    *yes = known > 0;
    *is_doubtful = values >= 2 && values > known;
out:
    return e;
}

err csv_heads_its_like(struct csv_opening *w, bool is_doubtful, bool *yes)
{
    err e = OK;
    *yes = is_doubtful;
    for (uint32_t i = 0; i < w->c->n_columns; i++) {
        const struct csv_sample *s = &w->samples[i];
        if (s->filled >= 2 && s->numbers * 10 >= s->filled * 9) *yes = false;
    }
    for (uint32_t i = 0; i < w->c->n_columns && !*yes; i++) {
        struct csv_column c = { .name = w->c->columns[i].name };
        unsigned kinds;
        if (csv_column_infer(&c, &w->samples[i])) continue;
        bool is_people = c.role == ROLE_NAME || c.role == ROLE_GIVEN || c.role == ROLE_FAMILY ||
                         c.role == ROLE_TOWN;
        if (!c.name.n || !is_people) continue;
        TRY(csv_kinds_of(w, c.name, &kinds));
        *yes = kinds & sure;
    }
out:
    return e;
}

/* Do most columns have a name that we know, and all of them one? */
static bool is_named(const struct csv *c)
{
    const struct csv_sample nothing = { 0 };
    uint32_t known = 0;
    for (uint32_t i = 0; i < c->n_columns; i++) {
        struct csv_column named = { .name = c->columns[i].name };
        if (!named.name.n) return false;
        known += csv_column_infer(&named, &nothing);
    }
    return known >= 2 && known * 2 >= c->n_columns;
}

static void count_cells(const struct csv_opening *w, view row, uint32_t *cells, uint32_t *filled)
{
    struct csv_walk walk;
    struct csv_cell cell;
    *cells = *filled = 0;
    csv_walk_init(&walk, &w->c->dialect, row);
    while (csv_next_cell(&walk, &cell)) {
        ++*cells;
        *filled += view_trim(view_sub(row, cell.start, cell.end)).n > 0;
    }
}

err csv_find_header_below(struct csv_opening *w, view *row, size_t *end, bool *found)
{
    err e = OK;
    view titles[TITLES_MAX], next;
    uint32_t n = 0, cells, filled, most_cells = 0, most_filled = 0;
    bool is_doubtful;
    *found = false;
    for (size_t pos = 0, to; n < TITLES_MAX && csv_next_row(w, pos, &next, &to); pos = to) {
        count_cells(w, next, &cells, &filled);
        if (n && cells >= most_cells && cells >= 2 && most_filled * 2 <= cells) {
            TRY(csv_read_names(w, next));
            TRY(csv_looks_like_header(w, found, &is_doubtful));
            *found = *found && !is_doubtful && is_named(w->c);
            if (*found) {
                *row = next;
                *end = to;
                break;
            }
        }
        most_cells = MAX(most_cells, cells);
        most_filled = MAX(most_filled, filled);
        titles[n++] = csv_row_text(&w->c->dialect, next);
    }
    if (!*found) return csv_read_names(w, *row);
    w->c->titles = arena_array(w->arena, n, sizeof *w->c->titles);
    if (!w->c->titles) return ERR_MEMORY;
    for (; w->c->n_titles < n; w->c->n_titles++)
        TRY(arena_copy(w->arena, titles[w->c->n_titles], &w->c->titles[w->c->n_titles]));
out:
    return e;
}

/* A line of prose has commas too: "Patient name, age 64". */
static bool is_prose(view name)
{
    for (size_t i = 1; i < name.n; i++)
        if (ascii_is_digit(name.p[i]) && name.p[i - 1] == ' ') return true;
    return name.n > 64;
}

bool csv_sniff_table(view head, char delimiter)
{
    enum { HEAD_IS_CUT = 4096, ROWS_NEEDED = 2 };
    struct csv_dialect q;
    struct csv_reading r;
    struct arena a;
    struct csv c = { 0 };
    bool is_whole = head.n < HEAD_IS_CUT, yes = false;
    if (!csv_sniff_dialect(head, is_whole, NULL, delimiter, &q, &r)) return false;
    /* A long cell may fill the head: the header alone has to do then. */
    bool is_long = !is_whole && r.rows == 1;
    if (r.cells < 2 || (r.rows < ROWS_NEEDED && !is_long) || r.good * 10 < r.rows * 9) return false;
    arena_init(&a, 1 << 20);
    c.dialect = q;
    struct csv_opening w = {
        .c = &c, .arena = &a, .head = head, .is_whole = is_whole, .encoding = ENC_WINDOWS1252
    };
    view row;
    size_t end;
    bool is_header = false, is_doubtful;
    if (csv_next_row(&w, 0, &row, &end) && !csv_read_names(&w, row))
        yes = !csv_looks_like_header(&w, &is_header, &is_doubtful) && is_header;
    for (uint32_t i = 0; yes && i < c.n_columns; i++)
        yes = !is_prose(c.columns[i].name);
    arena_clear(&a);
    return yes;
}
