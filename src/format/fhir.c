/* format/fhir.c — FHIR R4 and R5 in JSON: a resource or Bundle a document, or one a line (bulk export).
 *
 * The walk keeps a frame for each object: its type, whose it is, and what has been read of it. A key
 * and the type give the element (fhir_types.h), the element says what the value is.
 */
#include "format/attachment_options.h"
#include "format/fhir_path.h"
#include "format/fhir_walk.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "text/utf8.h"

/* ---- which type an object is of ---- */

/* The value of "resourceType" in the object just opened; empty when there is none. Usually it is the
 * first key; `anywhere` looks at the others too, within reason. */
static err peek_resource(struct fhir_walk *w, bool anywhere, view *name, struct diag *d)
{
    enum { PEEK_TIMES = 16 };
    err e = OK;
    struct json j = w->j;
    uint32_t inside = j.depth;
    enum json_event event;
    *name = (view){ "", 0 };
    for (;;) {
        TRY(json_next(&j, &event, d));
        if (event == JSON_OBJECT_END && j.depth < inside) break;
        if (event != JSON_KEY) {
            TRY(json_skip(&j, event, d));
            continue;
        }
        view key;
        TRY(json_string(&j, w->arena, &key, NULL));
        bool is_it = view_eq(key, VIEW("resourceType"));
        TRY(json_next(&j, &event, d));
        if (is_it && event == JSON_STRING) TRY(json_string(&j, w->arena, name, NULL));
        if (is_it || !anywhere) break;
        TRY(json_skip(&j, event, d));
    }
    w->peeked += j.pos - w->j.pos;
    if (w->peeked / PEEK_TIMES > w->j.doc.n)
        return DIAG_AT(d, ERR_LIMIT, "resources nested too deeply", w->j.start, 1);
out:
    return e;
}

static err open_object(struct fhir_walk *w, struct diag *d)
{
    err e = OK;
    struct json *j = &w->j;
    bool is_root = j->depth == 1;
    const struct fhir_frame *around = is_root ? NULL : fhir_top(w);
    const struct fhir_element *el = around ? around->element : NULL;
    struct fhir_frame f = { .type = el ? el->type : FHIR_T_UNKNOWN,
                            .first = w->out->n,
                            .first_link = w->out->n_links,
                            .first_code = w->out->n_codes,
                            .first_identity = w->n_identities,
                            .first_measure = w->n_measures };
    if (around) {
        f.who = around->who;
        f.person = around->person;
        f.hint = el ? el->hint : 0;
    }
    if (fhir_is_any_resource(f.type)) {
        view name;
        TRY(peek_resource(w, is_root || f.type != FHIR_T_UNKNOWN, &name, d));
        if (name.n) {
            f.is_resource = true;
            f.type = (uint16_t)fhir_resource(name, NULL);
            f.person = 0;
            f.who = OF_UNKNOWN;
            if (++w->resources > FHIR_RESOURCES_MAX)
                return DIAG_AT(d, ERR_LIMIT, "resources nested too deeply", j->start, 1);
        } else if (is_root) {
            return DIAG_AT(d, ERR_FORMAT, "no FHIR resource: no resourceType", j->start, 1);
        }
    }
    enum piece_who who = fhir_who(f.type, (enum piece_who)f.who);
    if (who != f.who || f.is_resource) {
        f.who = (uint8_t)who;
        f.person = who != OF_UNKNOWN && w->last_person < UINT16_MAX ? ++w->last_person : 0;
    }
    if (!is_root) w->depth++;
    BUG_IF(w->depth >= COUNT_OF(w->frames));
    *fhir_top(w) = f;
out:
    return e;
}

const struct fhir_element *fhir_element_of(unsigned type, view key)
{
    static const struct fhir_element of_primitive = { .owner = FHIR_T_Element,
                                                      .type = FHIR_T_Element };
    const struct fhir_element *e = fhir_element(type, key);
    if (e) return e;
    if (key.n > 1 && key.p[0] == '_') /* id and extensions of the primitive of that name */
        return fhir_element(type, view_sub(key, 1, key.n)) ? &of_primitive : NULL;
    if (view_starts(key, VIEW("value"))) return fhir_element(FHIR_T_Extension, key);
    return NULL;
}

