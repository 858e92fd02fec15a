/* format/json_paths.h — which values of JSON documents hold what, by paths (a part of RFC 9535).
 *
 *     $.patient.name          a child by its key; keys with other signs than letters, digits and '_' as
 *     $['patient-name']       quoted ones, '\\' before a quote or a backslash
 *     $.visits[*].note        every element of an array, or every value of an object; also $.visits.*
 *     $.visits[0].note        one element, from 0
 *     $..ssn                  at any depth below; "..ssn" is short for it
 *
 * Filters, slices, lists of keys and negative indexes are refused. A path says what its value is, and
 * all that is inside it: the deepest value that a path leads to decides, and of several paths to it the
 * last. What no path leads to is looked at as ever.
 * Threads: immutable once filled; share it.
 */
#pragma once
#include "format/format.h"

enum {
    JSON_PATH_BYTES_MAX = 1024,
    JSON_PATH_STEPS_MAX = 31, /* a bit each of a word */
    JSON_PATHS_MAX = 256,
};

enum json_step_kind { JSON_STEP_KEY, JSON_STEP_INDEX, JSON_STEP_ANY };
struct json_step {
    view key;       /* of KEY; decoded */
    uint32_t index; /* of INDEX, from 0 */
    uint8_t kind;   /* enum json_step_kind */
    bool is_deep;   /* at any depth below */
};
struct json_path {
    const struct json_step *steps;
    uint32_t n; /* 0: "$", the whole document */
};
/* What is wrong with a path: a literal, and where. */
struct json_path_fault {
    const char *what;
    size_t offset;
    bool is_role; /* the role is, not the path */
};
/* Steps and keys lie in the arena. ERR_FORMAT with *fault filled, ERR_MEMORY. */
MUST_USE err json_path_parse(view text, struct arena *a, struct json_path *out,
                             struct json_path_fault *fault);

struct json_rule {
    struct json_path path;
    enum piece_role role; /* ROLE_TEXT: looked at word by word */
    enum piece_who who;
    bool keep; /* stays as it is, whatever it holds */
};
struct json_paths; /* owns its rules */
MUST_USE err json_paths_new(struct json_paths **out);
void json_paths_free(struct json_paths *p);
/* One more rule, of a path and a role as tables have them ("name/clinician", "text", "keep"). ERR_FORMAT with
 * *fault filled, ERR_LIMIT past JSON_PATHS_MAX, ERR_MEMORY. */
MUST_USE err json_paths_add(struct json_paths *p, view path, view role,
                            struct json_path_fault *fault);
/* Those of `before`, which must outlive p, count before p's own. */
void json_paths_follow(struct json_paths *p, const struct json_paths *before);
uint32_t json_paths_count(const struct json_paths *p); /* with those before */

/* ---- following paths through a document ---- */

/* The paths that may still lead to a value or below it, and the rule that holds for it. */
struct json_state;
struct json_tracks {
    const struct json_paths *paths; /* borrowed; NULL: none, and all else is unused */
    struct arena *arena;            /* borrowed */
    struct json_state *levels;      /* of the value last entered at each depth */
    uint32_t cap, n;
};
/* At the root: everything begins anew. ERR_MEMORY. */
MUST_USE err json_tracks_start(struct json_tracks *t);
/* A value inside the container at `depth` (1: the outermost) begins: under `key`, or as element `index` when
 * there is no key. Its own depth, should it be a container, is depth + 1. ERR_MEMORY. */
MUST_USE err json_tracks_enter(struct json_tracks *t, uint32_t depth, bool has_key, view key,
                               uint32_t index);
/* The rule of the value last entered at that depth; NULL: none leads to it. */
const struct json_rule *json_tracks_rule(const struct json_tracks *t, uint32_t depth);
