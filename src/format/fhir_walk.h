/* format/fhir_walk.h — what the files of the FHIR format share: the walk over one record.
 *
 *      fhir.c           the walk: objects and their types
 *      fhir_strings.c   what a string becomes, by its kind
 *      fhir_narrative.c the XHTML of narratives
 *      fhir_pieces.c    pieces of a string
 *      fhir_links.c     ids in references and addresses
 *      fhir_queries.c   what a search holds
 *      fhir_roles.c     what an identifier is, by its type or system
 *      fhir_ends.c      what only the whole of an object tells
 *      fhir_reference.c the same of an Identifier and a Reference
 *      fhir_extension.c the same of an Extension
 *      fhir_ages.c      ages, and the numbers that could be one
 *      fhir_labels.c    values that a label in plain words speaks of
 *      fhir_data.c      attachments and other base64
 *      fhir_people.c    clinicians of no patient's record
 *      fhir_identity.c  references by an identifier
 *      fhir_gist.c      what a resource says of people, without the walk
 *
 * A walk goes over the bytes once. What a value is may be told by a key that comes later (a telephone
 * number by "system"), so pieces are made where values stand and amended where their object ends.
 * Threads: a walk belongs to one thread.
 */
#pragma once
#include "base/map.h"
#include "format/embed.h"
#include "format/fhir_types.h"
#include "format/format.h"
#include "format/json.h"

enum {
    FHIR_DEPTH_MAX = 512,
    FHIR_RESOURCES_MAX = 16, /* resources within each other */
};

/* An object that the walk is in. Arrays are not: their elements are values of the same key. */
struct fhir_frame {
    uint16_t type;
    uint8_t who; /* enum piece_who: whose its values are */
    bool is_resource;
    uint16_t person;                    /* as in struct piece */
    uint8_t hint;                       /* of the element that holds it */
    uint8_t patient_by;                 /* how sure `patient` is; 0: not known */
    uint32_t first;                     /* pieces made before it */
    uint32_t first_link;                /* of record.links, made before it */
    uint32_t first_code;                /* of record.codes, made before it */
    const struct fhir_element *element; /* of the value that comes next; NULL: nothing known */
    view key;                           /* of it, decoded */
    /* What was read so far; which, depends on the type: */
    view
        about; /* system of an Identifier or ContactPoint, url of an Extension, target of a Reference,
                    content type of an Attachment, id of a resource */
    view code; /* type of an Identifier or Reference, unit of a Quantity, code of an Observation */
    bool is_age;             /* of an Observation: somebody's age was observed */
    bool is_positive;        /* the number read last is a positiveInt */
    uint32_t first_measure;  /* of walk.measures, noted before it */
    view patient;            /* of a resource: the id of the patient it is about */
    view data;               /* of an Attachment */
    view identity;           /* of a Reference: "system|value" of its identifier */
    uint32_t first_identity; /* of walk.identities, noted before it */
    bool holds_patient;      /* of an entry: its resource is a Patient */
    view number;             /* of a Patient: the identifier that other formats name it by */
    uint8_t number_rank;     /* how well it does (patient_number.h) */
    uint32_t data_at, data_length;
    uint32_t value; /* 1 + the piece that those speak of; 0: none yet */
    /* Attachment.size and hash in the record, or the number in an Extension; length 0: none */
    /* the same of a Quantity */
    uint32_t size_at, size_length;
    uint32_t hash_at, hash_length;
    uint32_t type_at, type_length; /* its content type */
};

/* What an address says: empty views where it says nothing. They lie in the text that was read. */
struct fhir_link {
    view type;         /* Patient */
    unsigned resource; /* the number of that type */
    view id;           /* 123 */
    view version;      /* of /_history/4 */
    view query;        /* behind '?' */
    view rest;         /* all of it, when none of the above is there */
    bool is_contained, is_uuid, is_oid, is_absolute, is_definition;
};

struct fhir_identity { /* of the Patient being read */
    view key, value;   /* "system|value"; what is behind the bar */
};
/* An identifier in a query, or of no known kind: it is what the same is elsewhere in the record. */
struct fhir_awaiting {
    uint32_t piece;
    view key;
};
/* The number of a Quantity in an Observation, of which only its end tells whether it is an age; or an answer of a
 * questionnaire, whose question may come later. */