static err take_key(struct fhir_walk *w)
{
    err e = OK;
    struct fhir_frame *f = fhir_top(w);
    struct fhir_string s = { .base = (uint32_t)w->j.start };
    TRY(json_string(&w->j, w->arena, &s.text, &s.map));
    f->key = s.text;
    f->element = fhir_element_of(f->type, s.text);
    if (!f->element && json_key_could_be_data(s.text)) {
        TRY(fhir_push(w, &s, 0, s.text.n, ROLE_TEXT, SHAPE_ANY));
        fhir_last(w)->field = (view){ "", 0 };
    }
out:
    return e;
}

static err take_string(struct fhir_walk *w)
{
    const struct fhir_frame *f = fhir_top(w);
    /* A resource's own type is a word of the schema when the schema knows it. */
    if (f->is_resource && f->type && view_eq(f->key, VIEW("resourceType"))) return OK;
    return fhir_take_string(w);
}

static err close_object(struct fhir_walk *w)
{
    err e = OK;
    TRY(fhir_end_object(w));
    if (fhir_top(w)->is_resource) w->resources--;
    if (w->depth) w->depth--;
out:
    return e;
}

static err walk(struct fhir_walk *w, struct diag *d)
{
    err e = OK;
    enum json_event event;
    TRY(json_next(&w->j, &event, d));
    if (event != JSON_OBJECT)
        return DIAG_AT(d, ERR_FORMAT, "no FHIR resource: not an object", w->j.start, 1);
    for (; event != JSON_END;) {
        switch (event) {
        case JSON_OBJECT: TRY(open_object(w, d)); break;
        case JSON_OBJECT_END: TRY(close_object(w)); break;
        case JSON_KEY: TRY(take_key(w)); break;
        case JSON_STRING: TRY(take_string(w)); break;
        case JSON_NUMBER: TRY(fhir_take_number(w)); break;
        default: break;
        }
        TRY(json_next(&w->j, &event, d));
    }
out:
    return e;
}

/* References go by the id in a fullUrl where it differs from the resource's own, or by an identifier. */
static void follow_aliases(struct fhir_walk *w)
{
    struct record *r = w->out;
    uint32_t at;
    for (uint32_t i = 0; i < r->n && w->n_aliases; i++)
        if (map_get(&w->aliases, r->pieces[i].patient, &at)) r->pieces[i].patient = w->alias_of[at];
    for (uint32_t i = 0; i < r->n_links && w->n_aliases; i++)
        if (r->links[i].kind == LINK_PERSON && map_get(&w->aliases, r->links[i].from, &at))
            r->links[i].from = w->alias_of[at];
}

/* The patient of all pieces that have one; empty when they have several. */
static view only_patient(const struct record *r)
{
    view patient = { "", 0 };
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        if (!p->patient.n || p->inside) continue;
        if (patient.n && !view_eq(p->patient, patient)) return (view){ "", 0 };
        patient = p->patient;
    }
    return patient;
}

/* The same format with what a user said, and for FHIR in attachments of FHIR. */
struct variant {
    struct format format;
    uint8_t level; /* attachments around */
    bool drops;
};
static const struct variant *variant_of(const struct format *self);
static const struct format *next_level(const struct variant *v);

/* Says in which element the fault lies that *d tells of. */
static void say_where(view bytes, struct arena *a, struct diag *d)
{
    struct buf path;
    struct fhir_paths *paths;
    if (!d || !d->has_offset) return;
    buf_init(&path, FHIR_PATH_MAX);
    if (!fhir_paths_new(&paths, bytes, a) && !fhir_paths_at(paths, d->offset, &path))
        diag_in_element(d, buf_view(&path));
    buf_clear(&path);
}

static err decode(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    err e = OK;
    struct record r = { .bytes = bytes };
    FILLED_LATER struct fhir_walk w; /* 60 KB of frames: one is set when the walk comes there */
    if (enc != ENC_AUTO && enc != ENC_UTF8)
        return DIAG(d, ERR_UNSUPPORTED, "JSON in another encoding than UTF-8");
    if (bytes.n > UINT32_MAX / 4) return DIAG(d, ERR_LIMIT, "a JSON text over 1 GB");
    size_t bad = utf8_bad_at(bytes);
    if (bad < bytes.n) TRY(DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1));
    memset(&w, 0, offsetof(struct fhir_walk, frames));
    json_init(&w.j, bytes);
    w.j.pos = json_bom_length(bytes);
    w.arena = a;
    w.out = &r;
    w.diag = d;
    const struct variant *v = variant_of(self);
    w.drop_attachments = v && v->drops;
    w.embed =
        (struct embed){ .arena = a, .fhir = next_level(v), .push = fhir_push_piece, .ctx = &w };
    map_init(&w.persons, a);
    map_init(&w.aliases, a);
    map_init(&w.roles, a);
    if (view_trim(view_sub(bytes, w.j.pos, bytes.n)).n) TRY(walk(&w, d));
    follow_aliases(&w);
    fhir_give_roles(&w);
    r.patient = only_patient(&r);
    r.embedded = w.embed.v;
    r.n_embedded = w.embed.n;
    r.derived = w.embed.derived;
    r.n_derived = w.embed.n_derived;
    *out = r;
