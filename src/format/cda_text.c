#include "format/cda_inside.h"
#include "format/hl7_value.h"

struct piece cda_blank_piece(const struct cda_walk *w, view field)
{
    return (struct piece){
        .field = field, .role = ROLE_TEXT, .spelling = SPELL_XML_ATTRIBUTE, .encoding = w->encoding
    };
}

/* What the text of an element is. */
static enum piece_role text_role(const struct cda_frame *f)
{
    switch (f->element->class) {
    case CDA_ROLE: return f->element->role;
    case CDA_BINARY: return ROLE_NUMBER;
    case CDA_NAME: break;
    default: return f->is_age && view_eq(f->name, VIEW("value")) ? ROLE_AGE : ROLE_TEXT;
    }
    switch (f->scope) {
    case SCOPE_PERSON: return ROLE_NAME;
    case SCOPE_ORGANIZATION: return ROLE_ORGANIZATION;
    case SCOPE_PLACE: return ROLE_TOWN;
    default: return ROLE_TEXT;
    }
}

err cda_push_embedded(void *ctx, const struct piece *p)
{
    return cda_push(ctx, *p);
}

static err refuse(struct cda_walk *w, const struct piece *p)
{
    return DIAG_AT(w->diag, ERR_UNSUPPORTED, "an embedded document that is no text", p->base,
                   p->text.n);
}

/* What was packed would be unpacked by who reads it, and in two-byte characters base64 is not written. */
static bool may_drop(const struct cda_walk *w, const struct cda_frame *f)
{
    return w->drops_attachments && w->unit == 1 && !f->is_packed;
}

/* Is what begins there looked at, as a content type with more words than the standard's is? */
static bool is_piece(const struct cda_walk *w, uint32_t at)
{
    for (uint32_t i = w->out->n; i-- > 0;) {
        const struct piece *p = &w->out->pieces[i];
        if (p->inside) continue;
        if (p->base <= at) return p->base == at;
    }
    return false;
}

/* Base64 that is no text is refused, or emptied where the user says so; white space and line ends in it are none of
 * it. */
static err take_base64(struct cda_walk *w, const struct cda_frame *f, const struct piece *p)
{
    err e = OK;
    enum embed_kind kind;
    uint32_t length = offset_end(&p->map, (uint32_t)p->text.n);
    struct piece like = { .field = f->name, .role = ROLE_TEXT };
    uint32_t of = w->embed.n;
    TRY(embed_text(&w->embed, p->text, f->type, p->base, length, &like, &kind, w->diag));
    if (kind != EMBED_TEXT) {
        if (!may_drop(w, f))
            return kind == EMBED_BROKEN
                       ? DIAG_AT(w->diag, ERR_FORMAT, "broken base64", p->base, p->text.n)
                       : refuse(w, p);
        TRY(embed_whole(&w->embed, p->text, p->base, length, &like));
        if (f->type_length && !is_piece(w, f->type_at))
            TRY(embed_derive(&w->embed, of, DERIVED_TYPE, f->type_at, f->type_length));
    }
    w->out->embedded = w->embed.v;
    w->out->n_embedded = w->embed.n;
    w->out->derived = w->embed.derived;
    w->out->n_derived = w->embed.n_derived;
out:
    return e;
}

err cda_flush(struct cda_walk *w, const struct cda_frame *f)
{
    err e = OK;
    struct piece p = cda_blank_piece(w, f->name);
    p.spelling = w->has_literal ? SPELL_XML_MIXED : SPELL_XML_TEXT;
    w->has_literal = false;
    if (!xml_run_take(&w->run, &p)) return OK;
    if (!f->is_prose) p.role = text_role(f);
    if (p.role != ROLE_TEXT) p.who = f->who, p.person = f->person;
    if (p.role == ROLE_TEXT && f->is_base64 && !p.has_gaps) return take_base64(w, f, &p);
    if (p.role == ROLE_TEXT && (f->is_base64 || hl7_is_base64(p.text))) return refuse(w, &p);
    TRY(cda_push(w, p));
out:
    return e;
}

static bool is_space_at(const struct cda_walk *w, uint32_t at)
{
    const char *p = w->bytes.p + at;
    if (w->unit == 1) return ascii_is_space(p[0]);
    bool little = w->encoding == ENC_UTF16LE;
    return p[little] == 0 && ascii_is_space(p[!little]);
}

err cda_push_literal(struct cda_walk *w, uint32_t from, uint32_t to, view field)
{
    err e = OK;
    struct piece p = cda_blank_piece(w, field);
    BUG_IF(from > to || to > w->bytes.n);
    while (from + w->unit <= to && is_space_at(w, from))
        from += w->unit;
    p.spelling = SPELL_XML_LITERAL;
    p.base = from;
    p.text = view_sub(w->bytes, from, to);
    if (w->encoding != ENC_UTF8)
        TRY(encoding_decode(w->encoding, p.text, w->arena, &p.text, &p.map, NULL));
    if (view_trim(p.text).n) TRY(cda_push(w, p));
out:
    return e;
}
