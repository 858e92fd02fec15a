/* deid/site_hl7.h — what a site file says about fields of HL7 v2 messages:
 *
 *     hl7:
 *       - {field: ZPD-2.1, role: family/patient}     component 1 of field 2
 *       - {field: ZPD-4, role: birth}                all of a field
 *       - {field: ZPD-7, role: keep}                 left as it is
 *       - {field: OBR-18, role: text}                looked at as prose
 *
 * Roles are written as those of columns (format/csv.h). A field of the standard that names, locates or
 * numbers a person can't be kept.   Threads: immutable once read; share it.
 */
#pragma once
#include "format/hl7_options.h"
#include "format/yaml.h"

enum { SITE_HL7_MAX = 4096 };
struct site_hl7 {
    struct hl7_options options; /* its rules are owned */
};

/* The value of the key `hl7`. ERR_CONFIG with its place, ERR_LIMIT, ERR_MEMORY. */
MUST_USE err site_hl7_read(struct yaml *y, struct fy_node *n, struct site_hl7 *out);
void site_hl7_clear(struct site_hl7 *s);
