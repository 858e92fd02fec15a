/* cli/tables.h — the options that say how a table is cut and what its columns hold.
 * Threads: the main thread only. */
#pragma once
#include "cli/console.h"
#include "deid/column_file.h"
#include "format/format_options.h"

struct table_options {
    const char *columns, *delimiter, *quote;
    int escape, header;
    struct csv_options csv;     /* what follows from them */
    struct column_roles *roles; /* owned; NULL: none given */
};
extern const char *const table_escapes[], *const table_headers[];

/* Rows for an option table; `o` is a struct table_options. */
#define TABLE_OPTIONS(o)                                                                           \
    { "columns",                                                                                   \
      0,                                                                                           \
      OPT_TEXT,                                                                                    \
      &(o).columns,                                                                                \
      "WHAT",                                                                                      \
      "`show` prints what a table's columns are taken for; a file\n"                               \
      "of that form, or NAME=ROLE,..., says it" },                                                 \
        { "csv-delimiter", 0, OPT_TEXT, &(o).delimiter, "CHAR", "or `tab`; default: by content" }, \
        { "csv-quote", 0, OPT_TEXT, &(o).quote, "CHAR", "or `none`; default: by content" },        \
        { "csv-escape", 0,     OPT_CHOICE,                                                         \
          &(o).escape,  "HOW", "doubled quotes or backslash; default: by content",                 \
          table_escapes },                                                                         \
    {                                                                                              \
        "csv-header", 0, OPT_CHOICE, &(o).header, "IS", "yes or no; default: by content",          \
            table_headers                                                                          \
    }

struct table_options table_default_options(void);
/* Fills o->csv; false, with a word to the user, when an option can't be meant. */
bool table_options_ready(struct table_options *o, struct console *c);
void table_options_clear(struct table_options *o);
bool table_options_show(const struct table_options *o); /* `--columns show` */
/* Prints on standard output what the columns of the one input are taken for. Gives an exit code. */
int table_show(struct console *c, const struct batch_params *p);
