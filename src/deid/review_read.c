/* review_read.c — samples and verdicts from their files. */
#include "base/file.h"
#include "deid/review.h"
#include "format/json.h"
#include "text/utf8.h"

enum { FILE_MAX = 1 << 30, TEXTS_MAX = 100000, EDITS_MAX = 1000000, UNITS_MAX = 10000000 };

void review_init(struct review *r)
{
    *r = (struct review){ 0 };
    arena_init(&r->arena, (size_t)4 << 30);
}

void review_clear(struct review *r)
{
    arena_clear(&r->arena);
    *r = (struct review){ 0 };
}

/* Room for one more in an array that lives in the arena. */
static err grow(struct arena *a, void **v, uint32_t n, uint32_t *cap, size_t size, uint32_t max)
{
    if (n == *cap && n >= max) return ERR_LIMIT;
    void *p = arena_more(a, *v, size, n, cap, 16);
    if (!p) return ERR_MEMORY;
    *v = p;
    return OK;
}

static err expect(struct json *j, enum json_event wanted, struct diag *d)
{
    enum json_event e;
    err failed = json_next(j, &e, d);
    if (failed) return failed;
    return e == wanted ? OK : DIAG_AT(d, ERR_FORMAT, "not what a review holds here", j->start, 0);
}

static err take_string(struct json *j, struct arena *a, view *out, struct diag *d)
{
    err e = OK;
    TRY(expect(j, JSON_STRING, d));
    TRY(json_string(j, a, out, NULL));
out:
    return e;
}

static bool to_number(view v, double *out)
{
    char text[64], *end;
    if (v.n == 0 || v.n >= sizeof text) return false;
    memcpy(text, v.p, v.n);
    text[v.n] = '\0';
    *out = strtod(text, &end);
    return *end == '\0';
}

static err take_number(struct json *j, double *out, struct diag *d)
{
    err e = OK;
    TRY(expect(j, JSON_NUMBER, d));
    if (!to_number(view_sub(j->doc, j->start, j->end), out) || !(*out >= 0))
        e = DIAG_AT(d, ERR_FORMAT, "a number is expected", j->start, 0);
out:
    return e;
}

static err take_index(struct json *j, uint32_t *out, struct diag *d)
{
    double n = 0;
    err e = take_number(j, &n, d);
    if (!e && n > UINT32_MAX) e = DIAG_AT(d, ERR_FORMAT, "a number is too large", j->start, 0);
    if (!e) *out = (uint32_t)n;
    return e;
}

/* The next event: true when it begins an item, false at the array's end. */
static err next_item(struct json *j, enum json_event item, bool *more, struct diag *d)
{
    enum json_event e;
    err failed = json_next(j, &e, d);
    if (failed) return failed;
    *more = e == item;
    if (e != item && e != JSON_ARRAY_END)
        return DIAG_AT(d, ERR_FORMAT, "not what a review holds here", j->start, 0);
    return OK;
}

static err read_edits(struct review *r, struct json *j, struct review_text *t, struct diag *d)
{
    err e = OK;
    uint32_t cap = 0, pos = 0;
    bool more;
    TRY(expect(j, JSON_ARRAY, d));
    for (;;) {
        struct edit x;
        TRY(next_item(j, JSON_ARRAY, &more, d));
        if (!more) break;
        TRY(take_index(j, &x.start, d));
        TRY(take_index(j, &x.end, d));
        TRY(take_string(j, &r->arena, &x.with, d));
        TRY(expect(j, JSON_ARRAY_END, d));
        if (x.start < pos || x.end < x.start || x.end > t->text.n)
            TRY(DIAG_AT(d, ERR_FORMAT, "an edit outside its text", j->start, 0));
        pos = x.end;
        void *v = t->edits.v;
        TRY(grow(&r->arena, &v, t->edits.n, &cap, sizeof x, EDITS_MAX));
        t->edits.v = v;
        t->edits.v[t->edits.n++] = x;
    }
out:
    return e;
}

static err make_output(struct review *r, struct review_text *t)
{
    size_t n = t->text.n, at = 0;
    for (uint32_t i = 0; i < t->edits.n; i++)
        n += t->edits.v[i].with.n;
    char *p = arena_alloc(&r->arena, n);
    if (!p) return ERR_MEMORY;
    n = 0;
    for (uint32_t i = 0; i <= t->edits.n; i++) {
        const struct edit *x = i < t->edits.n ? &t->edits.v[i] : NULL;
        view kept = view_sub(t->text, at, x ? x->start : t->text.n);
        if (kept.n) memcpy(p + n, kept.p, kept.n);
        n += kept.n;
        if (!x) break;
        if (x->with.n) memcpy(p + n, x->with.p, x->with.n);
        n += x->with.n;
        at = x->end;
    }
    t->output = view_of(p, n);
    return OK;
}

