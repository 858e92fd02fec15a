#include "format/hl7_inside.h"
#include "format/hl7_value.h"

enum { FIRST_STRETCHES = 8 };

static err add_stretch(struct hl7_walk *w, struct hl7_stretches *to, struct hl7_range r,
                       char before)
{
    struct hl7_stretch *v =
        arena_more(w->arena, to->v, sizeof *v, to->n, &to->cap, FIRST_STRETCHES);
    if (!v) return ERR_MEMORY;
    to->v = v;
    to->v[to->n++] = (struct hl7_stretch){ r.from, r.to, before };
    return OK;
}

err hl7_push_prose(struct hl7_walk *w, struct hl7_stretches *of, view field)
{
    err e = OK;
    uint32_t n = of->n;
    struct piece p = { .field = field,
                       .role = ROLE_TEXT,
                       .spelling = SPELL_HL7,
                       .encoding = w->source.encoding,
                       .patient = w->patient };
    of->n = 0;
    if (!n) return OK;
    TRY(hl7_text(&w->source, of->v, n, w->arena, &p, w->diag));
    if (hl7_is_base64(p.text))
        return DIAG_AT(w->diag, ERR_UNSUPPORTED, "a text that is encoded data", p.base, p.text.n);
    if (p.text.n) TRY(hl7_push(w, p)); /* else escapes alone */
out:
    return e;
}

err hl7_walk_end(struct hl7_walk *w)
{
    w->open_key = VIEW("");
    err e = hl7_push_prose(w, &w->open, w->open_field);
    if (e && e != ERR_MEMORY)
        diag_in_segment(w->diag, w->open_segment, w->open_number, w->open_field_number);
    return e;
}

err hl7_add_prose(struct hl7_walk *w, struct hl7_stretches *to, struct hl7_range in)
{
    err e = OK;
    struct hl7_range rep, comp, sub;
    const struct hl7_marks *k = &w->source.marks;
    char before = '\n';
    for (uint32_t a = in.from; hl7_next_part(w, in, k->repetition, &a, &rep); before = '\n')
        for (uint32_t b = rep.from; hl7_next_part(w, rep, k->component, &b, &comp);)
            for (uint32_t c = comp.from; hl7_next_part(w, comp, k->subcomponent, &c, &sub);) {
                if (hl7_is_nothing(hl7_bytes(w, sub))) continue;
                TRY(add_stretch(w, to, sub, before));
                before = ' ';
            }
out:
    return e;
}

static bool continues(const struct hl7_seg *s, uint32_t field)
{
    return (view_eq(s->name, VIEW("OBX")) && field == 5) ||
           (view_eq(s->name, VIEW("NTE")) && field == 3);
}

err hl7_take_prose(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                   struct hl7_range at)
{
    err e = OK;
    TRY(hl7_name_field(w, s, f));
    if (continues(s, f->number)) {
        if (!w->open.n) w->open_field = s->label.n ? s->label : f->name;
        w->open_segment = s->known;
        w->open_number = s->number;
        w->open_field_number = f->number;
        TRY(hl7_add_prose(w, &w->open, at));
    } else {
        TRY(hl7_add_prose(w, &w->prose, at));
        TRY(hl7_push_prose(w, &w->prose, f->name));
    }
out:
    return hl7_fail(w, s, f, e);
}
