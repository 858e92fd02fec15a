/* format/fhir_pieces.c — bytes of a string as a piece. */
#include "format/fhir_walk.h"

/* The part [from, to) of a decoded string: the same bytes when nothing is escaped in it, else one
 * stretch that is replaced as a whole. */
static err cut(const struct fhir_walk *w, const struct fhir_string *s, size_t from, size_t to,
               struct piece *p)
{
    p->text = view_sub(s->text, from, to);
    p->base = s->base;
    if (from == 0 && to == s->text.n) {
        p->map = s->map;
        return OK;
    }
    uint32_t begins = offset_start(&s->map, (uint32_t)from);
    uint32_t ends = offset_end(&s->map, (uint32_t)to);
    p->base += begins;
    if (ends - begins == to - from) return OK;
    struct offset_mark *marks = arena_array(w->arena, 2, sizeof *marks);
    if (!marks) return ERR_MEMORY;
    marks[0] = (struct offset_mark){ 0, 0 };
    marks[1] = (struct offset_mark){ (uint32_t)(to - from), ends - begins };
    p->map = (struct offset_map){ marks, 2 };
    return OK;
}

err fhir_push_piece(void *ctx, const struct piece *p)
{
    struct fhir_walk *w = ctx;
    return format_push(w->arena, &w->out->pieces, &w->out->n, &w->cap, p);
}

err fhir_push(struct fhir_walk *w, const struct fhir_string *s, size_t from, size_t to,
              enum piece_role role, enum piece_shape shape)
{
    err e = OK;
    const struct fhir_frame *f = fhir_top(w);
    struct piece p = { .field = f->element && f->element->owner ? (view){ "", 0 } : f->key,
                       .role = role,
                       .spelling = SPELL_JSON_STRING,
                       .encoding = ENC_UTF8,
                       .who = (enum piece_who)f->who,
                       .shape = shape,
                       .person = f->person,
                       .patient = { "", 0 } };
    TRY(cut(w, s, from, to, &p));
    TRY(fhir_push_piece(w, &p));
out:
    return e;
}

err fhir_push_all(struct fhir_walk *w, const struct fhir_string *s, enum piece_role role,
                  enum piece_shape shape)
{
    return fhir_push(w, s, 0, s->text.n, role, shape);
}

err fhir_push_value(struct fhir_walk *w, const struct fhir_string *s, enum piece_role role,
                    enum piece_shape shape)
{
    err e = fhir_push_all(w, s, role, shape);
    if (!e) fhir_top(w)->value = w->out->n;
    return e;
}
