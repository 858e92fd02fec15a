/* format/hl7_options.h — what a site says about fields of its HL7 v2 messages, Z-segments among them.
 * Threads: immutable; share it. */
#pragma once
#include "format/format.h"

enum { HL7_ANY = 0 };
struct hl7_field_rule {
    char segment[4];
    uint16_t field;                   /* 1 … */
    uint16_t component, subcomponent; /* 1 …, HL7_ANY: all of them */
    bool keep;                        /* is left as it is, whatever it holds */
    enum piece_role role;             /* else; ROLE_TEXT: looked at as prose */
    enum piece_who who;
};
/* The most particular rule wins; of equals the last. */
struct hl7_options {
    const struct hl7_field_rule *rules;
    uint32_t n;
};
