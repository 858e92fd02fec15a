/* format/embed.h — base64 in a record: what is text in it becomes pieces, the rest is refused.
 *
 * What its bytes are counts, not what its content type says: a PDF or picture that is said to be text is none, a
 * message, document or resource is read as such, and HTML as markup.
 *
 * Threads: as the record.
 */
#pragma once
#include "format/format.h"

/* Room for a record's embedded bytes and what describes them while it is being decoded. */
struct embed {
    struct arena *arena; /* borrowed */
    /* What decodes FHIR in here: it knows how deep it is. NULL: as deep as it may be. */
    const struct format *fhir;
    struct embedded *v;
    uint32_t n, cap;
    struct derived *derived;
    uint32_t n_derived, derived_cap;
    /* Takes a finished piece. */
    err (*push)(void *ctx, const struct piece *p);
    void *ctx;
};

enum embed_kind {
    EMBED_TEXT,
    EMBED_OTHER,  /* no text of a known kind */
    EMBED_BROKEN, /* no base64, or cut off */
};
/* Adds the base64 in `text`, which stands at [base, base + length) of the record, and pushes the pieces
 * that are in it. `type` is its content type, "" when unknown; `like` what all pieces have in common
 * (who, person, patient). When *kind is not EMBED_TEXT nothing was added: refuse it, or embed_whole.
 * ERR_FORMAT when what is in it is broken; ERR_MEMORY, ERR_LIMIT. */
MUST_USE err embed_text(struct embed *e, view text, view type, uint32_t base, uint32_t length,
                        const struct piece *like, enum embed_kind *kind, struct diag *d);
/* Adds it as one value that is replaced as a whole. */
MUST_USE err embed_whole(struct embed *e, view text, uint32_t base, uint32_t length,
                         const struct piece *like);
/* A value that describes embedded value `of`: the e->n from before it was added. */
MUST_USE err embed_derive(struct embed *e, uint32_t of, enum derived_kind kind, uint32_t base,
                          uint32_t length);
