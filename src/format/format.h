/* format/format.h — files as decoded texts with a role, and the same file back with texts changed.
 *
 * A format splits a stream into records (a whole text, a JSON line, a message), and a record into
 * pieces: each a UTF-8 text, the field it came from, and a map to the record's bytes. Writing back
 * copies the record and replaces mapped byte ranges only, each replacement spelled as that place
 * needs (JSON escapes, an encoding, later entities and HL7 escapes), so bytes outside an edit are
 * unchanged by construction. A format knows nothing of identifiers.
 * Threads: a struct format is immutable; records and arenas belong to one thread.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "text/edit.h"
#include "text/encoding.h"
#include "text/offsets.h"

enum { DOCUMENT_MAX = 16 << 20 }; /* default largest record, bytes */

/* What a piece is. From ROLE_NAME on the format knows that the whole text is one value of a kind: it
 * is replaced whatever it looks like, and searched in the same patient's prose. */
/* clang-format off */
enum piece_role {
    ROLE_TEXT, /* prose: everything in it is looked at */
    ROLE_ID,   /* the record's own identifier; looked at like prose, and copied into reports */
    ROLE_NAME, /* a whole name, in any order */
    ROLE_FAMILY, ROLE_GIVEN, /* parts of one; initials are given names */
    ROLE_STREET, ROLE_TOWN, ROLE_STATE, ROLE_ZIP, /* counties and districts are towns */
    ROLE_ORGANIZATION,
    ROLE_DATE, ROLE_BIRTH, /* with or without a time; of birth */
    ROLE_AGE,
    ROLE_PHONE, ROLE_FAX, ROLE_EMAIL, ROLE_URL, ROLE_IP,
    ROLE_SSN, ROLE_MRN, ROLE_PLAN, ROLE_ACCOUNT, ROLE_LICENSE, ROLE_VEHICLE, ROLE_DEVICE,
    ROLE_BIOMETRIC,
    ROLE_NUMBER, /* any other identifying number or code: visit, order, specimen */
    ROLE_LINK,   /* joins records (a resource's id, a reference to it): the same everywhere after too */
    ROLE_KEY,  /* the key of a value, one plain word: data only if it is like its siblings (`group`) */
    ROLE_COUNT,
};
/* Whose a value from ROLE_NAME on is. */
enum piece_who { OF_UNKNOWN, OF_PATIENT, OF_RELATIVE, OF_HOUSEHOLD, OF_EMPLOYER, OF_CLINICIAN };
/* What a replacement must look like for the file to stay valid. */
enum piece_shape {
    SHAPE_ANY,
    SHAPE_TOKEN,   /* letters, digits, '-' and '.', at most 64 (a FHIR id) */
    SHAPE_UUID,    /* 8-4-4-4-12 hexadecimal digits in lower case */
    SHAPE_OID,     /* digits and dots, as 1.2.840 */
    SHAPE_DATE,    /* YYYY[-MM[-DD]]: a year alone will do */
    SHAPE_INSTANT, /* must keep day, time and zone: YYYY-MM-DDThh:mm:ssZ */
    SHAPE_DIGITS,  /* digits alone: HL7 dates, numbers */
    SHAPE_URL,
    SHAPE_EMAIL,
};
/* clang-format on */
/* How the place spells a text: format_write encodes replacements so. */
enum piece_spelling {
    SPELL_PLAIN,
    SPELL_JSON_STRING,
    SPELL_JSON_NUMBER,
    SPELL_HL7,           /* escapes of HL7 v2 for record.marks */
    SPELL_XML_TEXT,      /* entities between tags */
    SPELL_XML_ATTRIBUTE, /* entities between quotes of either kind */
    SPELL_XML_LITERAL, /* no entities (comments, instructions): ERR_ENCODING for what would end them */
    SPELL_XML_MIXED,     /* some with entities, some in CDATA: ERR_ENCODING for &, < and > */
    SPELL_CSV_BARE,      /* a cell without quotes: gets them when its new text needs them */
    SPELL_CSV_QUOTED,    /* inside the quotes of one */
    SPELL_JSON_XML_TEXT, /* the same inside a JSON string */
    SPELL_JSON_XML_ATTRIBUTE,
    SPELL_JSON_XML_LITERAL,
};
struct csv_dialect; /* format/csv.h */

