/* deid/exam.h — a record in hand: taken apart, and what its fields say learned, before its pieces are looked through.
 *
 *     struct exam x;  TRY(exam_open(d, s, format, encoding, bytes, domain, &x, diag));   in the scratch's arena
 *
 * Threads: one owner, the scratch's. It points into itself: it stays where it was opened. */
#pragma once
#include "deid/person_names.h"
#include "deid/record_known.h"
#include "deid/record_owner.h"

struct exam {
    struct record record;
    struct record_owner owner;
    const struct record *r; /* of `record` */
    struct record_known values;
    struct deid_scratch *s;
    const struct deid *d;
    const bool *keys; /* of plain keys, by their group: they are names */
    /* Who is in the record, for initials in the piece in hand, while surrogates are chosen for it. */
    struct person_names names;
    bool has_names;
    const struct piece *at;
    struct persons_source source;
    uint32_t gathered;        /* pieces before it were gathered (deid/ahead.h), */
    uint32_t text, texts_end; /* … and which texts they are, from the one that is wanted next */
};
/* Makes the scratch d's: what was looked up and derived for another engine says nothing to this one. */
void exam_serve(struct deid_scratch *s, const struct deid *d);
/* Forgets the keys of the record that was in hand: what they are of may lie in it. */
void exam_forget_keys(struct deid_scratch *s);
/* ERR_LIMIT, ERR_MEMORY, and what decoding says. */
MUST_USE err exam_open(const struct deid *d, struct deid_scratch *s, const struct format *f,
                       enum encoding enc, view bytes, view domain, struct exam *out,
                       struct diag *diag);
