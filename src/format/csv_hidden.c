/* csv_hidden.c — a table of one column that is several, cut by something that nobody said.
 *
 * "mrn#family_name#city" as one cell names no column, and all below it would pass as prose. So a first row that
 * falls into names of columns at one and the same mark is not taken for one name. Blanks cut names too
 * ("date of birth"): there the rows must fall apart in the same way.
 */
#include "format/csv_inside.h"

enum {
    MARKS_FROM = 1,
    MARKS_TO = 0x7E,
    KNOWN_MIN = 2,
    KNOWN_QUOTED = 3,
    BLANKS_MIN = 3,
    ROWS_SEEN = 100
};

static size_t count(view v, char c)
{
    size_t n = 0;
    for (size_t at = 0; (at = view_find_byte(v, at, c)) < v.n; at++)
        n++;
    return n;
}

/* How many of the parts of `name` between marks name a column that is known. */
static size_t known_parts(view name, char mark)
{
    const struct csv_sample nothing = { 0 };
    size_t known = 0;
    for (size_t at = 0, end; at <= name.n; at = end + 1) {
        end = view_find_byte(name, at, mark);
        struct csv_column c = { .name = view_trim(view_sub(name, at, end)) };
        known += c.name.n && csv_column_infer(&c, &nothing);
    }
    return known;
}

static bool is_mark(char c)
{
    return !ascii_is_alpha(c) && !ascii_is_digit(c) && !strchr("_-.'()\"\t\n\r ", c);
}

/* Do nearly all of the rows behind the first have as many blanks as it? */
static bool rows_agree(const struct csv_dialect *q, view rows, size_t blanks)
{
    size_t n = 0, good = 0;
    for (size_t pos = 0, len; pos < rows.n && n < ROWS_SEEN; pos += len, n++) {
        struct csv_scan s = { 0 };
        len = csv_scan_record(q, rows, pos, &s, true);
        good += count(view_trim(view_sub(rows, pos, pos + len)), ' ') == blanks;
    }
    return n && good * 10 >= n * 9;
}

bool csv_hides_columns(const struct csv_dialect *q, view row, view name, view rows)
{
    bool is_quoted = count(row, '"') > 0; /* what is quoted on purpose may have any mark */
    size_t blanks = count(name, ' ');
    for (char c = MARKS_FROM; c <= MARKS_TO; c++)
        if (is_mark(c) && count(name, c) &&
            known_parts(name, c) >= (is_quoted ? KNOWN_QUOTED : KNOWN_MIN))
            return true;
    return blanks >= BLANKS_MIN && known_parts(name, ' ') >= KNOWN_MIN &&
           rows_agree(q, rows, blanks);
}
