/* csv_dialect.c — which delimiter, quote and escape a table uses, by trying all of them on its head.
 *
 * A dialect reads a head well when every row has as many cells as the first and no quote is out of
 * place. Of dialects that do equally well the one with the usual quotes wins, then the one with more
 * cells. Marks that are rare as delimiters, and usual within cells (SMITH^JOHN), are tried where no usual one
 * cuts anything. What was given is not tried otherwise.
 */
#include "format/csv_inside.h"

static const char delimiters[] = ",\t;|", rare_delimiters[] = "^~\x1F\x01"; /* US; Hive's */
/* In the order of preference. */
static const struct {
    char quote;
    bool backslash, skip_space;
} modes[] = {
    { '"', false, false },  { '"', false, true }, { '"', true, false },
    { '\'', false, false }, { 0, false, false },  { 0, true, false },
};
enum { ROWS_READ = 1000 };

static void read_row(const struct csv_dialect *q, view row, struct csv_reading *r)
{
    struct csv_walk w;
    struct csv_cell cell;
    uint32_t cells = 0;
    bool is_blank_row = true;
    csv_walk_init(&w, q, row);
    while (csv_next_cell(&w, &cell)) {
        is_blank_row = is_blank_row && cells == 0 && cell.start == cell.end;
        cells++;
    }
    if (is_blank_row && !w.fault) return; /* a blank line says nothing */
    if (r->rows++ == 0) r->cells = cells;
    r->good += !w.fault && cells == r->cells;
}

/* A head that was cut ends with a row that was. */
static void read_head(const struct csv_dialect *q, view head, bool is_whole, struct csv_reading *r)
{
    *r = (struct csv_reading){ 0 };
    for (size_t pos = 0; pos < head.n && r->rows < ROWS_READ;) {
        struct csv_scan s = { 0 };
        size_t n = csv_scan_record(q, head, pos, &s, false);
        if (!n && !is_whole) break;
        if (!n) n = head.n - pos;
        read_row(q, view_sub(head, pos, pos + n), r);
        pos += n;
    }
}

/* Does a quote of the mode stand anywhere but inside a cell? An apostrophe quotes nothing by itself. */
static bool has_quoted_cells(const struct csv_dialect *q, view head)
{
    struct csv_walk w;
    struct csv_cell cell;
    for (size_t pos = 0; pos < head.n;) {
        struct csv_scan s = { 0 };
        size_t n = csv_scan_record(q, head, pos, &s, true);
        csv_walk_init(&w, q, view_sub(head, pos, pos + n));
        while (csv_next_cell(&w, &cell))
            if (cell.is_quoted) return true;
        pos += n;
    }
    return false;
}

static double share(const struct csv_reading *r)
{
    return r->rows ? (double)r->good / r->rows : 0;
}

/* Is a better than b? Both were tried in the order of preference, b first. */
static bool is_better(const struct csv_reading *a, const struct csv_reading *b)
{
    const double much = 0.02;
    if (a->cells < 2) return false;
    if (b->cells < 2) return true;
    if (share(a) > share(b) + much) return true;
    return share(a) > share(b) - much && a->cells > b->cells;
}

static bool mode_is_allowed(const struct csv_options *o, unsigned i)
{
    if (!o) return true;
    if (o->quote && (o->quote == '-' ? modes[i].quote != 0 : modes[i].quote != o->quote))
        return false;
    return !o->escape || modes[i].backslash == (o->escape == 'b');
}

static char newline_of(view head)
{
    bool has_lf = view_find_byte(head, 0, '\n') < head.n;
    bool has_cr = view_find_byte(head, 0, '\r') < head.n;
    return has_cr && !has_lf ? '\r' : '\n';
}

/* The best mode for one delimiter. */
static bool try_delimiter(view head, bool is_whole, const struct csv_options *o, char delimiter,
                          struct csv_dialect *best, struct csv_reading *reading)
{
    bool found = false;
    *reading = (struct csv_reading){ 0 };
    for (unsigned i = 0; i < COUNT_OF(modes); i++) {
        struct csv_reading r;
        const struct csv_dialect q = { .delimiter = delimiter,
                                       .quote = modes[i].quote,
                                       .backslash = modes[i].backslash,
                                       .skip_space = modes[i].skip_space,
                                       .newline = newline_of(head) };
        if (!mode_is_allowed(o, i) || delimiter == q.quote) continue;
        read_head(&q, head, is_whole, &r);
        if (found && q.quote == '\'' && !has_quoted_cells(&q, head)) continue;
        /* Another mode must read nearly all rows: broken ones alone don't speak for it. */
        if (found && (share(&r) < 0.95 || share(&r) <= share(reading) + 0.02)) continue;
        if (!r.rows) continue;
        *best = q;
        *reading = r;
        found = true;
    }
    return found;
}

/* The best of several; false when none reads a row. */
static bool try_delimiters(view head, bool is_whole, const struct csv_options *o, const char *marks,
                           struct csv_dialect *best, struct csv_reading *reading)
{
    bool found = false;
    for (; *marks; marks++) {
        struct csv_dialect q;
        struct csv_reading r;
        if (!try_delimiter(head, is_whole, o, *marks, &q, &r)) continue;
        if (found && !is_better(&r, reading)) continue;
        *best = q;
        *reading = r;
        found = true;
    }
    return found;
}

bool csv_sniff_dialect(view head, bool is_whole, const struct csv_options *o, char delimiter,
                       struct csv_dialect *out, struct csv_reading *reading)
{
    struct csv_dialect q;
    struct csv_reading r;
    if (o && o->delimiter) delimiter = o->delimiter;
    *reading = (struct csv_reading){ 0 };
    /* A quote mark that was given may be one that no mode has. */
    if (o && o->quote && o->quote != '"' && o->quote != '\'' && o->quote != '-') {
        q = (struct csv_dialect){ .delimiter = delimiter ? delimiter : ',',
                                  .quote = o->quote,
                                  .backslash = o->escape == 'b',
                                  .newline = newline_of(head) };
        read_head(&q, head, is_whole, reading);
        *out = q;
        return reading->rows > 0;
    }
    if (delimiter) return try_delimiter(head, is_whole, o, delimiter, out, reading);
    bool found = try_delimiters(head, is_whole, o, delimiters, out, reading);
    if (found && reading->cells >= 2) return true;
    if (!try_delimiters(head, is_whole, o, rare_delimiters, &q, &r) || r.cells < 2 ||
        share(&r) < 0.9)
        return found;
    *out = q;
    *reading = r;
    return true;
}
