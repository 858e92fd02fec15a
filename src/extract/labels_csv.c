/* extract/labels_csv.c — a table of findings: ids, then 1, 0, -1 or nothing. */
#include "extract/labels_inside.h"

enum {
    COLUMNS_MAX = 256,
    QUOTED_MORE = 4096, /* bytes of a cell behind its first quote */
};
struct csv_file {
    struct label_file *f;
    struct label_names *names;
    view rest;
    int name_of[COLUMNS_MAX]; /* -1: no finding */
    int id, text, state;      /* columns; -1: none */
    uint32_t columns;
};

/* The next field (RFC 4180); *last when its record ends with it. */
static err csv_field(struct csv_file *c, view *out, bool *last)
{
    view r = c->rest;
    size_t i = 0;
    if (r.n && r.p[0] == '"') {
        size_t n = 0, cap = r.n < QUOTED_MORE ? r.n : view_find_byte(r, 1, '"') + QUOTED_MORE;
        char *to = arena_alloc(&c->f->arena, cap);
        if (!to) return ERR_MEMORY;
        for (i = 1; i < r.n; i++) {
            if (r.p[i] == '"' && (i + 1 >= r.n || r.p[i + 1] != '"')) break;
            if (r.p[i] == '"') i++;
            if (n == cap) return ERR_LIMIT;
            to[n++] = r.p[i];
        }
        if (i >= r.n) return ERR_FORMAT;
        i++;
        *out = view_of(to, n);
    } else {
        while (i < r.n && r.p[i] != ',' && r.p[i] != '\n' && r.p[i] != '\r')
            i++;
        *out = view_sub(r, 0, i);
    }
    *last = i >= r.n || r.p[i] != ',';
    if (i < r.n && r.p[i] == '\r') i++;
    if (i < r.n && (r.p[i] == '\n' || r.p[i] == ',')) i++;
    c->rest = view_sub(r, i, r.n);
    return OK;
}

static bool is_one_of(view name, const char *const *list)
{
    for (; *list; list++)
        if (label_same_name(name, view_of_str(*list))) return true;
    return false;
}

static err csv_head(struct csv_file *c)
{
    static const char *const texts[] = { "text", "report", "reports", NULL };
    static const char *const others[] = { "normal", NULL };
    static const char *const states[] = { "state", NULL };
    err e = OK;
    bool last = false;
    c->id = c->text = c->state = -1;
    for (; !last; c->columns++) {
        view name;
        uint32_t k;
        if (c->columns == COLUMNS_MAX) return ERR_LIMIT;
        TRY(csv_field(c, &name, &last));
        c->name_of[c->columns] = -1;
        if (is_one_of(name, texts))
            c->text = (int)c->columns;
        else if (c->id < 0)
            c->id = (int)c->columns;
        else if (is_one_of(name, states))
            c->state = (int)c->columns;
        else if (!is_one_of(name, others)) {
            TRY(label_name_number(c->f, c->names, name, &k));
            c->name_of[c->columns] = (int)k;
        }
    }
out:
    return e;
}

static bool csv_status(view v, uint8_t *out)
{
    view t = view_trim(v);
    enum status s;
    if (t.n > 2 && view_eq(view_sub(t, t.n - 2, t.n), VIEW(".0"))) t.n -= 2; /* "1.0" */
    if (t.n == 0)
        *out = STATUS_NOT_MENTIONED;
    else if (view_eq(t, VIEW("1")))
        *out = STATUS_PRESENT;
    else if (view_eq(t, VIEW("0")))
        *out = STATUS_ABSENT;
    else if (view_eq(t, VIEW("-1")))
        *out = STATUS_UNCERTAIN;
    else if (status_from_name(t, &s))
        *out = (uint8_t)s;
    else
        return false;
    return true;
}

static err csv_row(struct csv_file *c, struct diag *d)
{
    err e = OK;
    struct label_row row = { .n_cells = c->names->n };
    bool last = false;
    row.cells = arena_array(&c->f->arena, row.n_cells + 1, sizeof *row.cells);
    if (!row.cells) return ERR_MEMORY;
    memset(row.cells, 0, row.n_cells * sizeof *row.cells);
    for (uint32_t k = 0; !last; k++) {
        view v;
        TRY(csv_field(c, &v, &last));
        if (k >= c->columns) return ERR_FORMAT;
        if ((int)k == c->id) row.id = v;
        if ((int)k == c->text) row.text = v;
        if ((int)k == c->state) row.is_unread = label_is_unread(v);
        if (c->name_of[k] >= 0 && !csv_status(v, &row.cells[c->name_of[k]].status))
            return ERR_FORMAT;
    }
    TRY(label_add_row(c->f, &row, d));
out:
    return e;
}

err label_read_csv(struct label_file *f, struct label_names *names, view bytes, struct diag *d)
{
    err e = OK;
    uint64_t line = 1;
    struct csv_file c = { .f = f, .names = names, .rest = bytes };
    e = csv_head(&c);
    while (!e && c.rest.n) {
        line++;
        e = csv_row(&c, d);
    }
    if (e && d) {
        d->record = line;
        DIAG(d, e, "not a table of findings: ids first, then 1, 0, -1 or nothing");
    }
    return e;
}
