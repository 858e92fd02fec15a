/* format/fhir_data.c — base64: attachments with size and hash, signatures, what a device's label says.
 *
 * What an Attachment holds is looked at where its content type says text, and the record is refused
 * where not, since a picture or a PDF can't be looked into; a user may have them emptied instead.
 */
#include "format/fhir_walk.h"

static struct piece common(const struct fhir_frame *f)
{
    return (struct piece){ .text = { "", 0 },
                           .field = { "", 0 },
                           .patient = { "", 0 },
                           .role = ROLE_TEXT,
                           .who = (enum piece_who)f->who,
                           .person = f->person };
}

err fhir_take_size(struct fhir_walk *w)
{
    struct fhir_frame *f = fhir_top(w);
    f->size_at = (uint32_t)w->j.start;
    f->size_length = (uint32_t)(w->j.end - w->j.start);
    return OK;
}

/* Base64 with its content type: text is looked at, everything else refused or emptied. */
static err take_base64(struct fhir_walk *w, view data, view type, uint32_t at, uint32_t length,
                       bool *is_text)
{
    err e = OK;
    enum embed_kind kind;
    const struct piece like = common(fhir_top(w));
    TRY(embed_text(&w->embed, data, type, at, length, &like, &kind, w->diag));
    *is_text = kind == EMBED_TEXT;
    if (*is_text) return OK;
    if (w->drop_attachments) return embed_whole(&w->embed, data, at, length, &like);
    e = kind == EMBED_BROKEN
            ? DIAG_AT(w->diag, ERR_FORMAT, "broken base64", at, length)
            : DIAG_AT(w->diag, ERR_UNSUPPORTED, "an attachment that is no text", at, length);
out:
    return e;
}

err fhir_take_data(struct fhir_walk *w, const struct fhir_string *s, enum fhir_kind kind)
{
    struct fhir_frame *f = fhir_top(w);
    uint32_t length = (uint32_t)(w->j.end - w->j.start);
    const struct piece like = common(f);
    bool is_text;
    switch (kind) {
    case FHIR_HASH:
        f->hash_at = s->base;
        f->hash_length = length;
        return OK;
    case FHIR_DATA:
        if (f->type != FHIR_T_Attachment && f->type != FHIR_T_Binary) break;
        if (f->data.n) break; /* the key stands twice */
        f->data = s->text;
        f->data_at = s->base;
        f->data_length = length;
        return OK;
    case FHIR_BASE64_GONE: return embed_whole(&w->embed, s->text, s->base, length, &like);
    default: break;
    }
    return take_base64(w, s->text, VIEW(""), s->base, length, &is_text);
}

err fhir_end_attachment(struct fhir_walk *w, struct fhir_frame *f)
{
    err e = OK;
    bool is_text;
    struct embed *x = &w->embed;
    uint32_t of = x->n;
    if (!f->data.n) return OK;
    TRY(take_base64(w, f->data, f->about, f->data_at, f->data_length, &is_text));
    if (!is_text && f->type_length)
        TRY(embed_derive(x, of, DERIVED_TYPE, f->type_at, f->type_length));
    if (f->size_length) TRY(embed_derive(x, of, DERIVED_SIZE, f->size_at, f->size_length));
    if (f->hash_length) TRY(embed_derive(x, of, DERIVED_SHA1, f->hash_at, f->hash_length));
out:
    return e;
}
