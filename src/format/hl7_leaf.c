#include "format/formats.h"
#include "format/hl7_inside.h"
#include "format/hl7_value.h"

/* True when the value is to be left as it is; else *p has its role and shape. */
static bool judge(const struct hl7_leaf *l, struct piece *p)
{
    view v = p->text;
    switch (l->type) {
    case T_ID:
    case T_IS: return hl7_is_code(v, false) && !hl7_is_proper(v);
    case T_KEEP: return hl7_is_code(v, true);
    case T_CODE: return hl7_is_code(v, l->system_named) && (l->system_named || !hl7_is_proper(v));
    case T_NM:
        if (l->number_role == ROLE_AGE) {
            p->role = ROLE_AGE;
            p->shape = SHAPE_DIGITS;
            p->in_year = l->in_year;
            return false;
        }
        return hl7_is_number(v);
    case T_SI: return hl7_is_number(v);
    case T_TM: return hl7_is_time(v);
    case T_UID: return hl7_is_oid(v);
    case T_DTM:
        p->role = l->number_role == ROLE_BIRTH ? ROLE_BIRTH : ROLE_DATE;
        p->shape = hl7_is_date(v) ? SHAPE_DIGITS : SHAPE_ANY;
        return false;
    case T_NUMBER:
        p->role = l->number_role == ROLE_TEXT || l->number_role == ROLE_BIRTH ? ROLE_NUMBER
                                                                              : l->number_role;
        p->shape = p->role == ROLE_LINK ? SHAPE_TOKEN : SHAPE_ANY;
        if (p->role == ROLE_AGE) p->in_year = l->in_year;
        if (p->in_year > 1 && hl7_is_number(v))
            p->shape = SHAPE_DIGITS; /* its unit stays beside it */
        return false;
    case T_FAMILY: p->role = ROLE_FAMILY; return false;
    case T_GIVEN: p->role = ROLE_GIVEN; return false;
    case T_NAME: p->role = ROLE_NAME; return false;
    case T_STREET: p->role = ROLE_STREET; return false;
    case T_TOWN: p->role = ROLE_TOWN; return false;
    case T_STATE: p->role = ROLE_STATE; return false;
    case T_ZIP: p->role = ROLE_ZIP; return false;
    case T_ORG: p->role = ROLE_ORGANIZATION; return false;
    case T_LICENSE: p->role = ROLE_LICENSE; return false;
    case T_POINTER: p->role = ROLE_NUMBER; return false;
    case T_PHONE: p->role = l->is_fax ? ROLE_FAX : ROLE_PHONE; break;
    case T_ADDRESS:
        p->role = ROLE_NUMBER;
        if (view_find_byte(v, 0, ':') < v.n) p->role = ROLE_URL, p->shape = SHAPE_URL;
        break;
    default: return false;
    }
    if (view_find_byte(v, 0, '@') < v.n) /* where the telephone number should be, too */
        p->role = ROLE_EMAIL, p->shape = SHAPE_EMAIL;
    return false;
}

/* Only prose may run over line feeds. */
static err refuse_break(const struct hl7_walk *w, const struct hl7_seg *s,
                        const struct hl7_field *f, struct hl7_range at)
{
    view raw = hl7_bytes(w, at);
    if (!w->lone_breaks || view_find_byte(raw, 0, '\n') == raw.n) return OK;
    return HL7_FAIL_AT(w, s, f, ERR_FORMAT, "a line that is no segment", at.from, at.to - at.from);
}

err hl7_take_leaf(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                  const struct hl7_leaf *l, struct hl7_range at)
{
    err e = OK;
    struct piece p = { .role = ROLE_TEXT,
                       .spelling = SPELL_HL7,
                       .encoding = w->source.encoding,
                       .who = l->who,
                       .person = l->person,
                       .patient = w->patient };
    struct hl7_stretch st = { at.from, at.to, 0 };
    if (hl7_is_nothing(hl7_bytes(w, at))) return OK;
    if (l->type != T_TX && l->type != T_ST) TRY(refuse_break(w, s, f, at));
    TRY(hl7_text(&w->source, &st, 1, w->arena, &p, w->diag));
    if (!p.text.n) return OK;
    bool stays = judge(l, &p);
    if (stays || (l->type == T_REGISTER && hl7_is_code(p.text, false))) {
        bool is_code = l->type == T_ID || l->type == T_IS || l->type == T_CODE;
        p.has_system = l->system_named;
        p.is_fixed = !is_code;
        TRY(format_push(w->arena, &w->out->codes, &w->out->n_codes, &w->cap_codes, &p));
        if (stays) return OK;
    }
    if (p.role == ROLE_PHONE || p.role == ROLE_FAX) p.part = l->part;
    if (p.role == ROLE_TEXT) p.who = OF_UNKNOWN, p.person = 0;
    TRY(hl7_name_field(w, s, f));
    p.field = f->name;
    if (p.role == ROLE_TEXT && hl7_is_base64(p.text))
        return HL7_FAIL_AT(w, s, f, ERR_UNSUPPORTED, "a text that is encoded data", at.from,
                           at.to - at.from);
    TRY(hl7_push(w, p));
out:
    return hl7_fail(w, s, f, e);
}

/* ---- encapsulated data ---- */

