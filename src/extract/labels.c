#include "extract/labels.h"

#include "base/mem.h"
#include "format/json.h"
#include "text/utf8.h"

enum { EVIDENCE_MAX = 4096 };

void label_file_init(struct label_file *f)
{
    *f = (struct label_file){ 0 };
    arena_init(&f->arena, (size_t)4 << 30);
    map_init(&f->by_id, &f->arena);
}

void label_file_clear(struct label_file *f)
{
    arena_clear(&f->arena);
    label_file_init(f);
}

static bool counts(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool same_name(view a, view b)
{
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a.n && !counts(a.p[i]))
            i++;
        while (k < b.n && !counts(b.p[k]))
            k++;
        if (i == a.n || k == b.n) return i == a.n && k == b.n;
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[k])) return false;
    }
}

int label_name_find(const struct label_names *names, view name)
{
    for (uint32_t i = 0; i < names->n; i++)
        if (same_name(names->name[i], name)) return (int)i;
    return -1;
}

static err name_number(struct label_file *f, struct label_names *names, view name, uint32_t *out)
{
    err e = OK;
    int k = label_name_find(names, name);
    if (k < 0) {
        if (names->n == LABEL_NAMES_MAX) return ERR_LIMIT;
        TRY(arena_copy(&f->arena, name, &names->name[names->n]));
        k = (int)names->n++;
    }
    f->has |= UINT64_C(1) << k;
    *out = (uint32_t)k;
out:
    return e;
}

const struct label_row *label_file_find(const struct label_file *f, view id)
{
    uint32_t k;
    return map_get(&f->by_id, id, &k) ? &f->rows[k] : NULL;
}

struct label_cell label_row_cell(const struct label_row *r, uint32_t name)
{
    return r && name < r->n_cells ? r->cells[name] : (struct label_cell){ 0 };
}

static err add_row(struct label_file *f, const struct label_row *row)
{
    err e = OK;
    uint32_t k;
    if (map_get(&f->by_id, row->id, &k)) {
        f->rows[k] = *row;
        f->repeated++;
        return OK;
    }
    if (f->n == f->cap) {
        uint32_t cap = f->cap ? f->cap * 2 : 256;
        struct label_row *v = arena_array(&f->arena, cap, sizeof *v);
        if (!v) return ERR_MEMORY;
        if (f->n) memcpy(v, f->rows, f->n * sizeof *v);
        f->rows = v;
        f->cap = cap;
    }
    f->rows[f->n] = *row;
    TRY(map_put(&f->by_id, row->id, f->n));
    f->n++;
out:
    return e;
}

/* ---- JSON ---- */

struct json_row {
    struct json j;
    struct label_file *f;
    struct label_names *names;
    struct label_row row;
    struct label_cell cells[LABEL_NAMES_MAX];
    struct diag *d;
};

static err next(struct json_row *r, enum json_event *ev)
{
    return json_next(&r->j, ev, r->d);
}

static err string_of(struct json_row *r, view *out)
{
    view v;
    err e = json_string(&r->j, &r->f->arena, &v, NULL);
    if (!e) *out = v;
    return e;
}

static err wrong(struct json_row *r)
{
    return DIAG_AT(r->d, ERR_FORMAT, "not findings as cordon extract writes them", r->j.start,
                   r->j.end - r->j.start);
}

static err read_status(struct json_row *r, struct label_cell *c)
{
    view v;
    enum status s;
    err e = string_of(r, &v);
    if (e) return e;
    if (!status_from_name(v, &s)) return wrong(r);
    c->status = (uint8_t)s;
    return OK;
}

static bool number_of(const struct json_row *r, double *out)
{
    char text[32];
    size_t n = r->j.end - r->j.start;
    if (n >= sizeof text) return false;
    memcpy(text, r->j.doc.p + r->j.start, n);
    text[n] = '\0';
    char *end;
    *out = strtod(text, &end);
    return *end == '\0';
}

