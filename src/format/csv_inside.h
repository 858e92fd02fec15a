/* format/csv_inside.h — between the csv_*.c files alone.   Threads: pure. */
#pragma once
#include "format/csv.h"

/* ---- csv_cells.c: cutting ---- */

/* Where a scan of a record stands; zero is its beginning. */
struct csv_scan {
    uint8_t state;
};
/* Length of what is left of the record at bytes[from], its line end included; 0 when it goes on
 * beyond `bytes` (never with at_end set, unless there are no bytes): then *s says how. */
size_t csv_scan_record(const struct csv_dialect *q, view bytes, size_t from, struct csv_scan *s,
                       bool at_end);

struct csv_cell {
    uint32_t start, end; /* of its content, inside the quotes */
    bool is_quoted, has_escape;
};
enum csv_fault { CSV_FINE, CSV_AFTER_QUOTE, CSV_UNCLOSED };
struct csv_walk {
    const struct csv_dialect *dialect;
    view row; /* without its line end */
    size_t pos;
    enum csv_fault fault;
    bool is_done;
};
/* `record` with or without its line end; a BOM before the first cell is skipped. */
void csv_walk_init(struct csv_walk *w, const struct csv_dialect *q, view record);
/* The same record from its first cell to the end of the last. */
view csv_row_text(const struct csv_dialect *q, view record);
/* The next cell; false when there is none, or w->fault says what is wrong at w->pos. */
bool csv_next_cell(struct csv_walk *w, struct csv_cell *out);
/* Is the record ASCII without a NUL, which is the same text in every encoding of a table? */
bool csv_is_plain(view record);
/* The cell's text and its map from cell.start; `is_plain`: csv_is_plain said so of the record. */
MUST_USE err csv_cell_text(const struct csv_dialect *q, view record, const struct csv_cell *cell,
                           enum encoding enc, bool is_plain, struct arena *a, view *text,
                           struct offset_map *map, struct diag *d);

/* ---- csv_dialect.c ---- */

/* How well a head reads in a dialect. */
struct csv_reading {
    uint32_t cells;      /* of the first row */
    uint32_t rows, good; /* good: as many cells, and no fault */
};
/* False when no dialect reads the head as a table of two columns or more. `o` may be NULL. */
bool csv_sniff_dialect(view head, bool is_whole, const struct csv_options *o, char delimiter,
                       struct csv_dialect *out, struct csv_reading *reading);

/* ---- csv_hidden.c ---- */

/* Is `name`, the one cell of the first `row`, rather the names of several columns, cut by a mark that the dialect does
 * not have? `rows`: what of the head follows. */
bool csv_hides_columns(const struct csv_dialect *q, view row, view name, view rows);

/* ---- csv_header.c ---- */

/* Does it begin a table with columns that we know? `delimiter` 0: any. */
bool csv_sniff_table(view head, char delimiter);

/* ---- csv_columns.c, csv_values.c: meaning ---- */

/* What the cells of a column look like, from the first rows. */
struct csv_sample {
    uint32_t filled, dates, years, numbers, long_numbers, emails, ssns, phones, urls, ips, codes,
        words, prose;
    /* Of the first few: cells, and how many of them are of which kind (enum csv_kind). */
    uint32_t judged, maybe, given, family, names, towns, plain_words, rare;
};
void csv_sample_judge(struct csv_sample *s, unsigned kinds);
void csv_sample_add(struct csv_sample *s, view cell);
/* May this cell of such a column pass without being looked at? */
bool csv_cell_passes(enum csv_pass pass, view cell);
/* Fills role, who, pass and why of c from c->name and the sample. False when the name said nothing. */
bool csv_column_infer(struct csv_column *c, const struct csv_sample *s);
/* `column`, of which nothing is known, holds the other half of the names in `beside`, if it can. */
void csv_columns_pair(const struct csv_column *beside, struct csv_column *column,
                      const struct csv_sample *s);
/* A word that tells one person from another of the same kind ("mother", "referring"); 0 for none. */
uint32_t csv_column_person(view name);
/* A header cell that could be data rather than the name of a column. */
bool csv_could_be_data(view cell);