/* The digits of a piece are those of `number` behind its first `at`. */
struct number_part {
    view number;
    uint32_t at;
};
struct piece {
    view text;             /* well-formed UTF-8, borrowed from the record or in its arena */
    view field;            /* key or field name, "" when there is none; may hold clear text */
    struct offset_map map; /* text to record bytes, counted from `base` */
    uint32_t base;         /* where in the record the map's source begins */
    enum piece_role role;
    enum piece_spelling spelling;
    enum encoding encoding; /* of the record */
    enum piece_who who;
    enum piece_shape shape;
    uint16_t
        person; /* pieces of a record with the same number are about one person; 0: nobody known */
    /* ROLE_AGE: how many of its unit make a year, where that stands beside it; 0: years, or as its text says */
    uint32_t in_year;
    const struct number_part
        *part;        /* ROLE_PHONE, ROLE_FAX: of which number it is one; NULL: of none */
    bool is_positive; /* SPELL_JSON_NUMBER: its type has no 0, so that a mask is 1 */
    bool is_flat;     /* ROLE_KEY: its value is a number, true, false or null */
    uint32_t group;   /* ROLE_KEY: keys of one object have the same number; counted from 0 */
    view patient;     /* the value that tells whose the piece is; "": the record's */
    view
        owner; /* "Practitioner/4": the resource of a person in no patient's record that it is of; "" */
    /* The text runs over structure (markup, the end of a segment), where the map has no text: an edit
     * over such a gap leaves it in place, and its replacement stands before it. Pieces may lie in gaps
     * of others. */
    bool has_gaps;
    const struct csv_dialect *csv; /* of SPELL_CSV_…: outlives the record */
    uint32_t inside; /* 0: it lies in the record's bytes; else in those of embedded[inside - 1] */
    /* Of record.codes: one whose system is named beside it; one that stays whatever it is (a number that was
     * measured, a message's type, the OID of a register, an anchor in a document). */
    bool has_system, is_fixed;
    /* Parts of a field that is nobody's by its type, but made as a person's is ("77^Doe^Jane"): those in a row have the
     * same number, from 1; 0: it is no such part. Whether it is somebody, the words tell (deid/misplaced_name.h). */
    uint32_t like_person;
    uint32_t like_part; /* where like_person is not 0: 0 its number, 1 … its names */
};
/* Bytes that stand in a record in base64. Written anew as a whole when a piece inside changes. */
struct embedded {
    view bytes;            /* decoded, in the record's arena */
    uint32_t base, length; /* of the base64 in what holds it */
    uint32_t inside;       /* what holds it: 0 or an earlier one, as in struct piece */
    view marks;            /* as in struct record, of the messages in it */
};
/* A value that describes an embedded one: written anew when that changes. */
enum derived_kind {
    DERIVED_SIZE,        /* bytes, decimal */
    DERIVED_SHA1,        /* base64 of the digest */
    DERIVED_TYPE,        /* "text/plain" */
    DERIVED_HL7_TYPE,    /* "TEXT", of HL7's table 0191 */
    DERIVED_HL7_SUBTYPE, /* "plain" */
};
struct derived {
    uint32_t base, length; /* what is replaced, in what holds the embedded bytes */
    uint32_t of;           /* index in embedded */
    enum derived_kind kind;
};
/* A person of another record has to do with a patient, or is who a person of this record is (PractitionerRole); or a
 * patient goes by another name too. */
enum link_kind {
    LINK_PERSON, /* `to` as in piece.owner */
    LINK_NAME,   /* `from` is another name of the patient `to` */
    LINK_NUMBER, /* `to` is the number by which messages and tables name the patient `from` */
    LINK_ALSO,   /* what is said under `to`, which is no other patient's name, is known of `from` */
};
struct record_link {
    view from; /* as in piece.patient, or as in piece.owner; "": nobody known */
    bool is_from_person;
    enum link_kind kind;
    view to;
};
struct record {
    view bytes;   /* as in the file, with its line end */
    view id;      /* decoded, "" when it has none */
    view patient; /* the value that tells whose record it is (PID-3, Patient.id), "" when unknown */
    struct piece *pieces;
    uint32_t n;
    bool is_header; /* names fields and holds no values: the header of a table */
    /* of an HL7 v2 message: field separator, then as many of component, repetition, escape,
     * subcomponent, truncation as it declares */
    view marks;
    /* What stands where the standard has a code or a measure, and looks like one: no pieces, ascending. */
    struct piece *codes;
    uint32_t n_codes;
    struct record_link *links;
    uint32_t n_links;
    const struct embedded *embedded;
    uint32_t n_embedded;
    const struct derived *derived;
    uint32_t n_derived;
};

