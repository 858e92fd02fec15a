/* format/fhir_extension.c — what the url of an Extension says of its value. */
#include "format/fhir_walk.h"

static view last_segment(view url)
{
    size_t from = url.n;
    while (from && url.p[from - 1] != '/' && url.p[from - 1] != ':' && url.p[from - 1] != '#')
        from--;
    return view_sub(url, from, url.n);
}

/* Extensions whose value is of a kind that the type of the value does not tell. */
static const struct {
    const char *name; /* last part of the url */
    uint8_t role, who, shape;
} extensions[] = {
    { "patient-mothersMaidenName", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "mothersMaidenName", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-mothers-family", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-fathers-family", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-partner-name", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-own-name", ROLE_FAMILY, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-EN-qualifier", ROLE_TEXT, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-streetName", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-streetNameBase", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-houseNumber", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-additionalLocator", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-postBox", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-unitID", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-precinct", ROLE_TOWN, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-SC-coding", ROLE_TEXT, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-censusTract", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "patient-birthTime", ROLE_BIRTH, OF_UNKNOWN, SHAPE_DATE },
    { "latitude", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "longitude", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "lat", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "long", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "lng", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
};

/* The number in an extension that is of no length to be looked at, but of a role. */
static err push_number(struct fhir_walk *w, struct fhir_frame *f)
{
    err e = OK;
    const struct fhir_string s = { .text = view_sub(w->j.doc, f->size_at,
                                                    (size_t)f->size_at + f->size_length),
                                   .base = f->size_at };
    TRY(fhir_push(w, &s, 0, s.text.n, ROLE_TEXT, SHAPE_DIGITS));
    fhir_last(w)->spelling = SPELL_JSON_NUMBER;
    fhir_last(w)->is_positive = f->is_positive;
    f->value = w->out->n;
out:
    return e;
}

static bool has_role(view name)
{
    for (size_t i = 0; i < COUNT_OF(extensions); i++)
        if (view_eq_nocase(name, view_of_str(extensions[i].name))) return true;
    return false;
}

err fhir_end_extension(struct fhir_walk *w, struct fhir_frame *f)
{
    err e = OK;
    view name = last_segment(f->about);
    view number = view_sub(w->j.doc, f->size_at, (size_t)f->size_at + f->size_length);
    bool is_known = has_role(name);
    if (!f->value && f->size_length && (is_known || fhir_is_labelled_number(name, number)))
        TRY(push_number(w, f));
    for (uint32_t i = f->first; i < w->out->n; i++)
        if (view_starts(w->out->pieces[i].field, VIEW("value"))) w->out->pieces[i].field = name;
    struct piece *p = fhir_value_of(w, f);
    if (!p) return OK;
    if (!is_known) fhir_label_piece(p, name);
    for (size_t i = 0; i < COUNT_OF(extensions); i++) {
        if (!view_eq_nocase(name, view_of_str(extensions[i].name))) continue;
        p->role = (enum piece_role)extensions[i].role;
        if (extensions[i].who) p->who = (enum piece_who)extensions[i].who;
        if (extensions[i].who) p->person = 0;
        if (p->shape != SHAPE_INSTANT) p->shape = (enum piece_shape)extensions[i].shape;
    }
out:
    return e;
}
