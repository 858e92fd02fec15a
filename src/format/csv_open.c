/* csv_open.c — what the first rows of a table say: its dialect, the names and the meaning of its columns. */
#include "format/csv_open_inside.h"
#include "format/formats.h"

enum { SCRATCH_MAX = 1 << 20 };

/* Commas and semicolons with a blank behind them are those of sentences. */
static bool is_punctuation(view head)
{
    size_t marks = 0, blanks = 0;
    for (size_t i = 0; i < head.n; i++) {
        if (head.p[i] == '\t' || head.p[i] == '|') return false;
        if (head.p[i] != ',' && head.p[i] != ';') continue;
        marks++;
        blanks += i + 1 == head.n || ascii_is_space(head.p[i + 1]);
    }
    return blanks * 10 >= marks * 9;
}

/* The column that `g` means, or n_columns. */
static uint32_t find_column(const struct csv *c, view name)
{
    uint64_t ordinal;
    if (name.n > 1 && name.p[0] == '#' && view_to_u64(view_sub(name, 1, name.n), &ordinal))
        return ordinal >= 1 && ordinal <= c->n_columns ? (uint32_t)ordinal - 1 : c->n_columns;
    for (uint32_t i = 0; i < c->n_columns; i++)
        if (c->columns[i].name.n && view_eq(c->columns[i].name, name)) return i;
    return c->n_columns;
}

static err take_given(struct csv_opening *w)
{
    for (size_t i = 0; w->o && i < w->o->n_given; i++) {
        const struct csv_given *g = &w->o->given[i];
        uint32_t at = find_column(w->c, g->name);
        if (at == w->c->n_columns)
            return diag_set_line(w->d, ERR_CONFIG, "--columns names a column that is not there",
                                 g->line, 0);
        struct csv_column *column = &w->c->columns[at];
        column->role = g->role;
        column->who = g->who;
        column->pass = g->pass;
        column->is_given = true;
        column->why = "given";
    }
    return OK;
}

/* Columns about one person have one number: the patient 1, others by the words that name them. */
static err number_people(struct csv_opening *w)
{
    struct csv *c = w->c;
    uint32_t *words = arena_array(w->arena, c->n_columns, sizeof *words);
    uint16_t next = 2;
    if (!words) return ERR_MEMORY;
    for (uint32_t i = 0; i < c->n_columns; i++) {
        struct csv_column *column = &c->columns[i];
        words[i] = csv_column_person(column->name);
        if (column->role < ROLE_NAME) continue;
        if (column->who == OF_PATIENT) column->person = 1;
        if (column->who == OF_PATIENT || column->who == OF_UNKNOWN) continue;
        for (uint32_t k = 0; k < i && !column->person; k++)
            if (words[k] == words[i] && c->columns[k].who == column->who)
                column->person = c->columns[k].person;
        if (!column->person) column->person = next < UINT16_MAX ? next++ : 0;
    }
    return OK;
}

static void choose_keys(struct csv *c)
{
    static const enum piece_role telling[] = { ROLE_MRN, ROLE_SSN, ROLE_PLAN };
    for (size_t k = 0; k < COUNT_OF(telling); k++)
        for (uint32_t i = 0; i < c->n_columns && !c->patient; i++)
            if (c->columns[i].role == telling[k] && c->columns[i].who == OF_PATIENT)
                c->patient = i + 1;
    for (uint32_t i = 0; i < c->n_columns && !c->id; i++)
        if (c->columns[i].role == ROLE_ID) c->id = i + 1;
    /* One identifier a record: the rest are numbers like any other. */
    for (uint32_t i = c->id; c->id && i < c->n_columns; i++)
        if (c->columns[i].role == ROLE_ID) c->columns[i].role = ROLE_NUMBER;
}

/* Names that no list has stand beside those that one has: a column that could hold them is the other half. */
static void pair_names(struct csv_opening *w)
{
    for (uint32_t i = 0; i + 1 < w->c->n_columns; i++) {
        struct csv_column *a = &w->c->columns[i], *b = a + 1;
        csv_columns_pair(a, b, &w->samples[i + 1]);
        csv_columns_pair(b, a, &w->samples[i]);
    }
}

