#include "format/cda_inside.h"
#include "format/hl7_value.h"
#include "format/patient_number.h"
#include "text/age_unit.h"
#include "text/uuid.h"

/* Words of the standard, maybe several. */
static bool is_word_list(view v)
{
    if (v.n > 64) return false;
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_digit(v.p[i]) && !ascii_is_alpha(v.p[i]) &&
            !strchr(" -._:#/%{}[]*+,'", v.p[i]))
            return false;
    return true;
}

/* A day, written with eight digits or more. */
static bool is_full_date(view v)
{
    uint64_t month, day;
    return v.n >= 8 && hl7_is_date(v) && (v.p[0] == '1' || v.p[0] == '2') &&
           view_to_u64(view_sub(v, 4, 6), &month) && view_to_u64(view_sub(v, 6, 8), &day) &&
           month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Attribute x as a piece of this role and shape, of whom the frame is. */
static err push_attribute(struct cda_walk *w, const struct cda_frame *f,
                          const struct xml_attribute *x, view field, enum piece_role role,
                          enum piece_shape shape)
{
    struct piece p = cda_blank_piece(w, field);
    if (!view_trim(x->text).n) return OK;
    p.text = x->text;
    p.map = x->map;
    p.base = x->base;
    p.role = role;
    p.shape = shape;
    if (role != ROLE_TEXT) p.who = f->who, p.person = f->person;
    return cda_push(w, p);
}

/* Attribute x stays: it is a code of a system that may be named, or (fixed) of the document or a register. */
static err keep_attribute(struct cda_walk *w, const struct xml_attribute *x, bool has_system,
                          bool is_fixed)
{
    struct piece p = cda_blank_piece(w, x->name);
    p.text = x->text;
    p.map = x->map;
    p.base = x->base;
    p.has_system = has_system;
    p.is_fixed = is_fixed;
    return format_push(w->arena, &w->out->codes, &w->out->n_codes, &w->cap_codes, &p);
}

static err push_date(struct cda_walk *w, const struct cda_frame *f, const struct xml_attribute *x,
                     enum piece_role role)
{
    return push_attribute(w, f, x, f->name, role, hl7_is_date(x->text) ? SHAPE_DIGITS : SHAPE_ANY);
}

/* Only what is behind "tel:" and its like, so that the scheme stays. */
static err push_telecom(struct cda_walk *w, const struct cda_frame *f, struct xml_attribute x)
{
    static const struct {
        const char *scheme;
        enum piece_role role;
    } schemes[] = { { "tel:", ROLE_PHONE },
                    { "fax:", ROLE_FAX },
                    { "x-text-fax:", ROLE_FAX },
                    { "mailto:", ROLE_EMAIL },
                    { "mail:", ROLE_EMAIL } };
    enum piece_role role = view_find_byte(x.text, 0, '@') < x.text.n ? ROLE_EMAIL : ROLE_PHONE;
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        view s = view_of_str(schemes[i].scheme);
        if (!view_eq_nocase(view_sub(x.text, 0, s.n), s)) continue;
        role = schemes[i].role;
        if (x.map.n) break; /* entities in it: it goes with its scheme */
        x.text = view_sub(x.text, s.n, x.text.n);
        x.base += (uint32_t)s.n;
        return push_attribute(w, f, &x, f->name, role,
                              role == ROLE_EMAIL ? SHAPE_EMAIL : SHAPE_ANY);
    }
    bool is_url = view_starts(x.text, VIEW("http")) || view_starts(x.text, VIEW("ftp"));
    if (is_url) return push_attribute(w, f, &x, f->name, ROLE_URL, SHAPE_URL);
    return push_attribute(w, f, &x, f->name, role, role == ROLE_EMAIL ? SHAPE_EMAIL : SHAPE_ANY);
}

