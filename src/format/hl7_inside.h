/* format/hl7_inside.h — where the walk through a message stands, between the files of the walk alone.
 *
 *     hl7_walk.c    segments, and down to leaves
 *     hl7_leaf.c    a leaf to a piece or to nothing; encapsulated documents; what a site says of a leaf
 *     hl7_prose.c   text of several leaves as one piece
 *     hl7_patient.c whose a message is
 *     hl7_phone.c   which digits of a number a part of it holds
 *     hl7_seats.c   parts made as a person's in a field that is nobody's
 *
 * Threads: as format/hl7_walk.h. */
#pragma once
#include "format/hl7_walk.h"

struct hl7_range {
    uint32_t from, to;
};
struct hl7_seg {
    struct hl7_range at;
    view name;                       /* three bytes of the record */
    const char *known;               /* the same, when it is a standard one */
    const struct hl7_segment *table; /* NULL: unknown */
    enum piece_who who;
    uint32_t number;
    uint16_t person;             /* whom it is about; 0: nobody yet */
    bool person_named;           /* by a name that came already */
    struct hl7_range value_type; /* OBX-2 */
    view label;                  /* OBX-3: what is observed */
    bool is_age;                 /* … somebody's age */
    uint32_t in_year;            /* of its unit, OBX-6 */
};
struct hl7_field {
    uint32_t number;
    enum hl7_type type;
    struct hl7_meaning meaning;
    view name; /* "PID-5"; made when it is first wanted */
};
/* What is known of a leaf besides its bytes. */
struct hl7_leaf {
    enum hl7_type type;
    enum piece_role number_role; /* of T_NUMBER */
    enum piece_who who;
    uint16_t person;
    bool system_named; /* of T_CODE */
    bool is_fax;
    uint32_t in_year;               /* as in struct piece */
    const struct number_part *part; /* the same */
};

static inline view hl7_bytes(const struct hl7_walk *w, struct hl7_range r)
{
    return view_sub(w->source.bytes, r.from, r.to);
}

/* The part of `in` that begins at *at and ends before the next `mark`; *at moves behind that. False when
 * there is none left. */
static inline bool hl7_next_part(const struct hl7_walk *w, struct hl7_range in, char mark,
                                 uint32_t *at, struct hl7_range *out)
{
    if (*at > in.to) return false;
    uint32_t end = in.to;
    if (mark) end = (uint32_t)view_find_byte(view_sub(w->source.bytes, 0, in.to), *at, mark);
    *out = (struct hl7_range){ *at, end };
    *at = end + 1;
    return true;
}

/* The nth part (from 1) of `in`; empty when there are fewer. */
static inline struct hl7_range hl7_part_at(const struct hl7_walk *w, struct hl7_range in, char mark,
                                           uint32_t n)
{
    struct hl7_range r = { in.to, in.to };
    uint32_t at = in.from;
    for (uint32_t i = 1; i <= n; i++)
        if (!hl7_next_part(w, in, mark, &at, &r)) return (struct hl7_range){ in.to, in.to };
    return r;
}

static inline bool hl7_is_nothing(view raw)
{
    return raw.n == 0 || view_eq(raw, VIEW("\"\""));
}

/* Gives e, with the segment and the field (NULL: none yet) in the diag. */
err hl7_fail(const struct hl7_walk *w, const struct hl7_seg *s, const struct hl7_field *f, err e);
#define HL7_FAIL_AT(w, s, f, e, what, from, len)                                                   \
    (DIAG_AT((w)->diag, e, what, from, len), hl7_fail(w, s, f, e))

MUST_USE err hl7_push(struct hl7_walk *w, struct piece piece);
/* f->name: "PID-5", in the arena. */
MUST_USE err hl7_name_field(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f);

struct hl7_range hl7_field_at(const struct hl7_walk *w, const struct hl7_seg *s, uint32_t n);
/* The first part of a repetition as text, without blanks around it. */
MUST_USE err hl7_first_text(struct hl7_walk *w, struct hl7_range rep, view *out);

/* ---- hl7_patient.c ---- */

/* PID tells whose the message is, or the pieces from here on. */
MUST_USE err hl7_take_patient(struct hl7_walk *w, const struct hl7_seg *s);

/* ---- hl7_leaf.c ---- */

MUST_USE err hl7_take_leaf(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                           const struct hl7_leaf *l, struct hl7_range at);
/* The data of an ED, which is repetition `rep`. */
MUST_USE err hl7_take_data(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                           struct hl7_range rep, const struct hl7_leaf *l, struct hl7_range at);
/* A leaf of which a site says what it is. */
MUST_USE err hl7_take_ruled(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                            const struct hl7_field_rule *r, struct hl7_range at);

/* ---- hl7_prose.c ---- */

/* All of a field as one text: components and subcomponents with a blank between, repetitions on lines
 * of their own. */
MUST_USE err hl7_add_prose(struct hl7_walk *w, struct hl7_stretches *to, struct hl7_range in);
/* Makes a piece of the stretches and forgets them. */
MUST_USE err hl7_push_prose(struct hl7_walk *w, struct hl7_stretches *of, view field);
/* A field that is prose: a text of its own, or one that the next segment may continue. */
MUST_USE err hl7_take_prose(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f,
                            struct hl7_range at);

/* ---- hl7_seats.c ---- */

/* Parts in a row that may be a person's so far: a number or none, and names. */
struct hl7_seats {
    bool is_open, has_number;
    uint32_t names;
};
/* After a part of a repetition was taken; what came of it stands behind n_pieces and n_codes of the record. `seats` is
 * zero before the first one. */
void hl7_seat_take(struct hl7_walk *w, struct hl7_seats *seats, struct hl7_range part,
                   uint32_t n_pieces, uint32_t n_codes);
