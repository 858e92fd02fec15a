/* format/formats.h — the formats there are; format.c makes the table, one file each the rest. */
#pragma once
#include "format/format.h"

extern const struct format format_cda;   /* cda.c: and other XML */
extern const struct format format_hl7;   /* hl7.c */
extern const struct format format_text;  /* plain_text.c */
extern const struct format format_jsonl; /* jsonl.c */
extern const struct format format_json;  /* jsonl.c: one document, over as many lines as it likes */
extern const struct format format_csv;   /* csv.c: delimiter by content */
extern const struct format format_tsv;   /* csv.c: tabs */
extern const struct format format_fhir;  /* fhir.c: a resource or Bundle */
extern const struct format format_fhir_lines; /* fhir.c: one a line (bulk export) */
