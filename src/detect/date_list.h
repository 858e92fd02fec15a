/* detect/date_list.h — inside detect/date*.c: a/b of one list or column, of which one that is surely a day decides
 * for the others.
 *
 *     10/2  R heel 3.2 cm          10/2 alone might be a score; 10/16 is a day,
 *     10/16 R heel 2.5 cm          and so the line above it begins with one too
 *
 * A day without a year may be a month with its year as well ("11/16"). Where dates of the same text stand around it
 * and none is a month and a year, it is told to be a day (PART_DAY).   Threads: pure. */
#pragma once
#include "detect/date_context.h"

enum { DATE_ROWS = 128, DATE_NOT_FOUND = -1 };

struct date_row {
    uint32_t first;  /* token of a */
    int32_t finding; /* its place in the findings, or DATE_NOT_FOUND */
    uint8_t a, b;
    char mark;         /* between them: '/' or '-' */
    bool is_whole;     /* a year follows */
    bool is_month;     /* b is the year: 9/98 */
    uint8_t digits[2]; /* as written */
};
struct date_rows {
    uint32_t n;
    bool has_found;
    struct date_row v[DATE_ROWS];
};

/* Notes a/b at token i, if it is such, with the finding that it opens; what comes after DATE_ROWS is left alone. */
void date_rows_note(struct date_rows *rows, const struct doc *d, uint32_t i, int32_t finding);
/* Adds those that the others decide for to `out`, and tells days from months. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err date_rows_judge(struct date_rows *rows, const struct doc *d, struct findings *out);
