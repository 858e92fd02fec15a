/* format/csv_open_inside.h — between the files that read the head of a table: csv_head.c, csv_header.c, csv_open.c.
 * Threads: an opening belongs to one. */
#pragma once
#include "format/csv_inside.h"

struct csv_opening {
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

/* ---- csv_head.c ---- */

/* The first row from `pos` that is not blank; false when the head does not hold all of it. */
bool csv_next_row(const struct csv_opening *w, size_t pos, view *row, size_t *end);
/* Names from the first row; whether it is a header is decided after. */
MUST_USE err csv_read_names(struct csv_opening *w, view row);
/* What a cell could be, by the lists of who knows; 0 when nobody does. */
MUST_USE err csv_kinds_of(struct csv_opening *w, view cell, unsigned *out);
MUST_USE err csv_read_samples(struct csv_opening *w, size_t pos);

/* ---- csv_header.c ---- */

/* The first row names columns when none of its cells is a value, and one at least is a name we know. Doubtful when more
 * could be people and towns: "Street,Kim,Boston". */
MUST_USE err csv_looks_like_header(struct csv_opening *w, bool *yes, bool *is_doubtful);
/* "John,Street" above names: what looks like a header is a row like the others. So is a doubtful one, unless a column
 * has numbers under a word: "mrn,Smith,Jones" are readers and what they measured. */
MUST_USE err csv_heads_its_like(struct csv_opening *w, bool is_doubtful, bool *yes);
/* An export's header may stand below titles: rows of few cells that say what the table is and who printed it. *row and
 * *end are the first row's, and the header's when there is one below; else all stays. */
MUST_USE err csv_find_header_below(struct csv_opening *w, view *row, size_t *end, bool *found);
