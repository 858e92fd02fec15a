/* format/fhir_narrative.c — the XHTML of a narrative: its prose, and what could be prose in its tags. */
#include "format/fhir_walk.h"
#include "format/markup.h"

static bool is_layout_value(view v)
{
    return v.n <= 256 && view_find_byte(v, 0, '@') == v.n;
}

/* Attributes that say how a page looks; all others could hold prose. */
static bool is_layout(view name)
{
    static const char *const names[] = { "class", "style",       "colspan",    "rowspan",
                                         "xmlns", "border",      "width",      "height",
                                         "align", "valign",      "lang",       "xml:lang",
                                         "dir",   "scope",       "span",       "rules",
                                         "frame", "cellpadding", "cellspacing" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (view_eq_nocase(name, view_of_str(names[i]))) return true;
    return false;
}

/* The value of an attribute, or a comment. */
static err take_markup_value(struct fhir_walk *w, const struct markup_value *v, uint32_t base)
{
    err e = OK;
    const struct fhir_string s = { .text = v->text, .map = v->map, .base = base };
    uint32_t before = w->out->n;
    bool is_link = view_eq_nocase(v->name, VIEW("href")) || view_eq_nocase(v->name, VIEW("src"));
    if (!v->text.n || (v->name.n && is_layout(v->name) && is_layout_value(v->text))) return OK;
    if (is_link && view_starts(v->text, VIEW("data:"))) {
        if (!w->drop_attachments)
            return DIAG_AT(w->diag, ERR_UNSUPPORTED, "a picture in a narrative",
                           base + offset_start(&v->map, 0), v->text.n);
        TRY(fhir_push_all(w, &s, ROLE_URL, SHAPE_URL));
    } else if (is_link) {
        TRY(fhir_push_link(w, &s));
    } else {
        TRY(fhir_push_all(w, &s, ROLE_TEXT, SHAPE_ANY));
        fhir_last(w)->field = v->name;
    }
    for (uint32_t i = before; i < w->out->n; i++)
        w->out->pieces[i].spelling = v->name.n ? SPELL_JSON_XML_ATTRIBUTE : SPELL_JSON_XML_LITERAL;
out:
    return e;
}

err fhir_take_xhtml(struct fhir_walk *w, const struct fhir_string *s)
{
    err e = OK;
    struct markup m;
    TRY(markup_read(s->text, &s->map, w->arena, &m));
    const struct fhir_string seen = { .text = m.text, .map = m.map, .base = s->base };
    TRY(fhir_push_all(w, &seen, ROLE_TEXT, SHAPE_ANY));
    fhir_last(w)->spelling = SPELL_JSON_XML_TEXT;
    fhir_last(w)->has_gaps = true;
    for (uint32_t i = 0; i < m.n; i++)
        TRY(take_markup_value(w, &m.values[i], s->base));
out:
    return e;
}