/* What kind of number an identifier is, by its register and by what it is in. */
static enum piece_role id_role(const struct cda_walk *w, const struct cda_frame *f, view root)
{
    const struct cda_frame *in = w->depth > 1 ? &w->frames[w->depth - 1] : &w->frames[0];
    enum piece_role role = cda_role_of_root(root);
    if (role != ROLE_NUMBER) return role;
    if (view_eq(in->name, VIEW("patientRole")) || view_eq(in->name, VIEW("patient")))
        return ROLE_MRN;
    if (f->is_plan) return ROLE_PLAN;
    if (f->scope == SCOPE_THING && !view_eq(in->name, VIEW("manufacturedProduct")))
        return ROLE_DEVICE;
    if (view_eq(in->name, VIEW("ClinicalDocument")) || view_eq(in->name, VIEW("parentDocument")))
        return ROLE_LINK;
    return ROLE_NUMBER;
}

/* An OID under which there is but this identifier: 1.2.3.777 for 777. */
static bool ends_with_arc(view oid, view arc)
{
    return arc.n >= 3 && oid.n > arc.n + 1 && oid.p[oid.n - arc.n - 1] == '.' &&
           view_eq(view_sub(oid, oid.n - arc.n, oid.n), arc);
}

/* By the kind of its register; one without a number of its own is better than none. */
static void note_patient(struct cda_walk *w, view value, bool is_number, enum piece_role role)
{
    unsigned rank = is_number ? 1 + patient_number_rank(VIEW(""), role) : 1;
    value = view_trim(value);
    if (!value.n || rank <= w->patient_rank) return;
    w->patient_rank = rank;
    w->out->patient = value;
}

static err take_id(struct cda_walk *w, const struct cda_frame *f)
{
    err e = OK;
    view root = xml_tag_get(&w->tag, VIEW("root")), ext = xml_tag_get(&w->tag, VIEW("extension"));
    view null = xml_tag_get(&w->tag, VIEW("nullFlavor"));
    view in = w->depth > 1 ? w->frames[w->depth - 1].name : VIEW("");
    view value = view_trim(ext).n ? ext : root;
    enum piece_role role = id_role(w, f, root);
    if (view_eq(in, VIEW("patientRole"))) note_patient(w, value, view_trim(ext).n > 0, role);
    if (view_eq(in, VIEW("ClinicalDocument")) && !w->out->id.n) w->out->id = value;
    for (uint32_t i = 0; i < w->tag.n; i++) {
        const struct xml_attribute *x = &w->tag.v[i];
        if (view_eq(x->name, VIEW("extension"))) {
            TRY(push_attribute(w, f, x, f->name, role, SHAPE_ANY));
        } else if (view_eq(x->name, VIEW("root"))) {
            bool alone = (!view_trim(ext).n && !null.n) || ends_with_arc(x->text, ext);
            if (view_is_uuid(x->text))
                TRY(push_attribute(w, f, x, f->name, ROLE_LINK, SHAPE_UUID));
            else if (!hl7_is_oid(x->text))
                TRY(push_attribute(w, f, x, f->name, ROLE_TEXT, SHAPE_ANY));
            else if (alone && cda_role_of_root(x->text) == ROLE_NUMBER)
                TRY(push_attribute(w, f, x, f->name, ROLE_LINK, SHAPE_OID));
            else
                TRY(keep_attribute(w, x, false, true));
        } else if (!cda_is_structural(x->name) && !view_eq(x->name, VIEW("displayable"))) {
            TRY(push_attribute(w, f, x, x->name, ROLE_TEXT, SHAPE_ANY));
        }
    }
out:
    return e;
}

/* Years: what lasts so long that it is counted in them is an age most often. */
static bool is_year(view unit)
{
    return view_eq(unit, VIEW("a")) || (unit.n && ascii_lower(unit.p[0]) == 'y');
}

static err push_age(struct cda_walk *w, const struct cda_frame *f, const struct xml_attribute *x,
                    view unit)
{
    uint32_t before = w->out->n;
    err e = push_attribute(w, f, x, f->name, ROLE_AGE, SHAPE_DIGITS);
    if (!e && w->out->n > before) w->out->pieces[before].in_year = age_unit_in_year(unit);
    return e;
}

