/* format/cda_inside.h — where the walk through an XML document stands, between the files of the walk alone.
 *
 *     cda_walk.c         expat's events, and what an element means for what is in it
 *     cda_attributes.c   attributes to pieces
 *     cda_text.c         texts to pieces, also those in base64
 *
 * Threads: as format/cda_walk.h. */
#pragma once
#include <expat.h>

#include "format/cda_table.h"
#include "format/cda_walk.h"
#include "format/embed.h"
#include "format/xml_run.h"
#include "format/xml_tag.h"

enum { CDA_DEPTH_MAX = 256 };
enum cda_scope { SCOPE_NONE, SCOPE_PERSON, SCOPE_ORGANIZATION, SCOPE_THING, SCOPE_PLACE };

struct cda_frame {
    const struct cda_element *element;
    view name; /* local */
    enum cda_scope scope;
    enum piece_who who;
    uint16_t person, names; /* names: how many the owner of the scope has had */
    uint16_t owner;         /* the frame that began the scope */
    bool is_age;            /* it tells somebody's */
    bool is_time, is_prose, is_plan, is_base64, is_packed;
    view type; /* of what is in base64 */
    uint32_t type_at, type_length;
};
struct cda_walk {
    XML_Parser parser;
    struct embed embed; /* documents in base64 */
    struct record *out;
    struct arena *arena;
    struct diag *diag;
    view bytes;
    enum encoding encoding;
    uint32_t unit; /* bytes of an ASCII character */
    err e;
    uint32_t cap, cap_codes; /* of out->pieces, out->codes */
    uint16_t persons;
    unsigned patient_rank; /* of out->patient (patient_number.h) */
    uint32_t depth;        /* frames[depth] is the present one; [0] is around the root */
    bool in_cdata, has_literal, drops_attachments;
    struct xml_run run;
    struct cda_frame frames[CDA_DEPTH_MAX + 1];
    struct xml_tag tag;
};

MUST_USE err cda_push(struct cda_walk *w, struct piece piece);
/* One more text of this field; where it stands is still to be said. */
struct piece cda_blank_piece(const struct cda_walk *w, view field);

/* ---- cda_attributes.c ---- */

/* All attributes of w->tag, which is that of frame f. */
MUST_USE err cda_take_attributes(struct cda_walk *w, const struct cda_frame *f);

/* ---- cda_text.c ---- */

/* The text since the last one as a piece of frame f. */
MUST_USE err cda_flush(struct cda_walk *w, const struct cda_frame *f);
/* A stretch of bytes that is one text: a comment, an instruction. What parts an instruction from its
 * name is not in it. */
MUST_USE err cda_push_literal(struct cda_walk *w, uint32_t from, uint32_t to, view field);
/* For w->embed, whose ctx is w. */
MUST_USE err cda_push_embedded(void *ctx, const struct piece *p);
