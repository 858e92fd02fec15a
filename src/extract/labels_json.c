/* extract/labels_json.c — a line of findings as cordon extract writes it. */
#include "extract/labels_inside.h"
#include "format/json.h"

enum { EVIDENCE_MAX = 4096 };

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

/* The next member of an object: its key, and the event of its value. False behind the last, and when *e says
 * what is wrong. */
static bool next_member(struct json_row *r, view *key, enum json_event *ev, err *e)
{
    *e = next(r, ev);
    if (*e || *ev == JSON_OBJECT_END) return false;
    *e = string_of(r, key);
    if (!*e) *e = next(r, ev);
    return !*e;
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
    view key;
    *s = (struct label_span){ 0 };
    while (next_member(r, &key, &ev, &e)) {
        double n;
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
        struct label_span *more = arena_more(&r->f->arena, v, sizeof *more, c->n_evidence, &cap, 4);
        if (!more) return ERR_MEMORY;
        v = more;
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
    view key;
    while (next_member(r, &key, &ev, &e)) {
        double n;
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
    view name;
    while (next_member(r, &name, &ev, &e)) {
        uint32_t k;
        TRY(label_name_number(r->f, r->names, name, &k));
        r->cells[k] = (struct label_cell){ 0 };
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

err label_read_json(struct label_file *f, struct label_names *names, view line, struct diag *d)
{
    err e = OK;
    enum json_event ev;
    view key, state;
    struct json_row r = { .f = f, .names = names, .d = d };
    json_init(&r.j, line);
    TRY(next(&r, &ev));
    if (ev != JSON_OBJECT) return wrong(&r);
    while (next_member(&r, &key, &ev, &e)) {
        if (view_eq(key, VIEW("id")) && ev == JSON_STRING) {
            TRY(string_of(&r, &r.row.id));
        } else if (view_eq(key, VIEW("id")) && ev == JSON_NUMBER) {
            r.row.id = view_sub(line, r.j.start, r.j.end);
        } else if (view_eq(key, VIEW("text")) && ev == JSON_STRING) {
            TRY(string_of(&r, &r.row.text));
        } else if (view_eq(key, VIEW("state")) && ev == JSON_STRING) {
            TRY(string_of(&r, &state));
            r.row.is_unread = label_is_unread(state);
        } else if (view_eq(key, VIEW("findings")) && ev == JSON_OBJECT) {
            TRY(read_findings(&r));
        } else {
            TRY(json_skip(&r.j, ev, d));
        }
    }
    TRY(e);
    TRY(next(&r, &ev)); /* nothing may follow */
    r.row.n_cells = names->n;
    r.row.cells = arena_array(&f->arena, names->n + 1, sizeof *r.row.cells);
    if (!r.row.cells) return ERR_MEMORY;
    memcpy(r.row.cells, r.cells, names->n * sizeof *r.row.cells);
    TRY(label_add_row(f, &r.row, d));
out:
    return e;
}
