/* deid/site_config.h — what a site adjusts without code, in one YAML file; docs/site.md shows it.
 *
 *     version: 1
 *     allow: [Elm Street protocol]
 *     deny: [{text: Ward 7 North, label: LOCATION}]
 *     patterns: [{name: study, label: ID, regex: 'ZX-\d{6}', cue: study, min: 9, max: 9}]
 *     actions: {ORGANIZATION: keep, PHONE: mask}
 *     dates: {order: dmy, shift: weeks}
 *     rosters: [{file: patients.txt, kind: patient, form: "family,given"}]
 *     hl7: [{field: ZPD-2.1, role: family/patient}]
 *     json: [{path: $.patient.name, role: name}]
 *
 * What is not understood is refused with its line and column and the name of the place, never with its
 * content. Roster files lie beside the YAML file: their paths are relative to it.
 * One of the form "records" is no list but anything that `cordon deid` reads (a table with a header, FHIR, HL7):
 * what it says of each patient goes into the patient index (deid/patient_index.h), and is not read here.
 * Threads: immutable once read; share it.
 */
#pragma once
#include "base/buf.h"
#include "base/diag.h"
#include "deid/site_hl7.h"
#include "deid/site_json.h"
#include "detect/label.h"
#include "redact/redact.h"

enum {
    SITE_FILE_MAX = 1 << 20,   /* bytes of the YAML file */
    SITE_ROSTER_MAX = 64 << 20 /* bytes of a roster */
};

struct site_terms;
struct site_patterns;
struct site_action {
    bool is_set;
    enum action action;
    uint32_t line, column; /* where it is said */
};
struct site_config {
    struct site_terms *terms;       /* owned; never NULL */
    struct site_patterns *patterns; /* owned; never NULL */
    struct site_action actions[LABEL_COUNT];
    enum date_order date_order; /* month first if the file does not say */
    bool shift_whole_weeks;
    struct site_hl7 hl7;     /* owned */
    struct json_paths *json; /* owned; never NULL */
    uint32_t n_allow, n_deny, n_patterns, n_actions, n_rosters;
    uint64_t n_names, n_ids; /* of all rosters */
    struct buf records;      /* paths of the rosters of records, each with a NUL behind it */
};

/* The file at `path`. ERR_CONFIG, with line and column for what it says; ERR_LIMIT, ERR_MEMORY. */
MUST_USE err site_config_open(struct site_config **out, const char *path, struct diag *d);
/* From bytes; `folder` is where rosters lie ("" for the present one), NULL when there may be none. */
MUST_USE err site_config_read(struct site_config **out, view yaml, const char *folder,
                              struct diag *d);
void site_config_free(struct site_config *c); /* wiped */
