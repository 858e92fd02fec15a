/* format/hl7_table.h — what HL7 v2 says its fields hold: segments of fields, fields of data types, data
 * types of parts, down to leaves whose kind tells what is done with them.
 *
 * Sources: HL7 v2.1–2.8 chapters 2 and 3–15. hl7_segments.c is generated (facts); which parts of a type
 * are names, numbers and places (hl7_types.c), and which fields need more than their type
 * (hl7_meanings.c), were judged by hand.   Threads: constant tables.
 */
#pragma once
#include "format/format.h"

/* clang-format off */
enum hl7_type {
    /* Leaves: what one text is. */
    T_TX,     /* prose, or anything else: looked at */
    T_ST,     /* the same */
    T_ID, T_IS, /* a code of a table: left when it looks like one, else looked at */
    T_CODE,   /* a code whose system stands two components on: the same */
    T_KEEP,   /* what receivers need as it is (message type, profile): the same */
    T_REGISTER, /* the short name of who gives numbers out: looked at, where it looks like a code too */
    T_NM, T_SI, T_TM, /* left when they are a number, a time of day; else looked at */
    T_UID,    /* an OID is left (it names an organization's register, no person); else looked at */
    T_DTM,    /* a date, or a date with time */
    T_NUMBER, /* an identifying number: the field or an identifier type says of what kind */
    T_FAMILY, T_GIVEN, T_NAME, T_STREET, T_TOWN, T_STATE, T_ZIP, T_ORG, T_PHONE,
    T_ADDRESS, /* of a machine: e-mail, URL, a number */
    T_LICENSE, T_POINTER,
    T_DATA,   /* of ED: spelled as another component says */
    T_LEAVES,
    /* Made of parts. */
    T_AUI = T_LEAVES, T_AD, T_CCD, T_CNN, T_CP, T_CQ, T_CWE, T_CWO, T_CX, T_DDI, T_DIN, T_DLD, T_DLN, T_DR,
    T_DTN, T_ED, T_EI, T_EIP, T_ERL, T_FC, T_FN, T_GTS, T_HD, T_HDA, T_HDO, T_ICD, T_JCC, T_LA1, T_LA2, T_MO,
    T_MOC, T_MOP, T_MSG, T_NDL, T_NR, T_OCD, T_OSD, T_OSP, T_PIP, T_PL, T_PLN, T_PPN, T_PRL, T_PT, T_PTA,
    T_QIP, T_RI, T_RMC, T_RP, T_RPT, T_SAD, T_SCV, T_SN, T_SPD, T_SPS, T_SRT, T_TQ, T_UVC, T_VID, T_VR,
    T_XAD, T_XCN, T_XON, T_XPN, T_XTN,
    T_COUNT,
};
/* clang-format on */

struct hl7_segment {
    char name[4];
    uint8_t n;
    const uint8_t *types; /* of fields 1 … n */
};
extern const struct hl7_segment hl7_segments[]; /* ascending by name */
extern const uint32_t hl7_segment_count;
/* NULL: unknown, or a site's own. */
const struct hl7_segment *hl7_segment_find(view name);

struct hl7_parts {
    uint8_t n;
    const uint8_t *types;
};
/* The parts of a type; of a leaf none. */
struct hl7_parts hl7_type_parts(enum hl7_type t);
/* The type of part i (from 0) of t: of a leaf the leaf itself, past the last part prose. */
enum hl7_type hl7_type_part(enum hl7_type t, uint32_t i);
/* The leaf that stands for t where it can't be divided any further: that of its first part. */
enum hl7_type hl7_type_leaf(enum hl7_type t);
/* The type that OBX-2 and others call by name; T_TX when it is unknown. */
enum hl7_type hl7_type_by_name(view name);

/* What a field is beyond its type. ROLE_TEXT: nothing. */
struct hl7_meaning {
    enum piece_role
        role; /* of its leaves T_NUMBER; of all when the field has no parts; of birth dates */
    enum piece_who who;
    bool has_who; /* else the segment's */
};
struct hl7_meaning hl7_field_meaning(view segment, uint32_t field);
/* Does the standard say that the field names, locates, dates or numbers somebody? */
bool hl7_field_identifies(view segment, uint32_t field);
/* What is meant by "@PID.5.1" or "PID.3" (queries, tables of answers). */
struct hl7_target {
    enum hl7_type type;
    struct hl7_meaning meaning;
};
bool hl7_target_find(view name, struct hl7_target *out);
/* Whom a segment is about, as far as its fields do not say otherwise. */
enum piece_who hl7_segment_who(view segment);
/* The kind of number that identifier type `code` (table 0203) stands for; ROLE_NUMBER if none. */
enum piece_role hl7_identifier_role(view code);