struct fhir_measure {
    uint32_t at, length, in_year; /* length 0: no number */
    uint32_t piece;               /* 1 + the one that was made of it; 0: none */
    bool has_unit;                /* it is so and so many of something */
};
struct fhir_walk {
    struct json j;
    struct arena *arena;
    struct record *out;
    struct diag *diag;
    struct embed embed;
    bool drop_attachments;
    uint32_t cap;         /* of out->pieces */
    uint32_t cap_codes;   /* of out->codes */
    uint32_t resources;   /* nested, now */
    size_t peeked;        /* bytes read ahead for a resourceType */
    uint16_t last_person; /* numbers given */
    uint32_t depth;       /* frames in use less one */
    struct map persons;   /* id of a resource: number of its person */
    struct map aliases;   /* id in a fullUrl, identifier of a Patient: index into `alias_of` */
    view *alias_of;       /* the resource's own id; "": several have it */
    uint32_t n_aliases, alias_cap;
    uint32_t link_cap; /* of out->links */
    struct fhir_identity *identities;
    uint32_t n_identities, identity_cap;
    struct map roles; /* "system|value" of an Identifier: its role */
    struct fhir_awaiting *awaiting;
    uint32_t n_awaiting, awaiting_cap;
    struct fhir_link link; /* what link_text says */
    view link_text;
    struct fhir_measure *measures; /* of the resource in hand */
    uint32_t n_measures, measure_cap;
    struct fhir_frame frames[FHIR_DEPTH_MAX + 1];
};

static inline struct fhir_frame *fhir_top(struct fhir_walk *w)
{
    return &w->frames[w->depth];
}
/* The object that holds the one on top, `up` levels above; NULL past the root. */
static inline struct fhir_frame *fhir_around(struct fhir_walk *w, uint32_t up)
{
    return up <= w->depth ? &w->frames[w->depth - up] : NULL;
}

/* The piece that the rest of f speaks of; NULL: there is none. */
static inline struct piece *fhir_value_of(struct fhir_walk *w, const struct fhir_frame *f)
{
    return f->value ? &w->out->pieces[f->value - 1] : NULL;
}

/* A string event with its text. */
struct fhir_string {
    view text;
    struct offset_map map;
    uint32_t base;
};

/* ---- fhir.c ---- */
/* The element under `key` of an object of that type; NULL: nothing is known of it. */
const struct fhir_element *fhir_element_of(unsigned type, view key);

/* ---- fhir_strings.c ---- */
/* Makes what becomes of the string or number just read, which is a value of the frame on top. */
MUST_USE err fhir_take_string(struct fhir_walk *w);
MUST_USE err fhir_take_number(struct fhir_walk *w);

/* Is the system one of the standards, whose displays are words of a terminology? */
bool fhir_is_standard(view namespace);

/* ---- fhir_narrative.c ---- */
MUST_USE err fhir_take_xhtml(struct fhir_walk *w, const struct fhir_string *s);

/* ---- fhir_pieces.c ---- */
/* Bytes [from, to) of s as a piece of the frame on top. */
MUST_USE err fhir_push(struct fhir_walk *w, const struct fhir_string *s, size_t from, size_t to,
                       enum piece_role role, enum piece_shape shape);
/* The same with a finished piece; ctx is the walk. */
err fhir_push_piece(void *ctx, const struct piece *p);
/* All of s; fhir_push_value: remembered as the value that others of the object speak of. */
MUST_USE err fhir_push_all(struct fhir_walk *w, const struct fhir_string *s, enum piece_role role,
                           enum piece_shape shape);
MUST_USE err fhir_push_value(struct fhir_walk *w, const struct fhir_string *s, enum piece_role role,
                             enum piece_shape shape);
/* The last piece made. */
static inline struct piece *fhir_last(struct fhir_walk *w)
{
    return &w->out->pieces[w->out->n - 1];
}

/* ---- fhir_people.c ---- */
MUST_USE err fhir_add_link(struct fhir_walk *w, struct record_link l);
bool fhir_is_of_clinicians(unsigned type);
/* A Reference that leads to a clinician of perhaps another record. */
MUST_USE err fhir_note_person(struct fhir_walk *w, view reference);
/* The resource ends that f stands for, which no other one contains: who was named in it has to do with its
 * patient; a clinician's own values are marked as such. */
MUST_USE err fhir_settle_people(struct fhir_walk *w, const struct fhir_frame *f);

/* ---- fhir_ages.c ---- */
/* Could a number of the frame be more than a measurement, by what stands around it? */
bool fhir_may_tell(const struct fhir_frame *f);
/* What a string says of the object on top, or of the Observation around: a unit, the name of what was observed, a
 * question. */
void fhir_read_word(struct fhir_walk *w, view text);
MUST_USE err fhir_end_quantity(struct fhir_walk *w, const struct fhir_frame *f);
void fhir_end_age(struct fhir_walk *w, const struct fhir_frame *f);
/* The numbers of an Observation of an age. */
MUST_USE err fhir_end_observed_age(struct fhir_walk *w, struct fhir_frame *f);

/* A number of the record as a piece of the frame on top, as long as nothing else was made of it. */
MUST_USE err fhir_push_measure(struct fhir_walk *w, const struct fhir_measure *m,
                               enum piece_role role);
MUST_USE err fhir_add_measure(struct fhir_walk *w, struct fhir_measure m);

