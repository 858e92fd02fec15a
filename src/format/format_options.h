/* format/format_options.h — what a user or a site says about inputs that their bytes do not tell.
 *
 * Each format has its own struct, declared in its own header; NULL means: nothing was said, the
 * content decides. What is pointed to is immutable and outlives every input read with it.
 * Threads: immutable; share it.
 */
#pragma once

struct csv_options;        /* format/csv.h: dialect and columns of tables */
struct hl7_options;        /* format/hl7_options.h: what a site's fields and Z-segments hold */
struct attachment_options; /* format/attachment_options.h: of FHIR and CDA */
struct json_paths;         /* format/json_paths.h: which keys of JSON documents hold what */

struct format_options {
    const struct csv_options *csv;
    const struct hl7_options *hl7;
    const struct attachment_options *attachments;
    const struct json_paths *json;
};