static err read_span(struct json_row *r, struct label_span *s)
{
    err e = OK;
    enum json_event ev;
    *s = (struct label_span){ 0 };
    for (;;) {
        view key;
        double n;
        TRY(next(r, &ev));
        if (ev == JSON_OBJECT_END) return OK;
        TRY(string_of(r, &key));
        TRY(next(r, &ev));
        bool is_start = view_eq(key, VIEW("start")), is_end = view_eq(key, VIEW("end"));
        if (!is_start && !is_end) {
            TRY(json_skip(&r->j, ev, r->d));
            continue;
        }
        if (ev != JSON_NUMBER || !number_of(r, &n) || n < 0 || n > UINT32_MAX) return wrong(r);
        *(is_start ? &s->start : &s->end) = (uint32_t)n;
    }
out:
    return e;
}

static err read_evidence(struct json_row *r, struct label_cell *c)
{
    err e = OK;
    enum json_event ev;
    uint32_t cap = 0;
    struct label_span *v = NULL;
    for (;;) {
        struct label_span s;
        TRY(next(r, &ev));
        if (ev == JSON_ARRAY_END) break;
        if (ev != JSON_OBJECT) return wrong(r);
        TRY(read_span(r, &s));
        if (c->n_evidence == EVIDENCE_MAX) continue;
        if (c->n_evidence == cap) {
            cap = cap ? cap * 2 : 4;
            struct label_span *more = arena_array(&r->f->arena, cap, sizeof *more);
            if (!more) return ERR_MEMORY;
            if (c->n_evidence) memcpy(more, v, c->n_evidence * sizeof *more);
            v = more;
        }
        v[c->n_evidence++] = s;
    }
    c->evidence = v;
out:
    return e;
}

static err read_finding(struct json_row *r, struct label_cell *c)
{
    err e = OK;
    enum json_event ev;
    for (;;) {
        view key;
        double n;
        TRY(next(r, &ev));
        if (ev == JSON_OBJECT_END) return OK;
        TRY(string_of(r, &key));
        TRY(next(r, &ev));
        if (view_eq(key, VIEW("status")) && ev == JSON_STRING) {
            TRY(read_status(r, c));
        } else if (view_eq(key, VIEW("score")) && ev == JSON_NUMBER) {
            if (!number_of(r, &n)) return wrong(r);
            c->score = (float)n;
            c->has_score = true;
        } else if (view_eq(key, VIEW("evidence")) && ev == JSON_ARRAY) {
            TRY(read_evidence(r, c));
        } else {
            TRY(json_skip(&r->j, ev, r->d));
        }
    }
out:
    return e;
}

static err read_findings(struct json_row *r)
{
    err e = OK;
    enum json_event ev;
    for (;;) {
        view name;
        uint32_t k;
        TRY(next(r, &ev));
        if (ev == JSON_OBJECT_END) return OK;
        TRY(string_of(r, &name));
        TRY(name_number(r->f, r->names, name, &k));
        r->cells[k] = (struct label_cell){ 0 };
        TRY(next(r, &ev));
        if (ev == JSON_OBJECT)
            TRY(read_finding(r, &r->cells[k]));
        else if (ev == JSON_STRING)
            TRY(read_status(r, &r->cells[k]));
        else if (ev != JSON_NULL)
            return wrong(r);
    }
out:
    return e;
}

static err read_json_line(struct label_file *f, struct label_names *names, view line,
                          struct diag *d)
{
    err e = OK;
    enum json_event ev;
    struct json_row r = { .f = f, .names = names, .d = d };
    json_init(&r.j, line);
    TRY(next(&r, &ev));
    if (ev != JSON_OBJECT) return wrong(&r);
    for (;;) {
        view key;
        TRY(next(&r, &ev));
        if (ev == JSON_OBJECT_END) break;
        TRY(string_of(&r, &key));
        TRY(next(&r, &ev));
        if (view_eq(key, VIEW("id")) && ev == JSON_STRING)
            TRY(string_of(&r, &r.row.id));
        else if (view_eq(key, VIEW("id")) && ev == JSON_NUMBER)
            r.row.id = view_sub(line, r.j.start, r.j.end);
        else if (view_eq(key, VIEW("text")) && ev == JSON_STRING)
            TRY(string_of(&r, &r.row.text));
        else if (view_eq(key, VIEW("findings")) && ev == JSON_OBJECT)
            TRY(read_findings(&r));
        else
            TRY(json_skip(&r.j, ev, d));
    }
    TRY(next(&r, &ev)); /* nothing may follow */
    r.row.n_cells = names->n;
    r.row.cells = arena_array(&f->arena, names->n + 1, sizeof *r.row.cells);
    if (!r.row.cells) return ERR_MEMORY;
    memcpy(r.row.cells, r.cells, names->n * sizeof *r.row.cells);
    TRY(add_row(f, &r.row));
out:
    return e;
}