static err push_embedded(void *ctx, const struct piece *p)
{
    return hl7_push(ctx, *p);
}

void hl7_walk_init(struct hl7_walk *w)
{
    w->embed =
        (struct embed){ .arena = w->arena, .fhir = &format_fhir, .push = push_embedded, .ctx = w };
}

/* "text/xml" and the like out of the subtype of an ED (table 0291), which may be a whole type. */
static view content_type(view subtype)
{
    static const struct {
        const char *name;
        view type;
    } types[] = { { "XML", { "text/xml", 8 } },
                  { "HTML", { "text/html", 9 } },
                  { "x-hl7-cda-level-one", { "text/xml", 8 } },
                  { "RTF", { "text/rtf", 8 } },
                  { "JSON", { "application/json", 16 } } };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (view_eq_nocase(subtype, view_of_str(types[i].name))) return types[i].type;
    return VIEW("");
}

/* What says of the data in `rep` what it was, once it is emptied; where a code stands, which nothing else replaces. */
static err derive_types(struct hl7_walk *w, uint32_t of, struct hl7_range rep)
{
    static const enum derived_kind kinds[] = { DERIVED_HL7_TYPE, DERIVED_HL7_SUBTYPE };
    err e = OK;
    for (uint32_t i = 0; i < COUNT_OF(kinds); i++) {
        struct hl7_range at = hl7_part_at(w, rep, w->source.marks.component, 2 + i);
        view v = hl7_bytes(w, at);
        if (v.n && hl7_is_code(v, false) && !hl7_is_proper(v))
            TRY(embed_derive(&w->embed, of, kinds[i], at.from, at.to - at.from));
    }
out:
    return e;
}

/* The data of an ED: what is in it counts, not what its type says. */
static err take_base64(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                       struct hl7_range rep, struct hl7_range at)
{
    err e = OK;
    enum embed_kind kind;
    uint32_t of = w->embed.n, length = at.to - at.from;
    view type = content_type(hl7_bytes(w, hl7_part_at(w, rep, w->source.marks.component, 3)));
    struct hl7_stretch st = { at.from, at.to, 0 };
    struct piece data = { 0 }, like = { .role = ROLE_TEXT, .patient = w->patient };
    TRY(hl7_name_field(w, s, f));
    like.field = f->name;
    TRY(hl7_text(&w->source, &st, 1, w->arena, &data, w->diag));
    TRY(embed_text(&w->embed, data.text, type, at.from, length, &like, &kind, w->diag));
    if (kind != EMBED_TEXT && w->drops_attachments) {
        TRY(embed_whole(&w->embed, data.text, at.from, length, &like));
        TRY(derive_types(w, of, rep));
    } else if (kind == EMBED_BROKEN) {
        return HL7_FAIL_AT(w, s, f, ERR_FORMAT, "broken base64", at.from, length);
    } else if (kind != EMBED_TEXT) {
        return HL7_FAIL_AT(w, s, f, ERR_UNSUPPORTED, "an encapsulated document that is no text",
                           at.from, length);
    }
    w->out->embedded = w->embed.v;
    w->out->n_embedded = w->embed.n;
    w->out->derived = w->embed.derived;
    w->out->n_derived = w->embed.n_derived;
out:
    return hl7_fail(w, s, f, e);
}

err hl7_take_data(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                  struct hl7_range rep, const struct hl7_leaf *l, struct hl7_range at)
{
    struct hl7_leaf text = *l;
    view how = hl7_bytes(w, hl7_part_at(w, rep, w->source.marks.component, 4));
    text.type = T_TX;
    if (hl7_is_nothing(hl7_bytes(w, at))) return OK;
    if (how.n == 0 || view_eq_nocase(how, VIEW("A"))) return hl7_take_leaf(w, s, f, &text, at);
    if (view_eq_nocase(how, VIEW("Base64"))) return take_base64(w, s, f, rep, at);
    return HL7_FAIL_AT(w, s, f, ERR_UNSUPPORTED, "an encapsulated document that is no text",
                       at.from, at.to - at.from);
}

/* ---- what a site says ---- */

err hl7_take_ruled(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                   const struct hl7_field_rule *r, struct hl7_range at)
{
    err e = OK;
    struct hl7_stretch st = { at.from, at.to, 0 };
    struct piece p = { .role = r->role,
                       .spelling = SPELL_HL7,
                       .encoding = w->source.encoding,
                       .who = r->who,
                       .shape = r->role == ROLE_LINK ? SHAPE_TOKEN : SHAPE_ANY,
                       .person = r->role == ROLE_TEXT ? 0 : s->person,
                       .patient = w->patient };
    if (hl7_is_nothing(hl7_bytes(w, at))) return OK;
    if (r->role != ROLE_TEXT) TRY(refuse_break(w, s, f, at));
    if (r->keep) return OK;
    TRY(hl7_text(&w->source, &st, 1, w->arena, &p, w->diag));
    if ((r->role == ROLE_DATE || r->role == ROLE_BIRTH) && hl7_is_date(p.text))
        p.shape = SHAPE_DIGITS;
    TRY(hl7_name_field(w, s, f));
    p.field = f->name;
    if (p.text.n) TRY(hl7_push(w, p));
out:
    return hl7_fail(w, s, f, e);
}
