/* format/fhir_path.c — where in a resource a byte lies, as FHIRPath would say it: Patient.name[0].given[1].
 *
 * Only a failure and a list of what was found ask, so nothing is kept for it: the document is walked again, once, up
 * to the last byte that is asked for. Names come out of the table of definitions, never out of the document; a key
 * that the definitions do not have is "?".
 */
#include "format/fhir_path.h"

#include "format/fhir_walk.h"

/* An object or array that the byte lies in. */
struct place {
    bool is_object, has_value;          /* has_value: it is inside one of its values */
    unsigned type;                      /* of the object, or of the elements */
    const struct fhir_element *element; /* of the key; NULL: not known */
    uint32_t index;                     /* of the element */
};
struct fhir_paths {
    struct json j;
    enum json_event event; /* read, and not taken yet if is_ahead */
    bool is_ahead, is_done;
    uint32_t depth; /* of the last event before the byte */
    struct place places[FHIR_DEPTH_MAX + 1];
    unsigned root;
};

/* The type that the object just opened names, as fhir.c has it: in the first key, or, where an object of a
 * known type may be any resource, in any of them. */
static unsigned named_type(const struct fhir_paths *f, bool anywhere)
{
    struct json j = f->j;
    enum json_event event;
    while (!json_next(&j, &event, NULL) && event == JSON_KEY) {
        bool is_it = view_eq(view_sub(j.doc, j.start, j.end), VIEW("resourceType"));
        if (json_next(&j, &event, NULL)) break;
        if (is_it && event == JSON_STRING)
            return fhir_resource(view_sub(j.doc, j.start, j.end), NULL);
        if (is_it || !anywhere || json_skip(&j, event, NULL)) break;
    }
    return FHIR_T_UNKNOWN;
}

static unsigned type_of_value(const struct fhir_paths *f)
{
    if (f->j.depth <= 1) return FHIR_T_UNKNOWN;
    const struct place *p = &f->places[f->j.depth - 1];
    if (!p->is_object) return p->type;
    return p->element ? p->element->type : FHIR_T_UNKNOWN;
}

static void enter(struct fhir_paths *f, bool is_object)
{
    uint32_t depth = f->j.depth;
    unsigned type = type_of_value(f);
    if (is_object && fhir_is_any_resource(type)) {
        unsigned named = named_type(f, depth == 1 || type != FHIR_T_UNKNOWN);
        if (named != FHIR_T_UNKNOWN) type = named;
    }
    if (depth == 1) f->root = type;
    f->places[depth] = (struct place){ .is_object = is_object, .type = type };
}

/* A value begins in what is around it. */
static void count_value(struct fhir_paths *f, uint32_t depth)
{
    struct place *p = &f->places[depth];
    if (depth == 0) return;
    if (!p->is_object && p->has_value) p->index++;
    p->has_value = true;
}

static void take(struct fhir_paths *f, enum json_event event)
{
    struct place *p = &f->places[f->j.depth];
    switch (event) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        count_value(f, f->j.depth - 1);
        enter(f, event == JSON_OBJECT);
        break;
    case JSON_KEY:
        p->element = fhir_element(p->type, view_sub(f->j.doc, f->j.start, f->j.end));
        p->has_value = true;
        break;
    case JSON_OBJECT_END:
    case JSON_ARRAY_END:
    case JSON_END: break;
    default: count_value(f, f->j.depth);
    }
}

static err print(const struct fhir_paths *f, struct buf *out)
{
    err e = OK;
    TRY(buf_add(out, f->root == FHIR_T_UNKNOWN ? VIEW("?") : fhir_resource_name(f->root)));
    for (uint32_t i = 1; i <= f->depth; i++) {
        const struct place *p = &f->places[i];
        if (!p->has_value) continue;
        if (p->is_object) {
            TRY(buf_add_char(out, '.'));
            TRY(buf_add(out, p->element ? fhir_element_name(p->element) : VIEW("?")));
        } else {
            TRY(buf_add_char(out, '['));
            TRY(buf_add_u64(out, p->index));
            TRY(buf_add_char(out, ']'));
        }
    }
out:
    return e;
}

/* A value that can't be read is one of its array all the same: behind `pos` stands what begins it. */
static void count_broken(struct fhir_paths *f, size_t pos)
{
    struct place *p = &f->places[f->depth];
    view rest = view_trim(view_sub(f->j.doc, pos, f->j.doc.n));
    if (f->depth && !p->is_object && rest.n && (!p->has_value || rest.p[0] == ','))
        count_value(f, f->depth);
}

err fhir_paths_new(struct fhir_paths **out, view doc, struct arena *a)
{
    struct fhir_paths *f = *out = arena_alloc(a, sizeof *f);
    if (!f) return ERR_MEMORY;
    json_init(&f->j, doc);
    f->j.pos = json_bom_length(doc);
    f->root = FHIR_T_UNKNOWN;
    f->depth = 0;
    f->is_ahead = f->is_done = false;
    return OK;
}

err fhir_paths_at(struct fhir_paths *f, size_t at, struct buf *out)
{
    while (!f->is_done) {
        size_t pos = f->j.pos;
        if (!f->is_ahead && json_next(&f->j, &f->event, NULL)) {
            count_broken(f, pos);
            f->is_done = true;
            break;
        }
        f->is_ahead = f->j.start > at;
        if (f->is_ahead) break; /* the byte lies in the value before, or behind it */
        take(f, f->event);
        f->depth = f->j.depth;
        f->is_done = f->event == JSON_END;
    }
    return print(f, out);
}
