/* report/report.h — what a run has to say to a person later: one document, written as HTML or as JSON.
 *
 *     struct report *r;
 *     TRY(report_new(&r, "deid", VIEW("De-identification run"), VIEW("safe-harbor")));
 *     report_section(r, "run", "The run");
 *     report_fact(r, "records", "Records", cell_count(17));
 *     report_note(r, VIEW("What it does not show …"));
 *     report_table(r, "by_label", "By kind", columns, COUNT_OF(columns));
 *     report_row(r, cells);
 *     TRY(report_html(r, &out));
 *     report_free(r);
 *
 * The parts are added in the order of reading. A failure (memory, text that is not UTF-8) is kept and
 * returned by the writers, so that adding needs no checks; a report is never written in part. Keys are the
 * names of the JSON output: lower case, stable between versions, once a section. Titles, labels and keys
 * are literals and borrowed; texts in cells and notes are copied.
 * Threads: one owner.
 */
#pragma once
#include "base/buf.h"

enum { REPORT_FORMAT = 1, REPORT_COLUMNS_MAX = 12 };

/* clang-format off */
enum cell_kind {      /* how HTML shows it              how JSON has it */
    CELL_NONE,        /* –                              null */
    CELL_BLANK,       /* a line to write on             null */
    CELL_TEXT,        /* words                          string */
    CELL_CODE,        /* fixed width                    string */
    CELL_BOOL,        /* yes, no                        true, false */
    CELL_COUNT,       /* 1,234,567                      number */
    CELL_BYTES,       /* 1,234,567 (1.2 MB)             number */
    CELL_SECONDS,     /* 1.23 s                         number */
    CELL_SHARE,       /* a bar and 12.3 %               number, 0 … 1 */
    CELL_INTERVAL,    /* 0.57 [0.45, 0.66] and a plot   {"value", "low", "high"}; from -1 to 1 */
};
/* clang-format on */
struct cell {
    enum cell_kind kind;
    view text;
    uint64_t count;
    double number;    /* not finite: shown as NONE */
    double low, high; /* of INTERVAL; not finite: not shown */
};
static inline struct cell cell_none(void)
{
    return (struct cell){ .kind = CELL_NONE };
}
static inline struct cell cell_blank(void)
{
    return (struct cell){ .kind = CELL_BLANK };
}
static inline struct cell cell_text(view v)
{
    return (struct cell){ .kind = CELL_TEXT, .text = v };
}
static inline struct cell cell_str(const char *s)
{
    return cell_text(view_of_str(s));
}
static inline struct cell cell_code(view v)
{
    return (struct cell){ .kind = CELL_CODE, .text = v };
}
static inline struct cell cell_bool(bool yes)
{
    return (struct cell){ .kind = CELL_BOOL, .count = yes };
}
static inline struct cell cell_count(uint64_t n)
{
    return (struct cell){ .kind = CELL_COUNT, .count = n };
}
static inline struct cell cell_bytes(uint64_t n)
{
    return (struct cell){ .kind = CELL_BYTES, .count = n };
}
static inline struct cell cell_seconds(double s)
{
    return (struct cell){ .kind = CELL_SECONDS, .number = s };
}
static inline struct cell cell_share(double of_one)
{
    return (struct cell){ .kind = CELL_SHARE, .number = of_one };
}

static inline struct cell cell_interval(double value, double low, double high)
{
    return (struct cell){ .kind = CELL_INTERVAL, .number = value, .low = low, .high = high };
}

struct report_column {
    const char *key, *title;
    enum cell_kind kind; /* of its cells; NONE, or BLANK instead, is fine in any column */
};

struct report;
/* kind says in JSON what the report is of ("deid"); subtitle may be empty. */
MUST_USE err report_new(struct report **out, const char *kind, view title, view subtitle);
void report_free(struct report *r);

/* One of the few numbers that stand large at the top ("summary" in JSON). Before any section. */
void report_tile(struct report *r, const char *key, const char *label, struct cell c);
void report_section(struct report *r, const char *key, const char *title);
/* In the present section. */
void report_fact(struct report *r, const char *key, const char *label, struct cell c);
void report_note(struct report *r, view text);
void report_table(struct report *r, const char *key, const char *title,
                  const struct report_column *columns, size_t n);
/* A JSON text as it is, after all else of the present section: a value of the JSON, folded away in HTML. The
 * caller knows that it is well-formed; it is copied. */
void report_json_text(struct report *r, const char *key, const char *title, view json);
/* As many cells as the present table has columns. */
void report_row(struct report *r, const struct cell *cells);

/* Appends the whole report. OK, the first failure since report_new, ERR_MEMORY or ERR_LIMIT; `out` is
 * unchanged then. The HTML is one file without scripts or links to elsewhere. */
MUST_USE err report_html(const struct report *r, struct buf *out);
MUST_USE err report_json(const struct report *r, struct buf *out);
/* Do these bytes begin a report, as HTML or JSON, that one of the above wrote? */
bool report_is_one(view head);
enum { REPORT_HEAD = 64 }; /* bytes that report_is_one wants to see */
