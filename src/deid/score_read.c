#include "deid/score_read.h"

#include "format/json.h"
#include "text/utf8.h"

struct parse {
    struct json j;
    struct arena *a;
    struct diag *d;
    uint32_t cap; /* of the spans */
};

#define FAIL(p, what) DIAG_AT((p)->d, ERR_FORMAT, what, (p)->j.start, (p)->j.end - (p)->j.start)

static err next(struct parse *p, enum json_event *ev)
{
    return json_next(&p->j, ev, p->d);
}

static err read_offset(struct parse *p, enum json_event ev, uint32_t *out)
{
    uint64_t n;
    if (ev != JSON_NUMBER || !view_to_u64(view_sub(p->j.doc, p->j.start, p->j.end), &n) ||
        n > UINT32_MAX)
        return FAIL(p, "an offset is not a whole number of code points");
    *out = (uint32_t)n;
    return OK;
}

/* As a key of the table of ids: an integer's digits, or the string. */
static err read_id(struct parse *p, enum json_event ev, view *out)
{
    if (ev == JSON_STRING) return json_string(&p->j, p->a, out, NULL);
    view digits = view_sub(p->j.doc, p->j.start, p->j.end);
    if (ev != JSON_NUMBER || view_find_byte(digits, 0, '.') < digits.n ||
        view_find_byte(digits, 0, 'e') < digits.n || view_find_byte(digits, 0, 'E') < digits.n)
        return FAIL(p, "an id is neither a string nor an integer");
    *out = view_eq(digits, VIEW("-0")) ? VIEW("0") : digits;
    return OK;
}

static err read_span(struct parse *p, struct score_span *out)
{
    err e = OK;
    enum json_event ev;
    bool has_start = false, has_end = false;
    struct score_span x = { .label = VIEW("") };
    size_t open = p->j.start;

    for (;;) {
        view key;
        TRY(next(p, &ev));
        if (ev == JSON_OBJECT_END) break;
        TRY(json_string(&p->j, p->a, &key, NULL));
        TRY(next(p, &ev));
        if (view_eq(key, VIEW("start"))) {
            TRY(read_offset(p, ev, &x.start));
            has_start = true;
        } else if (view_eq(key, VIEW("end"))) {
            TRY(read_offset(p, ev, &x.end));
            has_end = true;
        } else if (view_eq(key, VIEW("label"))) {
            if (ev != JSON_STRING) TRY(FAIL(p, "a label is not a string"));
            TRY(json_string(&p->j, p->a, &x.label, NULL));
        } else {
            TRY(json_skip(&p->j, ev, p->d));
        }
    }
    if (!has_start || !has_end)
        TRY(DIAG_AT(p->d, ERR_FORMAT, "a span without start or end", open, p->j.end - open));
    if (x.start > x.end)
        TRY(DIAG_AT(p->d, ERR_FORMAT, "a span ends before it starts", open, p->j.end - open));
    *out = x;
out:
    return e;
}

static err read_spans(struct parse *p, enum json_event ev, struct score_line *line)
{
    err e = OK;
    line->n = 0;
    if (ev != JSON_ARRAY) TRY(FAIL(p, "spans is not a list"));
    for (;;) {
        TRY(next(p, &ev));
        if (ev == JSON_ARRAY_END) break;
        if (ev != JSON_OBJECT) TRY(FAIL(p, "a span is not an object"));
        struct score_span *v = arena_more(p->a, line->spans, sizeof *v, line->n, &p->cap, 16);
        if (!v) TRY(ERR_MEMORY);
        line->spans = v;
        TRY(read_span(p, &line->spans[line->n]));
        line->n++;
    }
out:
    return e;
}

err score_line_read(view line, struct arena *a, struct score_line *out, struct diag *d)
{
    err e = OK;
    enum json_event ev;
    struct parse p = { .a = a, .d = d };
    struct score_line got = { 0 };
    bool has_id = false, has_spans = false;
    size_t bad = utf8_bad_at(line);

    if (bad < line.n) return DIAG_AT(d, ERR_ENCODING, "not UTF-8", bad, 1);
    json_init(&p.j, line);
    TRY(next(&p, &ev));
    if (ev != JSON_OBJECT) TRY(FAIL(&p, "a line is not an object"));
    for (;;) {
        view key;
        TRY(next(&p, &ev));
        if (ev == JSON_OBJECT_END) break;
        TRY(json_string(&p.j, a, &key, NULL));
        TRY(next(&p, &ev));
        if (view_eq(key, VIEW("id"))) {
            TRY(read_id(&p, ev, &got.id));
            has_id = true;
        } else if (view_eq(key, VIEW("text"))) {
            if (ev != JSON_STRING) TRY(FAIL(&p, "the text is not a string"));
            TRY(json_string(&p.j, a, &got.text, NULL));
            got.has_text = true;
        } else if (view_eq(key, VIEW("spans"))) {
            TRY(read_spans(&p, ev, &got));
            has_spans = true;
        } else {
            TRY(json_skip(&p.j, ev, d));
        }
    }
    TRY(next(&p, &ev)); /* nothing may follow */
    if (!has_id) TRY(DIAG_AT(d, ERR_FORMAT, "a line without an id", 0, line.n));
    if (!has_spans) TRY(DIAG_AT(d, ERR_FORMAT, "a line without spans", 0, line.n));
    *out = got;
out:
    return e;
}

err score_lines(view file, score_line_fn *each, void *ctx, struct diag *d)
{
    size_t at = view_starts(file, VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    for (uint64_t number = 1; at < file.n; number++) {
        size_t end = view_find_byte(file, at, '\n');
        view line = view_sub(file, at, end);
        if (view_trim(line).n > 0) {
            err e = each(ctx, line, d);
            if (e) {
                if (d) {
                    if (d->code == OK) DIAG(d, e, "the line can not be used");
                    d->record = number;
                    d->offset = at + (d->has_offset ? d->offset : 0);
                    d->has_offset = true;
                }
                return e;
            }
        }
        at = end + 1;
    }
    return OK;
}