/* {"field":…,"text":…,"edits":…}, after its brace. */
static err read_text(struct review *r, struct json *j, struct review_text *t, struct diag *d)
{
    err e = OK;
    *t = (struct review_text){ .field = { "", 0 } };
    TRY(expect(j, JSON_KEY, d));
    TRY(take_string(j, &r->arena, &t->field, d));
    TRY(expect(j, JSON_KEY, d));
    TRY(take_string(j, &r->arena, &t->text, d));
    TRY(expect(j, JSON_KEY, d));
    TRY(read_edits(r, j, t, d));
    TRY(expect(j, JSON_OBJECT_END, d));
    TRY(make_output(r, t));
out:
    return e;
}

static err take_key(struct json *j, const char *name, struct diag *d)
{
    err e = OK;
    TRY(expect(j, JSON_KEY, d));
    if (!view_eq(view_sub(j->doc, j->start, j->end), view_of_str(name)))
        e = DIAG_AT(d, ERR_FORMAT, "the file is none of a review", j->start, 0);
out:
    return e;
}

/* {"cordon_sample":1,…, after its brace and first key. */
static err read_head(struct review *r, struct json *j, struct diag *d)
{
    err e = OK;
    enum json_event event;
    double version;
    TRY(take_number(j, &version, d));
    if (version != 1) TRY(DIAG(d, ERR_VERSION, "a sample of another version"));
    TRY(take_key(j, "id", d));
    TRY(take_string(j, &r->arena, &r->id, d));
    TRY(take_key(j, "outputs", d));
    TRY(json_next(j, &event, d));
    bool has_output = event == JSON_NUMBER;
    if (has_output ? !to_number(view_sub(j->doc, j->start, j->end), &r->outputs)
                   : event != JSON_NULL)
        TRY(DIAG_AT(d, ERR_FORMAT, "the number of outputs is expected", j->start, 0));
    TRY(take_key(j, OUTPUT_SET_KEY, d));
    if (has_output)
        TRY(take_string(j, &r->arena, &r->output_set, d));
    else
        TRY(expect(j, JSON_NULL, d));
    TRY(expect(j, JSON_OBJECT_END, d));
    TRY(expect(j, JSON_END, d));
out:
    return e;
}

/* The keys stand in the order in which a sample is written. */
err review_add_unit(struct review *r, view line, struct diag *d)
{
    err e = OK;
    struct json j;
    struct review_unit u = { 0 };
    uint32_t cap = 0;
    bool more;
    static const char *const keys[] = { "unit", "records", "findings", "p", "texts" };
    static const view head = { "{\"cordon_sample\":", 17 };
    json_init(&j, line);
    TRY(expect(&j, JSON_OBJECT, d));
    if (view_starts(line, head)) {
        TRY(take_key(&j, "cordon_sample", d));
        if (r->id.n || r->n_units) TRY(DIAG(d, ERR_FORMAT, "a sample begins once"));
        return read_head(r, &j, d);
    }
    if (!r->id.n) TRY(DIAG_AT(d, ERR_FORMAT, "the file is no sample for review", 0, 0));
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        TRY(take_key(&j, keys[i], d));
        if (i == 0) TRY(take_string(&j, &r->arena, &u.name, d));
        if (i == 1) TRY(take_number(&j, &r->records, d));
        if (i == 2) TRY(take_number(&j, &r->findings, d));
        if (i == 2 && view_starts(view_sub(line, j.pos, line.n), VIEW(",\"by_reader\":"))) {
            TRY(take_key(&j, "by_reader", d));
            TRY(take_number(&j, &r->by_reader, d));
        }
        if (i == 3) TRY(take_number(&j, &u.chance, d));
    }
    if (!(u.chance > 0 && u.chance <= 1)) TRY(DIAG(d, ERR_FORMAT, "a chance over 0 and up to 1"));
    TRY(expect(&j, JSON_ARRAY, d));
    for (;;) {
        TRY(next_item(&j, JSON_OBJECT, &more, d));
        if (!more) break;
        void *v = u.texts;
        TRY(grow(&r->arena, &v, u.n_texts, &cap, sizeof *u.texts, TEXTS_MAX));
        u.texts = v;
        TRY(read_text(r, &j, &u.texts[u.n_texts], d));
        u.n_texts++;
    }
    TRY(expect(&j, JSON_OBJECT_END, d));
    TRY(expect(&j, JSON_END, d));
    void *v = r->units;
    TRY(grow(&r->arena, &v, r->n_units, &r->cap_units, sizeof u, UNITS_MAX));
    r->units = v;
    r->units[r->n_units++] = u;
out:
    return e;
}

static bool find_unit(const struct review *r, view name, uint32_t *out)
{
    for (uint32_t i = 0; i < r->n_units; i++)
        if (view_eq(r->units[i].name, name)) return *out = i, true;
    return false;
}

