/* deid/json_shape.h — which paths JSON documents have, and what the values there are taken for: what
 * `cordon deid --columns show` is for tables.
 *
 *     struct json_shape *s;  json_shape_new(&s, paths);
 *     TRY(json_shape_add(s, line, diag));                 for each document
 *     TRY(json_shape_print(s, &out));                     rows for the `json` part of a site file
 *
 * Elements of arrays, and values under keys that are data rather than words of a schema, are one path. No value is
 * kept.   Threads: one owner.
 */
#pragma once
#include "base/buf.h"
#include "format/json_paths.h"

enum { JSON_SHAPE_PATHS_MAX = 2000 };

struct json_shape;
/* `paths`: the user's own, borrowed; NULL: none. */
MUST_USE err json_shape_new(struct json_shape **out, const struct json_paths *paths);
void json_shape_free(struct json_shape *s); /* NULL is fine */
/* ERR_FORMAT with the offset in the document, ERR_MEMORY. Paths past JSON_SHAPE_PATHS_MAX are only counted. */
MUST_USE err json_shape_add(struct json_shape *s, view document, struct diag *d);
MUST_USE err json_shape_print(const struct json_shape *s, struct buf *out);
