#include "cli/tables.h"

#include <fcntl.h>
#include <unistd.h>

#include "deid/cell_kind.h"
#include "format/reader.h"

const char *const table_escapes[] = { "doubled", "backslash", NULL };
const char *const table_headers[] = { "yes", "no", NULL };

struct table_options table_default_options(void)
{
    return (struct table_options){ .escape = -1, .header = -1 };
}

/* One character that can cut cells; `word` is what else may be said. */
static bool read_mark(const char *s, const char *word, char meaning, char *out)
{
    if (!s) return true;
    *out = strcmp(s, word) == 0 ? meaning : s[0];
    if (strcmp(s, word) == 0) return true;
    bool is_mark = (unsigned char)s[0] > ' ' && (unsigned char)s[0] < 0x7F &&
                   !ascii_is_alpha(s[0]) && !ascii_is_digit(s[0]) && s[0] != '\\' && s[0] != '-';
    return (is_mark || s[0] == '\t') && s[1] == '\0';
}

bool table_options_show(const struct table_options *o)
{
    return o->columns && strcmp(o->columns, "show") == 0;
}

bool table_options_ready(struct table_options *o, struct console *c)
{
    struct diag d = { 0 };
    if (!read_mark(o->delimiter, "tab", '\t', &o->csv.delimiter) ||
        !read_mark(o->quote, "none", '-', &o->csv.quote) ||
        (o->csv.delimiter && o->csv.delimiter == o->csv.quote)) {
        (void)console_misuse(c->command, "--csv-delimiter and --csv-quote take one mark each, "
                                         "another for the other");
        return false;
    }
    o->csv.kinds_of = cell_kinds;
    if (o->escape >= 0) o->csv.escape = o->escape == 0 ? 'd' : 'b';
    if (o->header >= 0) o->csv.header = o->header == 0 ? CSV_HEADER_YES : CSV_HEADER_NO;
    if (!o->columns || table_options_show(o)) return true;
    err e = strchr(o->columns, '=') ? column_roles_parse(&o->roles, view_of_str(o->columns), &d)
                                    : column_roles_open(&o->roles, o->columns, &d);
    if (e) {
        (void)console_stop(c, e, &d);
        return false;
    }
    o->csv.given = column_roles_list(o->roles, &o->csv.n_given);
    return true;
}

void table_options_clear(struct table_options *o)
{
    column_roles_free(o->roles);
    o->roles = NULL;
}

/* The format of the input, once its head is read. */
static err open_input(struct reader *r, const char *path, int *fd, struct batch *b, struct diag *d)
{
    err e = OK;
    bool done;
    *fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0) return DIAG_OS(d, "the input can't be opened");
    r->source.fd = *fd;
    TRY(reader_next(r, b, &done, d));
    if (done || !csv_of(r->format)) e = DIAG(d, ERR_FORMAT, "the input is no table");
out:
    return e;
}

int table_show(struct console *c, const struct batch_params *p)
{
    err e = OK;
    int fd = -1;
    struct diag d = { 0 };
    struct arena a;
    struct buf out;
    struct reader r;
    struct batch b = { 0 };
    if (p->n_inputs != 1) return console_misuse(c->command, "--columns show takes one table");
    arena_init(&a, 64 << 20);
    buf_init(&out, 64 << 20);
    buf_init(&b.bytes, 2 * p->max_document);
    reader_init(&r, -1, p->format ? p->format : batch_format_by_name(p->inputs[0]), p->encoding,
                p->max_document, 1 << 16);
    reader_prepare(&r, p->format_options, &a);
    TRY(open_input(&r, p->inputs[0], &fd, &b, &d));
    TRY(csv_columns_print(csv_of(r.format), &out));
    fwrite(out.p, 1, out.n, stdout);
out:
    if (fd > STDIN_FILENO) close(fd);
    reader_clear(&r);
    buf_clear(&b.bytes);
    buf_clear(&out);
    arena_clear(&a);
    return e ? console_stop(c, e, &d) : EXIT_DONE;
}
