/* format/fhir_path.h — where in a resource bytes lie: "Patient.name[0].given[1]".
 *
 *     TRY(fhir_paths_new(&paths, document, arena));
 *     TRY(fhir_paths_at(paths, at, &out));                    again and again, in ascending order
 *
 * Names of the definitions and numbers only.   Threads: one owner.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum { FHIR_PATH_MAX = 4096 };

struct fhir_paths;
/* `doc` is borrowed, with its byte order mark where it has one. In the arena. ERR_MEMORY. */
MUST_USE err fhir_paths_new(struct fhir_paths **out, view doc, struct arena *a);
/* Appends the path of the element in which byte `at` of the document lies; `at` is no less than the one before.
 * ERR_MEMORY, ERR_LIMIT. */
MUST_USE err fhir_paths_at(struct fhir_paths *f, size_t at, struct buf *out);
