/* api/library.h — what stands behind include/cordon.h: the library's things, and its errors.
 *
 * The public header is the contract; here are only the insides that several files of api/ share.
 * Threads: as cordon.h says.
 */
#pragma once
#include <cordon.h>

#include "base/buf.h"
#include "deid/deid.h"
#include "redact/restore.h"

struct cordon_engine {
    struct deid *deid;
    struct site_config *site; /* NULL: none */
    struct key *key;          /* NULL: deid has one of its own */
    enum profile profile;
    size_t max_text;
};
struct cordon_session {
    const struct cordon_engine *engine; /* borrowed */
    struct deid_scratch *deid;
    struct detect_scratch *detect;
    struct arena arena; /* of a decoded text */
    struct findings found;
    struct cordon_finding *list; /* owned: what cordon_detect returned last */
};
struct cordon_redaction {
    struct buf text;                 /* ends in a NUL that is not part of it */
    struct cordon_replacement *list; /* owned */
    size_t n;
    struct restore *restore;
};

/* The public code for e; fills *problem, unless it is NULL, from d. What only the system can have caused
 * becomes CORDON_ERROR_SYSTEM. */
enum cordon_error library_result(err e, const struct diag *d, struct cordon_problem *problem);
/* The text at (p, n), never with p NULL. ERR_USAGE when there is none, or ERR_LIMIT past `max`. */
MUST_USE err library_text(const char *p, size_t n, size_t max, view *out, struct diag *d);
