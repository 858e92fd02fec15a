/* format/csv.h — tables: delimited text with or without quotes, a header and columns that mean something.
 *
 *     mrn,name,note                             dialect: how cells are cut
 *     00482913,"Smith, John","seen              columns: what each holds, by its header and its content
 *     on 3/14"                                  record: a row, over as many lines as its quotes say
 *
 * Dialect and columns are worked out once for an input, from its head, or given. What a column is not
 * known to hold is looked at as prose. A cell passes unlooked only when its column is known to hold
 * codes, measures or categories and the cell itself is one.
 * Only encodings in which ASCII is ASCII (UTF-8, Windows-1252, Latin-1), row by row when not given.
 * Source: RFC 4180; what spreadsheets and databases export besides.
 * Threads: immutable once opened.
 */
#pragma once
#include "format/format.h"

struct csv_dialect {
    char delimiter;
    char quote;      /* 0: there are none */
    bool backslash;  /* escapes with backslash, in quotes and outside; else quotes are doubled */
    bool skip_space; /* blanks after a delimiter are no part of a cell */
    char newline;    /* '\n' (a '\r' before it belongs to it), or '\r' alone */
};
extern const struct csv_dialect csv_default_dialect; /* RFC 4180 */

/* What of a column may pass without being looked at. */
enum csv_pass {
    CSV_LOOK,     /* nothing */
    CSV_CODE,     /* cells that are short codes: "E11.9", "4548-4", up to twelve characters */
    CSV_MEASURE,  /* cells that are numbers: "138", "<0.01", "120/80", up to seven digits */
    CSV_CATEGORY, /* cells that are one or two words of a closed list: "F", "married", "true" */
    CSV_KEEP,     /* every cell: somebody has said so */
};
struct csv_column {
    view name; /* decoded header cell; "" when there is none */
    enum piece_role role;
    enum piece_who who;
    enum csv_pass pass;
    uint16_t person;
    const char *why; /* a literal: how the role came about */
    bool is_given;
};
/* What was said about one column. */
struct csv_given {
    view name; /* of the header, or "#3" for the third */
    enum piece_role role;
    enum piece_who who;
    enum csv_pass pass;
    uint32_t line; /* of the file that says so; 0: none */
};
/* What a cell could be by lists of words, which this folder does not have. */
enum csv_kind {
    CSV_KIND_MAYBE = 1, /* nothing speaks against a name */
    CSV_KIND_GIVEN = 2,
    CSV_KIND_FAMILY = 4,
    CSV_KIND_NAME = 8, /* several words of one */
    CSV_KIND_TOWN = 16,
    CSV_KIND_WORD = 32, /* rather a word of the language than the name that it may be: "White" */
    CSV_KIND_RARE = 64, /* words that no list has */
};
enum csv_header { CSV_HEADER_AUTO, CSV_HEADER_YES, CSV_HEADER_NO };
struct csv_options {
    char delimiter, quote; /* 0: by content; quote '-' says there are none */
    char escape;           /* 0: by content; 'd' doubled, 'b' backslash */
    enum csv_header header;
    const struct csv_given *given; /* borrowed */
    size_t n_given;
    /* *out: of enum csv_kind. NULL: nobody knows. */
    err (*kinds_of)(view cell, struct arena *scratch, unsigned *out);
};

enum { CSV_COLUMNS_MAX = 16384 };

/* A table, opened. `format` is what a reader uses. */
struct csv {
    struct format format;
    struct csv_dialect dialect;
    view header;  /* the header's bytes, in the arena; "" when there is none */
    view *titles; /* rows above it: what the table is, who printed it */
    uint32_t n_titles;
    struct csv_column *columns;
    uint32_t n_columns;
    uint32_t patient; /* the column that tells whose a row is, counted from 1; 0: none */
    uint32_t id;      /* the column with the row's own identifier; 0: none */
    uint32_t rows_seen;
};
/* The csv of a format that `open` of "csv" or "tsv" made; NULL for any other. */
const struct csv *csv_of(const struct format *f);
bool csv_has_column(const struct csv *c, view name);
/* `o` may be NULL. ERR_FORMAT when the head is no table, ERR_CONFIG for a given column that is not
 * there, ERR_LIMIT (too many columns, a header longer than the head), ERR_ENCODING, ERR_MEMORY. */
MUST_USE err csv_open(struct csv **out, const struct csv_options *o, char delimiter, view head,
                      bool is_whole, struct arena *a, struct diag *d);

/* Prints what is known of the columns as the file that `cordon deid --columns FILE` reads. */
MUST_USE err csv_columns_print(const struct csv *c, struct buf *out);

/* For format_write. Appends what stands for the edit inside the quotes of a cell. */
MUST_USE err csv_spell_quoted(const struct piece *p, const struct edit *x, struct buf *out);
/* Appends a bare cell, `bytes`, with its edits: in quotes when its new text needs them. */
MUST_USE err csv_write_bare(const struct piece *p, view bytes, const struct edits *edits,
                            struct buf *out);

/* What a field of that name holds, as a column of it would: below ROLE_NAME where the name alone doesn't tell. */
enum piece_role csv_role_of_label(view label, enum piece_who *who);
/* "family", "name/clinician", "code": how roles are written. */
MUST_USE err csv_role_print(const struct csv_column *c, struct buf *out);
bool csv_role_parse(view v, struct csv_given *out);
/* The words that csv_role_parse knows, for a message. */
const char *csv_role_words(void);