/* ---- fhir_labels.c ---- */
/* A piece that is not yet known to be more than text, date or number becomes what its label says. */
void fhir_label_piece(struct piece *p, view label);
/* Would a number with that label be looked at? */
bool fhir_is_labelled_number(view label, view number);
/* The words of a CodeableConcept or Reference are the value of what it is the value of. */
void fhir_hand_up_value(struct fhir_walk *w, const struct fhir_frame *f);
/* So are those of a Coding that are no term of a standard; a code without a system is one of nobody's. */
void fhir_end_coding(struct fhir_walk *w, const struct fhir_frame *f);
MUST_USE err fhir_end_answer(struct fhir_walk *w, const struct fhir_frame *f);
/* A question with its answers. */
MUST_USE err fhir_end_question(struct fhir_walk *w, const struct fhir_frame *f);

/* ---- fhir_links.c ---- */
struct fhir_link fhir_read_link(view text);
/* The same of a text that lives as long as the record: each end of a Reference asks again. Until the next call. */
const struct fhir_link *fhir_link_of(struct fhir_walk *w, view text);
enum piece_shape fhir_id_shape(view id);
/* How many bytes at the front can be an id's. */
size_t fhir_id_length(view v);
/* A part of s as a piece; nothing when it is empty. */
MUST_USE err fhir_push_part(struct fhir_walk *w, const struct fhir_string *s, view part,
                            enum piece_role role, enum piece_shape shape);
/* The pieces of an address: ids in it, values of its query; the whole when it has neither. */
MUST_USE err fhir_push_link(struct fhir_walk *w, const struct fhir_string *s);

/* ---- fhir_queries.c ---- */
/* `type`: of the resources that are searched; FHIR_T_UNKNOWN: it is not said. */
MUST_USE err fhir_push_query(struct fhir_walk *w, const struct fhir_string *s, size_t from,
                             unsigned type);

/* ---- fhir_roles.c ---- */
/* The role of an identifier whose system or type says it; ROLE_TEXT when they do not. */
enum piece_role fhir_role_of_system(view namespace);
enum piece_role fhir_role_of_code(view code);

/* ---- fhir_identity.c ---- */
/* "system|value" of a query's value, which may be written in percents; "|value" without a system. */
MUST_USE err fhir_identity_of_value(struct fhir_walk *w, view value, view *out);
/* The same of an address that searches by one identifier and nothing else; else empty. */
MUST_USE err fhir_identity_of_link(struct fhir_walk *w, const struct fhir_link *l, view *out);
/* The Identifier f ends, of `holder` (may be NULL). is_said: its type or system says what it is. */
MUST_USE err fhir_note_identifier(struct fhir_walk *w, const struct fhir_frame *f, view value,
                                  bool is_said, struct fhir_frame *holder);
/* A resource ends: a Patient's identifiers lead to it. One without an id goes by its first identifier. */
MUST_USE err fhir_settle_identities(struct fhir_walk *w, struct fhir_frame *f, bool is_contained);
/* A Patient ends that has a number: what else is told by it is known of the Patient, and the other way. */
MUST_USE err fhir_settle_number(struct fhir_walk *w, const struct fhir_frame *f);
/* The address of a Patient, not its id, leads to it. */
MUST_USE err fhir_settle_address(struct fhir_walk *w, const struct fhir_link *l, view patient);
/* The last piece is the value of an identifier in a query, of which a resource may tell the role … */
MUST_USE err fhir_await_role(struct fhir_walk *w, view value);
/* … when all of them have been read. */
void fhir_give_roles(struct fhir_walk *w);

/* ---- fhir_ends.c ---- */
/* By `from` the resource is meant whose own id is `to`; by what several are meant, nobody is. */
MUST_USE err fhir_note_alias(struct fhir_walk *w, view from, view to);
MUST_USE err fhir_end_object(struct fhir_walk *w);
/* Is a date with that code one of birth? */
bool fhir_is_birth_code(view code);
/* Whose the values of a resource or element of that type are. */
enum piece_who fhir_who(unsigned type, enum piece_who around);

/* ---- fhir_reference.c ---- */
/* What an identifier of a resource of the type is, when nothing else says it. */
enum piece_role fhir_role_by_holder(unsigned type);
/* The Identifier f ends: its number is the one of what holds it. */
MUST_USE err fhir_end_identifier(struct fhir_walk *w, const struct fhir_frame *f);
/* The Reference f ends: its display is the name of whom it leads to. */
MUST_USE err fhir_end_reference(struct fhir_walk *w, const struct fhir_frame *f);
/* Tells the resource around a Reference whose it is. */
MUST_USE err fhir_hand_up_patient(struct fhir_walk *w, const struct fhir_frame *f);

/* ---- fhir_extension.c ---- */
/* The Extension f ends: its url tells what its value is. */
MUST_USE err fhir_end_extension(struct fhir_walk *w, struct fhir_frame *f);

/* ---- fhir_data.c ---- */
/* Base64 and what describes it. */
MUST_USE err fhir_take_data(struct fhir_walk *w, const struct fhir_string *s, enum fhir_kind kind);
MUST_USE err fhir_take_size(struct fhir_walk *w);
MUST_USE err fhir_end_attachment(struct fhir_walk *w, struct fhir_frame *f);

/* ---- fhir_gist.c ---- */
/* As format.gist. */
bool fhir_gist(const struct format *self, view bytes, struct arena *a, view *out);
