/* run_golden — the tables in tests/golden/ against the whole engine.
 *
 *     run_golden FILE|FOLDER …        every *.txt of a folder, in byte order
 *
 * A table is lines of `input TAB expected` (more TABs may align the columns). `expected` is the
 * input with each finding written «value»|LABEL; both columns know the escapes \n \t \r \\. A line
 * that starts with '#' is a comment ("\#" is a row that starts with '#'). The engine's findings
 * must be exactly those of the row: spans and labels. A file may name its labels in a line `#
 * labels: DATE AGE`; in its rows that start with '~' findings of other labels do not count. `# language: es`
 * makes the rows of a file Spanish. After a line
 * `# together`, rows in which nothing is to be found are looked at again as notes of 25 lines each, since
 * much is judged by what stands around it. Exit 0 when every row holds, 1 when one does not, 2 when a
 * table can't be read.
 */
#include <dirent.h>

#include "detect/engine.h"
#include "escapes.h"
#include "lexicon/lexicon.h"

enum { ROW_FINDINGS = 256 };

struct want {
    uint32_t start, end;
    enum label label;
};
struct golden {
    struct detect *english, *spanish;
    struct detect *detect; /* one of them: the file's */
    struct detect_scratch *scratch;
    struct findings got;
    uint32_t labels; /* set of the file's labels; 0: all */
    unsigned rows, failed;
    bool together;
    unsigned n_lines; /* in `note` */
    size_t note_n;
    char note[1 << 16];
};

/* Takes the marks out of v in place: the plain text stays, its findings go to `want`.
 * Returns false when the marks are not well-formed. */
static bool read_marks(char *p, size_t *len, struct want *want, uint32_t *n_want)
{
    static const char open[] = "\xC2\xAB", close[] = "\xC2\xBB";
    size_t out = 0;
    uint32_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < *len;) {
        if (*len - i >= 2 && memcmp(p + i, open, 2) == 0) {
            if (inside || n == ROW_FINDINGS) return false;
            want[n].start = (uint32_t)out;
            inside = true;
            i += 2;
        } else if (*len - i >= 2 && memcmp(p + i, close, 2) == 0) {
            size_t from = i + 3, to = from;
            if (!inside || i + 2 >= *len || p[i + 2] != '|') return false;
            while (to < *len && p[to] >= 'A' && p[to] <= 'Z')
                to++;
            /* text may go on in capitals: "«94»|AGEF" is AGE, then F */
            while (to > from && !label_from_name(view_of(p + from, to - from), &want[n].label))
                to--;
            if (to == from) return false;
            want[n++].end = (uint32_t)out;
            inside = false;
            i = to;
        } else {
            p[out++] = p[i++];
        }
    }
    *len = out;
    *n_want = n;
    return !inside;
}

static void print_escaped(view v)
{
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        if (c == '\n' || c == '\t' || c == '\r' || c == '\\')
            printf("\\%c", c == '\n' ? 'n' : c == '\t' ? 't' : c == '\r' ? 'r' : '\\');
        else
            putchar(c);
    }
}

static void print_marked(view text, const struct want *f, uint32_t n)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        print_escaped(view_sub(text, at, f[i].start));
        printf("«");
        print_escaped(view_sub(text, f[i].start, f[i].end));
        printf("»|%s", label_name(f[i].label));
        at = f[i].end;
    }
    print_escaped(view_sub(text, at, text.n));
    putchar('\n');
}

/* Findings that count in this row. */
static uint32_t keep(const struct golden *g, bool own_only, struct want *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->got.n && n < ROW_FINDINGS; i++) {
        const struct finding *f = &g->got.v[i];
        if (own_only && g->labels && !(g->labels >> f->label & 1)) continue;
        out[n++] = (struct want){ f->start, f->end, (enum label)f->label };
    }
    return n;
}

static bool same(const struct want *a, uint32_t na, const struct want *b, uint32_t nb)
{
    if (na != nb) return false;
    for (uint32_t i = 0; i < na; i++)
        if (a[i].start != b[i].start || a[i].end != b[i].end || a[i].label != b[i].label)
            return false;
    return true;
}

/* The lines gathered so far as one note, in which nothing may be found. */
static void run_note(struct golden *g, const char *file, unsigned line)
{
    static struct want got[ROW_FINDINGS];
    view text = view_of(g->note, g->note_n);
    if (!g->n_lines) return;
    err e = detect_text(g->detect, g->scratch, text, VIEW(""), &g->got);
    uint32_t n = keep(g, false, got);
    g->rows++;
    g->failed += e || n;
    if (e || n) {
        printf("%s: %u lines to line %u as one note%s%s\n  got:      ", file, g->n_lines, line,
               e ? " failed: " : "", e ? err_text(e) : "");
        print_marked(text, got, n);
    }
    g->n_lines = 0;
    g->note_n = 0;
}