static err find_reader(struct review *r, view name, uint32_t *out, struct diag *d)
{
    for (uint32_t i = 0; i < r->n_readers; i++)
        if (view_eq(r->readers[i], name)) return *out = i, OK;
    if (r->n_readers == REVIEW_READERS) return DIAG(d, ERR_LIMIT, "too many reviewers");
    *out = r->n_readers;
    r->readers[r->n_readers++] = name;
    return OK;
}

static err read_missed(struct review *r, struct json *j, struct review_verdict *x, struct diag *d)
{
    err e = OK;
    uint32_t cap = 0;
    bool more;
    TRY(expect(j, JSON_ARRAY, d));
    for (;;) {
        struct review_range m;
        TRY(next_item(j, JSON_ARRAY, &more, d));
        if (!more) break;
        TRY(take_index(j, &m.text, d));
        TRY(take_index(j, &m.start, d));
        TRY(take_index(j, &m.end, d));
        TRY(expect(j, JSON_ARRAY_END, d));
        const struct review_unit *u = &r->units[x->unit];
        if (m.text >= u->n_texts || m.start >= m.end || m.end > u->texts[m.text].output.n)
            TRY(DIAG_AT(d, ERR_FORMAT, "a range that is not in its text", j->start, 0));
        void *v = x->missed;
        TRY(grow(&r->arena, &v, x->n_missed, &cap, sizeof m, EDITS_MAX));
        x->missed = v;
        x->missed[x->n_missed++] = m;
    }
out:
    return e;
}

err review_add_verdict(struct review *r, view line, struct diag *d)
{
    err e = OK;
    struct json j;
    view sample, unit, reader;
    struct review_verdict x = { 0 };
    json_init(&j, line);
    TRY(expect(&j, JSON_OBJECT, d));
    TRY(take_key(&j, "sample", d));
    TRY(take_string(&j, &r->arena, &sample, d));
    if (!r->id.n || !view_eq(sample, r->id))
        TRY(DIAG(d, ERR_FORMAT, "a verdict on another sample"));
    TRY(take_key(&j, "unit", d));
    TRY(take_string(&j, &r->arena, &unit, d));
    if (!find_unit(r, unit, &x.unit))
        TRY(DIAG(d, ERR_FORMAT, "a verdict on what is not in the sample"));
    TRY(take_key(&j, "reviewer", d));
    TRY(take_string(&j, &r->arena, &reader, d));
    TRY(take_key(&j, "missed", d));
    TRY(find_reader(r, reader, &x.reader, d));
    TRY(read_missed(r, &j, &x, d));
    TRY(expect(&j, JSON_OBJECT_END, d));
    TRY(expect(&j, JSON_END, d));
    for (uint32_t i = 0; i < r->n_verdicts; i++)
        if (r->verdicts[i].unit == x.unit && r->verdicts[i].reader == x.reader) {
            r->verdicts[i] = x; /* the last word counts */
            return OK;
        }
    void *v = r->verdicts;
    TRY(grow(&r->arena, &v, r->n_verdicts, &r->cap_verdicts, sizeof x, UNITS_MAX));
    r->verdicts = v;
    r->verdicts[r->n_verdicts++] = x;
out:
    return e;
}

typedef err line_reader(struct review *r, view line, struct diag *d);

static err read_lines(struct review *r, const char *path, line_reader *read, struct diag *d)
{
    err e = OK;
    struct buf all;
    view kept;
    uint64_t line = 1;
    buf_init(&all, FILE_MAX);
    TRY(file_read(path, &all, d));
    size_t bad = utf8_bad_at(buf_view(&all));
    if (bad < all.n) TRY(DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1));
    TRY(arena_copy(&r->arena, buf_view(&all), &kept)); /* what is read borrows from it */
    for (size_t at = 0; at < kept.n; line++) {
        size_t end = view_find_byte(kept, at, '\n');
        struct diag here = { 0 };
        view text = view_trim(view_sub(kept, at, end));
        if (text.n && (e = read(r, text, &here))) {
            here.record = line;
            if (d && !d->code) *d = here;
            break;
        }
        at = end + 1;
    }
out:
    buf_clear(&all);
    return e ? DIAG(d, e, "the review could not be read") : OK;
}

err review_open(struct review *r, const char *path, struct diag *d)
{
    err e = read_lines(r, path, review_add_unit, d);
    if (!e && !r->id.n) e = DIAG(d, ERR_FORMAT, "the file is no sample for review");
    return e;
}

err review_verdicts(struct review *r, const char *path, struct diag *d)
{
    return read_lines(r, path, review_add_verdict, d);
}

bool review_has_read(const struct review *r, uint32_t unit, view reader)
{
    for (uint32_t i = 0; i < r->n_verdicts; i++)
        if (r->verdicts[i].unit == unit && view_eq(r->readers[r->verdicts[i].reader], reader))
            return true;
    return false;
}
