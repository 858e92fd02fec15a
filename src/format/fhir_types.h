/* format/fhir_types.h — which type an element of FHIR R4 and R5 has, and what its string is.
 *
 * Compiled out of data/fhir (tools/fhir/table.py): HL7's definitions, and what they do not tell. Keys
 * that are no element of a type are looked for in what it inherits, and last among the few that mean
 * the same everywhere; so resources of other versions lose nothing but precision.
 * Threads: pure.
 */
#pragma once
#include "base/base.h"
#include "format/fhir_type_names.h" /* enum fhir_type, made by the build */

/* What a string (or number) under a key is. */
/* clang-format off */
enum fhir_kind {
    FHIR_NONE,  /* no string is expected there: free text */
    FHIR_TEXT,
    FHIR_KEEP,  /* numbers, truth values, times of day */
    FHIR_CODE,  /* a code when it looks like one */
    FHIR_CODING_CODE, FHIR_AGE_UNIT, FHIR_CONTENT_TYPE, FHIR_REF_TYPE, FHIR_CONTACT_SYSTEM, /* codes that others wait for */
    FHIR_SYSTEM, /* URI of a terminology, profile or definition */
    FHIR_IDENT_SYSTEM, FHIR_EXT_URL,
    FHIR_DATE, FHIR_INSTANT, FHIR_BIRTH,
    FHIR_ID, FHIR_VERSION, FHIR_ETAG, FHIR_REFERENCE, FHIR_LINK, FHIR_QUERY, FHIR_UID, /* what joins the graph */
    FHIR_URL,
    FHIR_BASE64, FHIR_BASE64_GONE, FHIR_DATA, FHIR_SIZE, FHIR_HASH,
    FHIR_XHTML, FHIR_SAMPLED,
    FHIR_AGE, FHIR_GEO, FHIR_LOOSE_NUMBER, FHIR_LOOSE_DECIMAL, /* numbers that could identify */
    FHIR_IDENT, FHIR_CONTACT, FHIR_DISPLAY, /* their siblings tell what they are */
    FHIR_NAME, FHIR_FAMILY, FHIR_GIVEN, FHIR_PERSON, /* a person's name */
    FHIR_STREET, FHIR_TOWN, FHIR_STATE, FHIR_ZIP, FHIR_COUNTRY, FHIR_ORGANIZATION,
    FHIR_IP, FHIR_PLAN, FHIR_ACCOUNT, FHIR_DEVICE, FHIR_NUMBER,
    FHIR_EMPTY, /* of the table: no element */
};
/* clang-format on */

/* What a Reference may lead to (`hint` of its element). */
enum {
    FHIR_TO_PATIENT = 1,
    FHIR_TO_RELATED = 2, /* also Person */
    FHIR_TO_CLINICIAN = 4,
    FHIR_TO_ORGANIZATION = 8,
    FHIR_TO_PLACE = 16,
    FHIR_TO_OTHER = 32,
    FHIR_TO_ANY = 64,
};

struct fhir_element {
    uint16_t owner, key; /* of the table */
    uint16_t type;       /* of an object under the key; FHIR_T_UNKNOWN when none is expected */
    uint8_t kind;        /* enum fhir_kind: of a string under it */
    uint8_t hint;
};

/* The key that it is the element of, out of the table. */
view fhir_element_name(const struct fhir_element *e);
/* The name of a resource's type, out of the table; "?" when there is none. */
view fhir_resource_name(unsigned type);
/* Types that stand for any resource. */
bool fhir_is_any_resource(unsigned type);
/* NULL when nothing is known of such a key. */
const struct fhir_element *fhir_element(unsigned type, view key);
/* The type of resources of that name; FHIR_T_UNKNOWN. *is_definition: it has an address of its own that
 * many share (ValueSet, Questionnaire); may be NULL. */
unsigned fhir_resource(view name, bool *is_definition);
