/* format/embed.h — base64 in a record: what is text in it becomes pieces, the rest is refused.
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

/* Adds the base64 in `text`, which stands at [base, base + length) of the record, and pushes the pieces
 * that are in it. `type` is its content type, "" when unknown; `like` what all pieces have in common
 * (who, person, patient). *is_text false: it is no text of a known kind, and nothing was added.
 * ERR_FORMAT when it is no base64, or what is in it is broken; ERR_MEMORY, ERR_LIMIT. */
MUST_USE err embed_text(struct embed *e, view text, view type, uint32_t base, uint32_t length,
                        const struct piece *like, bool *is_text, struct diag *d);
/* Adds it as one value that is replaced as a whole. */
MUST_USE err embed_whole(struct embed *e, view text, uint32_t base, uint32_t length,
                         const struct piece *like);
/* A value that describes embedded value `of`: the e->n from before it was added. */
MUST_USE err embed_derive(struct embed *e, uint32_t of, enum derived_kind kind, uint32_t base,
                          uint32_t length);