struct format_options; /* format/format_options.h: what a user or a site says about inputs */
struct format {
    const char *name; /* "text", "jsonl", "json" */
    bool is_stream;   /* an input holds many records; else the whole input is one */
    bool has_fields;  /* pieces come from named fields; else the one piece is the whole text */
    bool opens_bare;  /* `open` only takes what was said: when nothing was, it can be left out */
    /* Does the head of a stream (up to 4 KB) look like this format? */
    bool (*sniff)(view head);
    /* For streams: the length of the record at bytes[from], its end included; 0 when the end is not
     * in `bytes`, which a caller with at_end set never gets. An earlier call did not find it in the
     * first `searched` bytes of the record. */
    size_t (*split)(const struct format *self, view bytes, size_t from, size_t searched,
                    bool at_end);
    /* For streams whose records may be longer than what is held: the length of what is left of a
     * record in `bytes`, 0 when it goes on after them; *state is 0 at its beginning and then the
     * format's. NULL: `split` can tell a record's end from any place in it. */
    size_t (*resume)(const struct format *self, view bytes, uint32_t *state, bool at_end);
    /* Makes the format of one input from its head (what a table's columns mean), in `a`. NULL: the
     * format serves every input as it is. */
    err (*open)(const struct format *self, const struct format_options *o, view head,
                struct arena *a, const struct format **out, struct diag *d);
    /* Finds what tells records apart that say something else of people: of two with the same gist that can be
     * decoded, pieces of persons and their values (from ROLE_NAME on, but for dates, ages, links, addresses of pages
     * and numbers of no person), patients and links are the same. False: only decoding tells. In `a`. NULL: never. */
    bool (*gist)(const struct format *self, view bytes, struct arena *a, view *out);
    /* Takes one record apart; `bytes` is borrowed. ERR_FORMAT and ERR_ENCODING carry the offset in it. */
    err (*decode)(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d);
};
/* Takes one record of f apart (see `decode`). */
MUST_USE err format_decode(const struct format *f, view bytes, enum encoding enc, struct arena *a,
                           struct record *out, struct diag *d);
/* Appends a piece to *v, which grows in the arena; *n are there, *cap fit. ERR_MEMORY. */
MUST_USE err format_push(struct arena *a, struct piece **v, uint32_t *n, uint32_t *cap,
                         const struct piece *p);
/* `split` of formats whose records are lines. */
size_t format_split_lines(const struct format *self, view bytes, size_t from, size_t searched,
                          bool at_end);
const struct format *format_by_name(view name); /* NULL when unknown */
/* Can its pieces be more than prose (roles from ROLE_NAME on)? */
bool format_has_roles(const struct format *f);
/* The same of a format that is still to be opened with `o` (may be NULL). */
bool format_may_have_roles(const struct format *f, const struct format_options *o);
const struct format *format_sniff(view head); /* never NULL: text is the last resort */

/* What of a record was copied when it was written, in order: bytes [from, from + n) of the record stand at `at`
 * of what was appended. Between two copies stands a replacement for what lies between them. */
struct format_copy {
    uint32_t from, at, n;
};
struct format_copies {
    struct arena *arena; /* borrowed */
    struct format_copy *v;
    uint32_t n, cap;
};
/* Appends r's bytes to out with edits[i] applied to piece i (r->n of them). On failure out is as it
 * was. ERR_ENCODING when a replacement can't be spelled, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err format_write(const struct record *r, const struct edits *edits, struct buf *out,
                          struct diag *d);
/* The same; what was copied is added to *copies, whose arena the caller gives. */
MUST_USE err format_write_traced(const struct record *r, const struct edits *edits, struct buf *out,
                                 struct format_copies *copies, struct diag *d);
