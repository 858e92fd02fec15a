/* format/hl7_walk.h — the segments of one message as pieces.   Threads: one owner. */
#pragma once
#include "format/embed.h"
#include "format/hl7_options.h"
#include "format/hl7_table.h"
#include "format/hl7_text.h"

struct hl7_stretches {
    struct hl7_stretch *v;
    uint32_t n, cap;
};
enum { HL7_COLUMNS_MAX = 64 };
struct hl7_walk {
    struct hl7_target columns[HL7_COLUMNS_MAX]; /* of answers in tables: RDF says, RDT has them */
    uint32_t n_columns;
    struct hl7_source source;          /* bytes, encoding, marks */
    const struct hl7_options *options; /* may be NULL */
    bool drops_attachments;            /* those that are no text */
    struct arena *arena;
    struct record *out;
    struct diag *diag;
    struct embed embed;      /* encapsulated documents */
    uint32_t cap, cap_codes; /* of out->pieces, out->codes */
    uint16_t persons;        /* numbers given out */
    uint32_t like_persons;   /* the same, for piece.like_person */
    view patient;            /* whose the pieces are from here on; "": the record's */
    bool lone_breaks; /* a line feed alone is part of a text: segments end with carriage returns */
    struct hl7_stretches prose; /* of the field at work */
    /* Text that may go on in the next segment, where that has the same key. */
    struct hl7_stretches open;
    view open_key, open_field;
    const char *open_segment;
    uint32_t open_number, open_field_number; /* of the segment, and in it */
};

/* Once, when source, arena and out are set. */
void hl7_walk_init(struct hl7_walk *w);
/* Appends the pieces of the segment in bytes [from, to) of the record; it is the number-th.
 * ERR_FORMAT, ERR_UNSUPPORTED, ERR_ENCODING with segment, field and offset, ERR_MEMORY. */
MUST_USE err hl7_walk_segment(struct hl7_walk *w, uint32_t from, uint32_t to, uint32_t number);
/* After the last segment. */
MUST_USE err hl7_walk_end(struct hl7_walk *w);
