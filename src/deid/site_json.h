/* deid/site_json.h — what a site file says about values of JSON documents:
 *
 *     json:
 *       - {path: "$.patient.name", role: name}
 *       - {path: "$..author", role: name/clinician}
 *       - {path: "$.meta", role: keep}                 and all inside it
 *
 * Paths are those of format/json_paths.h, roles those of columns (format/csv.h) but for code, measure and
 * category.   Threads: immutable once read; share it.
 */
#pragma once
#include "format/json_paths.h"
#include "format/yaml.h"

/* The value of the key `json`, added to `out`. ERR_CONFIG with its place, ERR_MEMORY. */
MUST_USE err site_json_read(struct yaml *y, struct fy_node *n, struct json_paths *out);