/* ---- CSV ---- */

enum { COLUMNS_MAX = 256 };
struct csv_file {
    struct label_file *f;
    struct label_names *names;
    view rest;
    int name_of[COLUMNS_MAX]; /* -1: no finding */
    int id, text;             /* columns */
    uint32_t columns;
};

/* The next field (RFC 4180); *last when its record ends with it. */
static err csv_field(struct csv_file *c, view *out, bool *last)
{
    view r = c->rest;
    size_t i = 0;
    if (r.n && r.p[0] == '"') {
        char *to = arena_alloc(&c->f->arena, r.n < 4096 ? r.n : view_find_byte(r, 1, '"') + 4096);
        size_t n = 0, cap = r.n < 4096 ? r.n : view_find_byte(r, 1, '"') + 4096;
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
        if (same_name(name, view_of_str(*list))) return true;
    return false;
}

static err csv_head(struct csv_file *c)
{
    static const char *const texts[] = { "text", "report", "reports", NULL };
    static const char *const others[] = { "state", "normal", NULL };
    err e = OK;
    bool last = false;
    c->id = c->text = -1;
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
        else if (!is_one_of(name, others)) {
            TRY(name_number(c->f, c->names, name, &k));
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

static err csv_row(struct csv_file *c)
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
        if (c->name_of[k] >= 0 && !csv_status(v, &row.cells[c->name_of[k]].status))
            return ERR_FORMAT;
    }
    TRY(add_row(c->f, &row));
out:
    return e;
}

static err read_csv(struct label_file *f, struct label_names *names, view bytes, struct diag *d)
{
    err e = OK;
    uint64_t line = 1;
    struct csv_file c = { .f = f, .names = names, .rest = bytes };
    e = csv_head(&c);
    while (!e && c.rest.n) {
        line++;
        e = csv_row(&c);
    }
    if (e && d && !d->code) {
        d->record = line;
        DIAG(d, e, "not a table of findings: ids first, then 1, 0, -1 or nothing");
    }
    return e;
}

static err read_lines(struct label_file *f, struct label_names *names, view rest, struct diag *d)
{
    err e = OK;
    for (uint64_t line = 1; rest.n; line++) {
        size_t end = view_find_byte(rest, 0, '\n');
        view one = view_trim(view_sub(rest, 0, end));
        rest = view_sub(rest, end + 1, rest.n);
        if (one.n == 0) continue;
        e = read_json_line(f, names, one, d);
        if (e) {
            if (d) d->record = line;
            return e;
        }
    }
    return e;
}

err label_file_read(struct label_file *f, view bytes, struct label_names *names, struct diag *d)
{
    if (view_starts(bytes, VIEW("\xEF\xBB\xBF"))) bytes = view_sub(bytes, 3, bytes.n);
    size_t bad = utf8_bad_at(bytes), at = 0;
    if (bad < bytes.n) return DIAG_AT(d, ERR_ENCODING, "not UTF-8", bad, 1);
    while (at < bytes.n && ascii_is_space(bytes.p[at]))
        at++;
    err e = at < bytes.n && bytes.p[at] == '{' ? read_lines(f, names, bytes, d)
                                               : read_csv(f, names, bytes, d);
    return e ? DIAG(d, e, "a file of findings") : OK;
}
