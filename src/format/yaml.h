/* format/yaml.h — YAML nodes read strictly, each failure with its line and column.
 *
 * A key that is not known or comes twice, an alias, a tag, another type than asked for: all are refused.
 * Threads: one thread a document.
 */
#pragma once
#include "base/diag.h"
#include "base/mem.h"

struct fy_node;

/* A kind of mapping: its keys, and what is said of its faults. End `keys` with NULL. */
struct yaml_place {
    const char *const *keys;
    const char *type, *unknown, *twice, *empty; /* literals */
};
/* clang-format off */
#define YAML_PLACE(name, list)                                                                     \
    {                                                                                              \
        .keys = (list),                                                                            \
        .type = name ": a mapping of keys to values is expected",                                  \
        .unknown = name ": there is no such key",                                                  \
        .twice = name ": the key was given before",                                                \
        .empty = name ": the key has no value"                                                     \
    }
/* clang-format on */
enum { YAML_KEYS_MAX = 32 };

struct yaml {
    struct fy_parser *parser;
    struct fy_document *document;
    struct fy_diag *faults;
    struct diag *d;
    uint32_t line, column; /* of the last node looked at: of an empty node, its key's */
};

/* Parses `text`, which is borrowed until yaml_close. ERR_CONFIG with the place of what is not YAML. */
MUST_USE err yaml_open(struct yaml *y, view text, struct diag *d, struct fy_node **root);
void yaml_close(struct yaml *y);

/* Where the node stands, into y->line and y->column. */
void yaml_locate(struct yaml *y, struct fy_node *n);
/* Fills the diag with the node's place and gives e; `literal` must be one. */
err yaml_refuse(struct yaml *y, struct fy_node *n, err e, const char *literal);

/* The values of a mapping in the order of place->keys, NULL for those that are missing. */
MUST_USE err yaml_mapping(struct yaml *y, struct fy_node *n, const struct yaml_place *place,
                          struct fy_node *values[YAML_KEYS_MAX]);
/* A scalar of at least one character; the view lives as long as the document. `what` says otherwise. */
MUST_USE err yaml_scalar(struct yaml *y, struct fy_node *n, const char *what, view *out);
/* Is n a sequence? Else refuses with `what`. */
MUST_USE err yaml_sequence(struct yaml *y, struct fy_node *n, const char *what);
/* The next item; start with *pos NULL. NULL behind the last. */
struct fy_node *yaml_item(struct fy_node *n, void **pos);
