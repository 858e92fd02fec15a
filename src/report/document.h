/* report/document.h — a report in memory, for the files of report/ that write it.
 *
 *     report ─▶ tiles
 *            └▶ section ─▶ section …    each: facts, notes, tables ─▶ rows
 *
 * Chains in the order of adding; all of it lives in the report's arena.   Threads: as report/report.h.
 */
#pragma once
#include "base/arena.h"
#include "report/report.h"

#define REPORT_HTML_HEAD "<!doctype html>\n<!-- cordon report -->\n"
#define REPORT_JSON_HEAD "{\"cordon_report\":"

struct report_fact {
    struct report_fact *next;
    const char *key, *label;
    struct cell cell;
};
struct report_text {
    struct report_text *next;
    view text;
};
struct report_cells {
    struct report_cells *next;
    struct cell v[];
};
struct report_grid {
    struct report_grid *next;
    const char *key, *title;
    struct report_column column[REPORT_COLUMNS_MAX];
    size_t n_columns, n_rows;
    struct report_cells *first, *last;
};
struct report_json {
    struct report_json *next;
    const char *key, *title;
    view json;
};
struct report_part {
    struct report_part *next;
    const char *key, *title;
    struct report_fact *facts, *last_fact;
    struct report_text *notes, *last_note;
    struct report_grid *grids, *last_grid;
    struct report_json *texts, *last_text;
};
struct report {
    struct arena arena;
    err failed; /* the first failure */
    const char *kind;
    view title, subtitle;
    struct report_fact *tiles, *last_tile;
    struct report_part *parts, *last_part;
};

/* A cell that has nothing to show: NONE, or a number that is not finite. */
bool report_cell_is_none(const struct cell *c);