static void note_line(struct golden *g, const char *file, unsigned line, view text)
{
    if (text.n + 1 > sizeof g->note - g->note_n) return;
    memcpy(g->note + g->note_n, text.p, text.n);
    g->note_n += text.n;
    g->note[g->note_n++] = '\n';
    if (++g->n_lines == 25) run_note(g, file, line);
}

/* Returns false only when the row can't be read. */
static bool run_row(struct golden *g, const char *file, unsigned line, char *row, size_t n)
{
    static struct want want[ROW_FINDINGS], got[ROW_FINDINGS];
    bool own_only = row[0] == '~';
    uint32_t n_want = 0, n_got;
    if (own_only) row++, n--;
    char *tab = memchr(row, '\t', n);
    if (!tab) return false;
    size_t n_in = unescape(view_between(row, tab), row);
    char *exp = tab;
    while (exp < row + n && *exp == '\t')
        exp++;
    size_t n_exp = unescape(view_of(exp, (size_t)(row + n - exp)), exp);
    if (!read_marks(exp, &n_exp, want, &n_want)) return false;
    view text = view_of(row, n_in);
    if (!view_eq(text, view_of(exp, n_exp))) return false;

    err e = detect_text(g->detect, g->scratch, text, VIEW(""), &g->got);
    n_got = keep(g, own_only, got);
    g->rows++;
    if (g->together && !n_want) note_line(g, file, line, text);
    if (e == OK && same(want, n_want, got, n_got)) return true;
    g->failed++;
    printf("%s:%u%s%s\n  expected: ", file, line, e ? " failed: " : "", e ? err_text(e) : "");
    print_marked(text, want, n_want);
    printf("  got:      ");
    print_marked(text, got, n_got);
    return true;
}

/* `# labels: DATE AGE` */
static bool read_labels(struct golden *g, view v)
{
    while (v.n) {
        size_t to = view_find_byte(v, 0, ' ');
        enum label l;
        if (to && !label_from_name(view_sub(v, 0, to), &l)) return false;
        if (to) g->labels |= UINT32_C(1) << l;
        v = view_sub(v, to + 1, v.n);
    }
    return true;
}

static int run_file(struct golden *g, const char *path)
{
    FILE *f = fopen(path, "r");
    char *row = NULL;
    size_t cap = 0;
    ssize_t got;
    unsigned line = 0;
    int rc = 0;
    if (!f) {
        printf("%s: can't be opened\n", path);
        return 2;
    }
    g->labels = 0;
    g->detect = g->english;
    g->together = false;
    while ((got = getline(&row, &cap, f)) >= 0) {
        size_t n = (size_t)got;
        bool ok = true;
        line++;
        while (n && (row[n - 1] == '\n' || row[n - 1] == '\r'))
            n--;
        view v = view_of(row, n);
        if (view_starts(v, VIEW("# labels:")))
            ok = read_labels(g, view_trim(view_sub(v, 9, n)));
        else if (view_eq(view_trim(v), VIEW("# language: es")))
            g->detect = g->spanish;
        else if (view_eq(view_trim(v), VIEW("# together")))
            g->together = true;
        else if (view_trim(v).n && row[0] != '#')
            ok = run_row(g, path, line, row, n);
        if (!ok) {
            printf("%s:%u: not a row of the form input TAB expected, or the columns differ\n", path,
                   line);
            rc = 2;
        }
    }
    run_note(g, path, line);
    free(row);
    fclose(f);
    return rc;
}

static int is_table(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 4 && strcmp(e->d_name + n - 4, ".txt") == 0;
}

static int run_path(struct golden *g, const char *path)
{
    struct dirent **names;
    int n = scandir(path, &names, is_table, alphasort), rc = 0;
    if (n < 0) return run_file(g, path);
    for (int i = 0; i < n; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s/%s", path, names[i]->d_name);
        rc |= run_file(g, file);
        free(names[i]);
    }
    free(names);
    return rc;
}

int main(int argc, char **argv)
{
    static struct golden g;
    int rc = 0;
    if (argc < 2) {
        puts("usage: run_golden FILE|FOLDER …");
        return 2;
    }
    findings_init(&g.got, DETECT_MAX);
    const struct detect_params spanish = { .lexicon = lexicon_builtin(),
                                           .language = DETECT_SPANISH,
                                           .date_order = DATE_DAY_FIRST };
    if (detect_new(&g.english, spanish.lexicon) || detect_new_with(&g.spanish, &spanish) ||
        detect_scratch_new(&g.scratch)) {
        puts("the engine can't be made");
        return 2;
    }
    for (int i = 1; i < argc; i++)
        rc |= run_path(&g, argv[i]);
    printf("%u rows, %u failed\n", g.rows, g.failed);
    findings_clear(&g.got);
    detect_scratch_free(g.scratch);
    detect_free(g.english);
    detect_free(g.spanish);
    return rc ? 2 : g.failed ? 1 : 0;
}