static err read_columns(struct csv_opening *w)
{
    err e = OK;
    struct csv *c = w->c;
    view row;
    size_t end = 0;
    enum csv_header header = w->o ? w->o->header : CSV_HEADER_AUTO;
    if (w->is_whole && view_trim(w->head).n == 0)
        return OK; /* a file without a byte but line ends: no row comes that would want a column */
    if (!csv_next_row(w, 0, &row, &end))
        return DIAG(w->d, ERR_LIMIT, "the first row is longer than a head can be");
    TRY(csv_read_names(w, row));
    bool has_header = header == CSV_HEADER_YES, is_doubtful = false, is_below = false;
    if (header == CSV_HEADER_AUTO) TRY(csv_looks_like_header(w, &has_header, &is_doubtful));
    if (header == CSV_HEADER_AUTO) TRY(csv_find_header_below(w, &row, &end, &is_below));
    has_header |= is_below;
    if (c->n_columns == 1 && !(w->o && w->o->delimiter) &&
        csv_hides_columns(&c->dialect, row, c->columns[0].name, view_sub(w->head, end, w->head.n)))
        return DIAG(w->d, ERR_FORMAT,
                    "one column that reads like several: say what cuts them by --csv-delimiter");
    bool is_cut = w->reading.good < w->reading.rows && !(w->o && w->o->delimiter);
    if (c->n_columns == 1 && has_header && is_cut && is_punctuation(w->head))
        c->dialect.delimiter = 0; /* one column of sentences that nobody put into quotes */
    TRY(csv_read_samples(w, has_header ? end : 0));
    if (has_header && header == CSV_HEADER_AUTO && !is_below) {
        bool is_row;
        TRY(csv_heads_its_like(w, is_doubtful, &is_row));
        has_header = !is_row;
        if (is_row) {
            memset(w->samples, 0, c->n_columns * sizeof *w->samples);
            c->rows_seen = 0;
            TRY(csv_read_samples(w, 0));
        }
    }
    if (has_header) TRY(arena_copy(w->arena, csv_row_text(&c->dialect, row), &c->header));
    for (uint32_t i = 0; i < c->n_columns; i++) {
        if (!has_header) c->columns[i].name = VIEW("");
        (void)csv_column_infer(&c->columns[i], &w->samples[i]);
    }
    pair_names(w);
    TRY(take_given(w));
    TRY(number_people(w));
    choose_keys(c);
out:
    return e;
}

err csv_open(struct csv **out, const struct csv_options *o, char delimiter, view head,
             bool is_whole, struct arena *a, struct diag *d)
{
    err e = OK;
    struct csv *c = arena_array(a, 1, sizeof *c);
    if (!c) return DIAG(d, ERR_MEMORY, "no room for a table");
    *c = (struct csv){ .format = delimiter == '\t' ? format_tsv : format_csv };
    c->format.open = NULL;
    struct csv_opening w = {
        .c = c, .o = o, .arena = a, .head = head, .is_whole = is_whole, .d = d
    };
    arena_init(&w.scratch, SCRATCH_MAX);
    if (view_starts(head, VIEW("\xFF\xFE")) || view_starts(head, VIEW("\xFE\xFF")))
        return DIAG(d, ERR_UNSUPPORTED, "a table in UTF-16: convert it to UTF-8 first");
    /* A head may end within a character. */
    if (encoding_guess(head, &w.encoding, NULL)) w.encoding = ENC_WINDOWS1252;
    if (!csv_sniff_dialect(head, is_whole, o, delimiter, &c->dialect, &w.reading)) {
        c->dialect = csv_default_dialect;
        if (delimiter) c->dialect.delimiter = delimiter;
    }
    TRY(read_columns(&w));
    *out = c;
out:
    arena_clear(&w.scratch);
    if (e) DIAG(d, e, "the table's first rows could not be read");
    return e;
}
