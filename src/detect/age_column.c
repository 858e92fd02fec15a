/* detect/age_column.c — the column "Age" of a table in running text (age_short.h).
 *
 * A table is lines whose cells stand between bars, tabs, semicolons, commas, or two blanks and more; its
 * header is the line that has a cell "Age". It ends with the first line that has other cells. */
#include "detect/age_short.h"

static bool is_gap(view line, size_t at, char mark)
{
    if (mark != ' ') return line.p[at] == mark;
    return line.p[at] == ' ' && at + 1 < line.n && line.p[at + 1] == ' ';
}

/* The cell of `line` that begins at *at, without the blanks around it; *at goes past its end. */
static view next_cell(view line, size_t *at, char mark)
{
    size_t from = *at, to;
    while (*at < line.n && !is_gap(line, *at, mark))
        (*at)++;
    to = *at;
    if (mark == ' ')
        while (*at < line.n && line.p[*at] == ' ')
            (*at)++;
    else
        (*at)++;
    while (from < to && ascii_is_space(line.p[from]))
        from++;
    while (to > from && ascii_is_space(line.p[to - 1]))
        to--;
    return view_sub(line, from, to);
}

/* "Age", "AGE (yr)", "Age/Sex" */
static bool is_age_title(view cell)
{
    enum { TITLE_BYTES = 12 };
    return cell.n >= 3 && cell.n <= TITLE_BYTES &&
           view_eq_nocase(view_sub(cell, 0, 3), VIEW("age")) &&
           (cell.n == 3 || !(ascii_lower(cell.p[3]) >= 'a' && ascii_lower(cell.p[3]) <= 'z'));
}

static unsigned count_cells(view line, char mark)
{
    unsigned n = 0;
    for (size_t at = 0; at < line.n; n++)
        next_cell(line, &at, mark);
    return n;
}

static bool is_header(view line, struct age_table *t)
{
    static const char marks[] = { '|', '\t', ';', ',', ' ' };
    for (size_t m = 0; m < sizeof marks; m++) {
        unsigned n = 0, column = 0;
        bool found = false;
        for (size_t at = 0; at < line.n; n++)
            if (is_age_title(next_cell(line, &at, marks[m])) && !found) {
                found = true;
                column = n;
            }
        if (!found || n < 2) continue;
        t->mark = marks[m];
        t->column = column;
        t->cells = n;
        return true;
    }
    return false;
}

/* The line of `text` that begins at `from`, without indentation for a table of blanks; empty when it is too
 * long for a table's, so that a line of numbers is not read once for each of them. */
static view line_at(view text, size_t from)
{
    enum { LINE_BYTES = 1024 };
    const size_t most = MIN(text.n - from, (size_t)LINE_BYTES);
    const char *end = memchr(text.p + from, '\n', most);
    size_t to = end ? (size_t)(end - text.p) : from + most;
    if (!end && to < text.n) return VIEW("");
    if (to > from && text.p[to - 1] == '\r') to--;
    while (from < to && text.p[from] == ' ')
        from++;
    while (to > from && text.p[to - 1] == ' ')
        to--;
    return view_sub(text, from, to);
}

bool age_is_column(const struct doc *d, int64_t i, struct age_table *t)
{
    const size_t at = d->tok[i].start;
    for (;;) {
        const size_t from = MAX(t->scanned, t->seen);
        const char *end = from < at ? memchr(d->text.p + from, '\n', at - from) : NULL;
        if (!end) break;
        view line = line_at(d->text, t->scanned);
        if (!is_header(line, t) && t->cells && count_cells(line, t->mark) != t->cells) t->cells = 0;
        t->scanned = (size_t)(end - d->text.p) + 1;
    }
    t->seen = at;
    if (!t->cells) return false;
    view line = line_at(d->text, t->scanned);
    if (count_cells(line, t->mark) != t->cells) return false;
    size_t p = 0;
    view cell = VIEW("");
    for (unsigned n = 0; n <= t->column && p < line.n; n++)
        cell = next_cell(line, &p, t->mark);
    return cell.p == d->text.p + at && (cell.n == d->tok[i].len || cell.p[d->tok[i].len] == '/' ||
                                        cell.p[d->tok[i].len] == ' ');
}
