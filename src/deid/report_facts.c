#include "deid/report_facts.h"

#include "format/json.h"
#include "text/utf8.h"

enum { FACTS_MAX = 4096, NUMBER_MAX = 64, REPORT_FORMAT_KNOWN = 1 };
static const size_t ARENA_MAX = (size_t)3 << 30;

void report_facts_init(struct report_facts *f)
{
    *f = (struct report_facts){ 0 };
    arena_init(&f->arena, ARENA_MAX);
}

void report_facts_clear(struct report_facts *f)
{
    arena_clear(&f->arena);
    *f = (struct report_facts){ 0 };
}

static const struct report_value *find(const struct report_facts *f, view section, view key)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (view_eq(f->v[i].key, key) && view_eq(f->v[i].section, section)) return &f->v[i];
    return NULL;
}

static err keep(struct report_facts *f, const struct report_value *x, const struct json *j,
                struct diag *d)
{
    if (find(f, x->section, x->key))
        return DIAG_AT(d, ERR_FORMAT, "a key of the report stands twice", j->start, 0);
    if (f->n == FACTS_MAX) return DIAG_AT(d, ERR_LIMIT, "too many facts", j->start, 0);
    struct report_value *v = arena_more(&f->arena, f->v, sizeof *v, f->n, &f->cap, 64);
    if (!v) return ERR_MEMORY;
    f->v = v;
    f->v[f->n++] = *x;
    return OK;
}

/* The members of the object just opened; sections are objects of the outermost one. */
static err read_members(struct report_facts *f, struct json *j, view section, bool is_outermost,
                        struct diag *d)
{
    err e = OK;
    enum json_event event;
    for (;;) {
        struct report_value x = { .section = section, .kind = VALUE_OTHER };
        TRY(json_next(j, &event, d));
        if (event == JSON_OBJECT_END) break;
        TRY(json_string(j, &f->arena, &x.key, NULL));
        TRY(json_next(j, &event, d));
        if (event == JSON_OBJECT && is_outermost) {
            TRY(keep(f, &(struct report_value){ .key = x.key, .kind = VALUE_OTHER }, j, d));
            TRY(read_members(f, j, x.key, false, d));
        } else if (event == JSON_OBJECT || event == JSON_ARRAY) {
            TRY(json_skip(j, event, d));
        } else if (event == JSON_STRING) {
            x.kind = VALUE_TEXT;
            TRY(json_string(j, &f->arena, &x.text, NULL));
            TRY(keep(f, &x, j, d));
        } else {
            x.text = view_sub(j->doc, j->start, j->end);
            TRY(keep(f, &x, j, d));
        }
    }
out:
    return e;
}

err report_facts_read(struct report_facts *f, view json, struct diag *d)
{
    err e = OK;
    struct json j;
    enum json_event event;
    uint64_t format;
    size_t bad = utf8_bad_at(json);
    if (bad < json.n) TRY(DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1));
    TRY(arena_copy(&f->arena, json, &f->json));
    json_init(&j, f->json);
    TRY(json_next(&j, &event, d));
    if (event != JSON_OBJECT) TRY(DIAG_AT(d, ERR_FORMAT, "the file is no report", j.start, 0));
    TRY(read_members(f, &j, VIEW(""), true, d));
    TRY(json_next(&j, &event, d));
    if (!report_facts_count(f, "", "cordon_report", &format))
        TRY(DIAG(d, ERR_FORMAT, "the file is no report"));
    if (format != REPORT_FORMAT_KNOWN) TRY(DIAG(d, ERR_VERSION, "a report of another version"));
out:
    return e ? DIAG(d, e, "the report could not be read") : OK;
}

static const struct report_value *named(const struct report_facts *f, const char *section,
                                        const char *key)
{
    return find(f, view_of_str(section), view_of_str(key));
}

view report_facts_text(const struct report_facts *f, const char *section, const char *key)
{
    const struct report_value *x = named(f, section, key);
    return x && x->kind == VALUE_TEXT ? x->text : VIEW("");
}

bool report_facts_count(const struct report_facts *f, const char *section, const char *key,
                        uint64_t *out)
{
    const struct report_value *x = named(f, section, key);
    return x && x->kind == VALUE_OTHER && view_to_u64(x->text, out);
}

bool report_facts_number(const struct report_facts *f, const char *section, const char *key,
                         double *out)
{
    char text[NUMBER_MAX];
    const struct report_value *x = named(f, section, key);
    if (!x || x->kind != VALUE_OTHER || !json_is_number(x->text) || x->text.n >= sizeof text)
        return false;
    memcpy(text, x->text.p, x->text.n);
    text[x->text.n] = '\0';
    *out = strtod(text, NULL);
    return true;
}

bool report_facts_is_true(const struct report_facts *f, const char *section, const char *key)
{
    const struct report_value *x = named(f, section, key);
    return x && x->kind == VALUE_OTHER && view_eq(x->text, VIEW("true"));
}
