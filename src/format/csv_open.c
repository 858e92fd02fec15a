/* csv_open.c — what the first rows of a table say: its dialect, the names and the meaning of its columns. */
#include "format/csv_inside.h"
#include "format/formats.h"

enum { TITLES_MAX = 20 };
enum { SAMPLE_ROWS = 500, JUDGED_ROWS = 100, HEADER_CELL_MAX = 128, SCRATCH_MAX = 1 << 20 };

struct opening {
    struct csv *c;
    const struct csv_options *o;
    struct arena *arena;
    struct arena scratch; /* of a cell that is judged */
    struct csv_sample *samples;
    enum encoding encoding;
    view head;
    size_t first; /* where the rows of data begin */
    bool is_whole;
    struct csv_reading reading; /* how well the dialect reads the head */
    struct diag *d;
};

/* The first row from `pos` that is not blank; false when the head does not hold all of it. */
static bool next_row(const struct opening *w, size_t pos, view *row, size_t *end)
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

/* Names from the first row; whether it is a header is decided after. */
static err read_names(struct opening *w, view row)
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

/* What a cell could be, by the lists of who knows; 0 when nobody does. */
static err kinds_of(struct opening *w, view cell, unsigned *out)
{
    *out = 0;
    if (!w->o || !w->o->kinds_of) return OK;
    err e = w->o->kinds_of(cell, &w->scratch, out);
    arena_reset(&w->scratch);
    return e;
}

static err add_sample(struct opening *w, struct csv_sample *s, view cell)
{
    err e = OK;
    unsigned kinds;
    csv_sample_add(s, cell);
    if (!cell.n || w->c->rows_seen >= JUDGED_ROWS) return OK;
    TRY(kinds_of(w, cell, &kinds));
    csv_sample_judge(s, kinds);
out:
    return e;
}

static err read_samples(struct opening *w, size_t pos)
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

static bool is_plain_name(view name)
{
    struct csv_sample s = { 0 };
    csv_sample_add(&s, name);
    return name.n <= HEADER_CELL_MAX && !s.dates && !s.numbers && !s.emails && !s.ssns && !s.phones;
}

static const unsigned sure = CSV_KIND_GIVEN | CSV_KIND_FAMILY | CSV_KIND_NAME | CSV_KIND_TOWN;

/* The first row names columns when none of its cells is a value, and one at least is a name we know. Doubtful when more
 * could be people and towns: "Street,Kim,Boston". */
static err looks_like_header(struct opening *w, bool *yes, bool *is_doubtful)
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
        TRY(kinds_of(w, c.name, &kinds));
        known += is_known;
        values += !is_known && kinds & sure;
    }
    *yes = known > 0;
    *is_doubtful = values >= 2 && values > known;
out:
    return e;
}

/* "John,Street" above names: what looks like a header is a row like the others. So is a doubtful one, unless a column
 * has numbers under a word: "mrn,Smith,Jones" are readers and what they measured. */
static err heads_its_like(struct opening *w, bool is_doubtful, bool *yes)
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
        TRY(kinds_of(w, c.name, &kinds));
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

static void count_cells(const struct opening *w, view row, uint32_t *cells, uint32_t *filled)
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

/* An export's header may stand below titles: rows of few cells that say what the table is and who printed it. *row and
 * *end are the first row's, and the header's when there is one below; else all stays. */
static err find_below(struct opening *w, view *row, size_t *end, bool *found)
{
    err e = OK;
    view titles[TITLES_MAX], next;
    uint32_t n = 0, cells, filled, most_cells = 0, most_filled = 0;
    bool is_doubtful;
    *found = false;
    for (size_t pos = 0, to; n < TITLES_MAX && next_row(w, pos, &next, &to); pos = to) {
        count_cells(w, next, &cells, &filled);
        if (n && cells >= most_cells && cells >= 2 && most_filled * 2 <= cells) {
            TRY(read_names(w, next));
            TRY(looks_like_header(w, found, &is_doubtful));
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
    if (!*found) return read_names(w, *row);
    w->c->titles = arena_array(w->arena, n, sizeof *w->c->titles);
    if (!w->c->titles) return ERR_MEMORY;
    for (; w->c->n_titles < n; w->c->n_titles++)
        TRY(arena_copy(w->arena, titles[w->c->n_titles], &w->c->titles[w->c->n_titles]));
out:
    return e;
}

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

static err take_given(struct opening *w)
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
static err number_people(struct opening *w)
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
static void pair_names(struct opening *w)
{
    for (uint32_t i = 0; i + 1 < w->c->n_columns; i++) {
        struct csv_column *a = &w->c->columns[i], *b = a + 1;
        csv_columns_pair(a, b, &w->samples[i + 1]);
        csv_columns_pair(b, a, &w->samples[i]);
    }
}

static err read_columns(struct opening *w)
{
    err e = OK;
    struct csv *c = w->c;
    view row;
    size_t end = 0;
    enum csv_header header = w->o ? w->o->header : CSV_HEADER_AUTO;
    if (w->is_whole && view_trim(w->head).n == 0)
        return OK; /* a file without a byte but line ends: no row comes that would want a column */
    if (!next_row(w, 0, &row, &end))
        return DIAG(w->d, ERR_LIMIT, "the first row is longer than a head can be");
    TRY(read_names(w, row));
    bool has_header = header == CSV_HEADER_YES, is_doubtful = false, is_below = false;
    if (header == CSV_HEADER_AUTO) TRY(looks_like_header(w, &has_header, &is_doubtful));
    if (header == CSV_HEADER_AUTO) TRY(find_below(w, &row, &end, &is_below));
    has_header |= is_below;
    if (c->n_columns == 1 && !(w->o && w->o->delimiter) &&
        csv_hides_columns(&c->dialect, row, c->columns[0].name, view_sub(w->head, end, w->head.n)))
        return DIAG(w->d, ERR_FORMAT,
                    "one column that reads like several: say what cuts them by --csv-delimiter");
    bool is_cut = w->reading.good < w->reading.rows && !(w->o && w->o->delimiter);
    if (c->n_columns == 1 && has_header && is_cut && is_punctuation(w->head))
        c->dialect.delimiter = 0; /* one column of sentences that nobody put into quotes */
    TRY(read_samples(w, has_header ? end : 0));
    if (has_header && header == CSV_HEADER_AUTO && !is_below) {
        bool is_row;
        TRY(heads_its_like(w, is_doubtful, &is_row));
        has_header = !is_row;
        if (is_row) {
            memset(w->samples, 0, c->n_columns * sizeof *w->samples);
            c->rows_seen = 0;
            TRY(read_samples(w, 0));
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
    struct opening w = { .c = c, .o = o, .arena = a, .head = head, .is_whole = is_whole, .d = d };
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

/* ---- what a head says ---- */

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
    struct opening w = {
        .c = &c, .arena = &a, .head = head, .is_whole = is_whole, .encoding = ENC_WINDOWS1252
    };
    view row;
    size_t end;
    bool is_header = false, is_doubtful;
    if (next_row(&w, 0, &row, &end) && !read_names(&w, row))
        yes = !looks_like_header(&w, &is_header, &is_doubtful) && is_header;
    for (uint32_t i = 0; yes && i < c.n_columns; i++)
        yes = !is_prose(c.columns[i].name);
    arena_clear(&a);
    return yes;
}