/* The attribute `value` of an element that is neither a time nor a telecommunication address. */
static err take_value(struct cda_walk *w, const struct cda_frame *f, const struct xml_attribute *x)
{
    view unit = xml_tag_get(&w->tag, VIEW("unit")), type = xml_tag_get(&w->tag, VIEW("xsi:type"));
    view kind = xml_local(type), v = view_trim(x->text);
    static const view times[] = { { "TS", 2 },      { "IVL_TS", 6 },  { "PIVL_TS", 7 },
                                  { "EIVL_TS", 7 }, { "SXCM_TS", 7 }, { "IVXB_TS", 7 } };
    for (size_t i = 0; i < COUNT_OF(times); i++)
        if (view_eq(kind, times[i])) return push_date(w, f, x, ROLE_DATE);
    if (hl7_is_number(v) && (f->is_age || is_year(unit))) return push_age(w, f, x, unit);
    if (view_eq(v, VIEW("true")) || view_eq(v, VIEW("false"))) return OK;
    bool measured = unit.n || kind.n || v.n <= 6;
    if (hl7_is_number(v) && measured) return OK;
    if (is_full_date(v)) return push_date(w, f, x, ROLE_DATE);
    return push_attribute(w, f, x, f->name, ROLE_TEXT, SHAPE_ANY);
}

static err take_pointer(struct cda_walk *w, const struct cda_frame *f,
                        const struct xml_attribute *x)
{
    if (x->text.n && x->text.p[0] == '#' && hl7_is_code(x->text, true)) return OK;
    if (view_starts(x->text, VIEW("http")) || view_starts(x->text, VIEW("ftp")))
        return push_attribute(w, f, x, f->name, ROLE_URL, SHAPE_URL);
    return push_attribute(w, f, x, f->name, ROLE_NUMBER, SHAPE_ANY); /* the name of a file */
}

/* An attribute of which the element says nothing. */
static err take_other(struct cda_walk *w, const struct cda_frame *f, const struct xml_attribute *x)
{
    bool coded = xml_tag_get(&w->tag, VIEW("codeSystem")).n > 0;
    view local = xml_local(x->name);
    if (cda_is_structural(x->name) && (view_starts(x->name, VIEW("xml")) || is_word_list(x->text)))
        return view_eq(x->name, VIEW("ID")) ? keep_attribute(w, x, false, true) : OK;
    if (view_eq(local, VIEW("code")) && hl7_is_code(x->text, coded))
        return keep_attribute(w, x, coded, false);
    if (view_eq(local, VIEW("codeSystem")) && (hl7_is_oid(x->text) || view_is_uuid(x->text)))
        return keep_attribute(w, x, false, true);
    if (coded && (view_eq(local, VIEW("displayName")) || view_eq(local, VIEW("codeSystemName")) ||
                  view_eq(local, VIEW("codeSystemVersion"))))
        return keep_attribute(w, x, true, false);
    return push_attribute(w, f, x, x->name, ROLE_TEXT, SHAPE_ANY);
}

err cda_take_attributes(struct cda_walk *w, const struct cda_frame *f)
{
    err e = OK;
    enum cda_class class = f->element->class;
    if (class == CDA_ID) return take_id(w, f);
    for (uint32_t i = 0; i < w->tag.n; i++) {
        const struct xml_attribute *x = &w->tag.v[i];
        bool is_value = view_eq(x->name, VIEW("value"));
        if (class == CDA_KEEP_ID && is_word_list(x->text))
            TRY(keep_attribute(w, x, true, true));
        else if (is_value && class == CDA_TELECOM)
            TRY(push_telecom(w, f, *x));
        else if (is_value && class == CDA_BIRTH)
            TRY(push_date(w, f, x, ROLE_BIRTH));
        else if (is_value && f->is_time && !xml_tag_get(&w->tag, VIEW("unit")).n)
            TRY(push_date(w, f, x, ROLE_DATE));
        else if (is_value && class == CDA_POINTER)
            TRY(take_pointer(w, f, x));
        else if (is_value)
            TRY(take_value(w, f, x));
        else
            TRY(take_other(w, f, x));
    }
out:
    return e;
}
