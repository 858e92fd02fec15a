/* format/cda_table.h — what elements and attributes of CDA R2 (and other HL7 v3 documents) hold.
 * Source: CDA R2, C-CDA R2.1, SDTC extensions, by hand.   Threads: constant tables. */
#pragma once
#include "format/format.h"

/* clang-format off */
enum cda_class {
    CDA_OTHER,  /* its text is looked at; it ends a text before it */
    CDA_ROLE,   /* its text is a value of `role` */
    CDA_NAME,   /* of a person, an organization or a thing: its surroundings say */
    CDA_PERSON, /* what is in it is about a person of `who` */
    CDA_ROLE_BY_CODE, /* … of whom classCode says more */
    CDA_ORGANIZATION, /* what is in it is about an organization or a place */
    CDA_THING,  /* … about a substance or a machine: its name is no person's */
    CDA_PLACE,  /* of birth: its name is a town's */
    CDA_ID,     /* root and extension */
    CDA_KEEP_ID, /* they name a template, a type, a register: what receivers need */
    CDA_TIME,   /* its value, and those of its parts, are dates */
    CDA_BIRTH,
    CDA_PART,   /* low, high, center: of what is around it */
    CDA_TELECOM,
    CDA_PROSE,  /* all text in it is one text */
    CDA_INLINE, /* markup inside a line */
    CDA_BINARY, /* a signature */
    CDA_POINTER, /* a reference to something in this document or elsewhere */
};
/* clang-format on */
struct cda_element {
    const char *name;
    enum cda_class class;
    enum piece_role role;
    enum piece_who who;
};
/* By local name; never NULL. */
const struct cda_element *cda_element_find(view name);
/* Is the name that of an element of CDA? (to tell it from other XML) */
bool cda_is_element(view name);
/* Attributes whose values are words of the standard, numbers and references inside the document. */
bool cda_is_structural(view attribute);
/* Of whom an element with a classCode is. */
enum piece_who cda_who_of_class(view code, enum piece_who usual);
/* What an identifier under this root is; ROLE_NUMBER when the root does not say. */
enum piece_role cda_role_of_root(view root);
