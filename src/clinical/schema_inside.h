/* clinical/schema_inside.h — the parts of a schema's YAML, between the files that read it (schema_*.c) alone.
 *
 *     schema_read.c       the file as a whole, and what it takes from another schema
 *     schema_words.c      words, cues and values
 *     schema_findings.c   findings and how they hang together
 *
 * What is wrong is refused with its line and column.   Threads: one owner. */
#pragma once
#include "clinical/schema.h"
#include "format/yaml.h"

struct schema_reading {
    struct yaml y;
    struct schema *s;
    struct vocab_builder *b;
    struct diag *d;
    struct fy_node *without; /* names of findings that are not taken from another schema */
};

/* ---- schema_read.c: for all parts; n may be NULL where nothing is said ---- */

/* After a failure of the vocabulary: a wrong pattern has a place, lack of memory has none. */
err schema_refuse(struct schema_reading *r, struct fy_node *n, err e, const char *why);
/* `type`: a literal that says what is expected. */
MUST_USE err schema_add_patterns(struct schema_reading *r, struct fy_node *n, struct meaning m,
                                 const char *type);
/* The scalar, into the schema's arena. */
MUST_USE err schema_keep(struct schema_reading *r, struct fy_node *n, const char *what, view *out);

/* ---- schema_words.c; n may be NULL ---- */

MUST_USE err schema_read_words(struct schema_reading *r, struct fy_node *n);
MUST_USE err schema_read_cues(struct schema_reading *r, struct fy_node *n);
MUST_USE err schema_read_values(struct schema_reading *r, struct fy_node *n);

/* ---- schema_findings.c ---- */

MUST_USE err schema_read_findings(struct schema_reading *r, struct fy_node *n);