out:
    if (e) say_where(bytes, a, d);
    return e;
}

/* ---- is it FHIR? ---- */

/* "resourceType" and the name of a resource among the first keys of the object that `head` begins
 * with; the object need not end there. */
static bool has_resource_type(view head)
{
    struct json j;
    enum json_event event;
    json_init(&j, head);
    if (json_next(&j, &event, NULL) || event != JSON_OBJECT) return false;
    while (!json_next(&j, &event, NULL) && event == JSON_KEY) {
        bool is_it = view_eq(view_sub(head, j.start, j.end), VIEW("resourceType"));
        if (json_next(&j, &event, NULL)) return false;
        if (is_it)
            return event == JSON_STRING &&
                   fhir_resource(view_sub(head, j.start, j.end), NULL) != FHIR_T_UNKNOWN;
        if (json_skip(&j, event, NULL)) return false;
    }
    return false;
}

/* The first line with anything on it. */
static view first_line(view head, bool *is_whole)
{
    view line = { "", 0 };
    *is_whole = false;
    for (size_t at = json_bom_length(head); at < head.n && !line.n;) {
        size_t end = view_find_byte(head, at, '\n');
        line = view_trim(view_sub(head, at, end));
        *is_whole = end < head.n;
        at = end + 1;
    }
    return line;
}

/* A line that is a whole resource, or goes on past the head: one resource a line. A document of one line
 * is a stream of one record. */
static bool sniff_lines(view head)
{
    bool is_whole;
    view line = first_line(head, &is_whole);
    if (!has_resource_type(line)) return false;
    struct json j;
    enum json_event event;
    json_init(&j, line);
    while (is_whole && !json_next(&j, &event, NULL))
        if (event == JSON_END) return true;
    return !is_whole;
}

static bool sniff_document(view head)
{
    return has_resource_type(view_sub(head, json_bom_length(head), head.n));
}

#define DOCUMENT(l, d)                                                                             \
    {                                                                                              \
        { .name = "fhir", .has_fields = true, .sniff = sniff_document, .decode = decode }, l, d    \
    }
static const struct variant variants[] = {
    DOCUMENT(0, true),
    { { .name = "ndjson",
        .is_stream = true,
        .has_fields = true,
        .sniff = sniff_lines,
        .split = format_split_lines,
        .gist = fhir_gist,
        .decode = decode },
      0,
      true },
    DOCUMENT(1, false),
    DOCUMENT(1, true),
    DOCUMENT(2, false),
    DOCUMENT(2, true),
    DOCUMENT(3, false),
    DOCUMENT(3, true),
};
#undef DOCUMENT

static const struct variant *variant_of(const struct format *self)
{
    for (size_t i = 0; i < COUNT_OF(variants); i++)
        if (&variants[i].format == self) return &variants[i];
    return NULL; /* what the table of formats has: nothing said, nothing around */
}

static const struct format *next_level(const struct variant *v)
{
    unsigned level = v ? v->level + 1U : 1;
    bool drops = v && v->drops;
    for (size_t i = 0; i < COUNT_OF(variants); i++)
        if (variants[i].level == level && variants[i].drops == drops) return &variants[i].format;
    return NULL;
}

/* What a user says makes another format of it. */
static err open_with(const struct format *self, const struct format_options *o, view head,
                     struct arena *a, const struct format **out, struct diag *d)
{
    (void)head, (void)a, (void)d;
    *out = self;
    if (o->attachments && o->attachments->drop_attachments)
        *out = &variants[self == &format_fhir_lines].format;
    return OK;
}

const struct format format_fhir_lines = {
    .name = "ndjson",
    .is_stream = true,
    .has_fields = true,
    .sniff = sniff_lines,
    .split = format_split_lines,
    .open = open_with,
    .gist = fhir_gist,
    .decode = decode,
};
const struct format format_fhir = {
    .name = "fhir", .has_fields = true, .sniff = sniff_document, .open = open_with, .decode = decode
};
