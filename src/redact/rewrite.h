/* redact/rewrite.h — the edits of one text as they come together, and what every replacer is given.
 *
 * A replacer (surrogate_name, tag_value …) is called for one finding. It puts replacements for parts of
 * the value; what it does not put stays. It says *done = false when it can't replace the value surely:
 * the caller then takes back its edits and masks the whole.   Threads: one owner.
 */
#pragma once
#include "base/arena.h"
#include "detect/finding.h"
#include "redact/keyed.h"
#include "redact/redact.h"
#include "text/edit.h"

struct persons_source;
struct rewrite {
    struct arena *arena;                  /* borrowed; edits and their texts live there */
    struct keyed_domain *keys;            /* borrowed */
    const struct persons_source *persons; /* borrowed; NULL: nobody is known */
    struct edit *v;
    uint32_t n, cap;
    /* of the finding in hand */
    view value;
    uint32_t base; /* where value begins in the text */
    enum label label;
    uint8_t part; /* enum finding_part */
    bool follows; /* set by a replacer: what comes out may hang on who else is in the text */
    bool
        may_stay; /* set by a replacer: the value as it is would be right too (a bare year, "90+") */
};

/* Replaces bytes [from, to) of the value by `with` (copied). Places in ascending order. An edit that
 * changes nothing is left out. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err rewrite_put(struct rewrite *r, size_t from, size_t to, view with);

/* Every replacer. OK also when *done is false; else ERR_MEMORY or ERR_LIMIT. */
typedef err replacer_fn(struct rewrite *r, bool *done);
replacer_fn surrogate_name;         /* NAME */
replacer_fn surrogate_place;        /* LOCATION */
replacer_fn surrogate_organization; /* ORGANIZATION */
replacer_fn surrogate_number; /* MRN, PLAN, ACCOUNT, LICENSE, VEHICLE, DEVICE, BIOMETRIC, ID */
replacer_fn surrogate_ssn;
replacer_fn surrogate_phone; /* PHONE, FAX */
/* The value is the digits of `number` behind its first `at`: the same of what the number becomes. As a number of its
 * own where it isn't. */
MUST_USE err surrogate_phone_part(struct rewrite *r, view number, uint32_t at, bool *done);
replacer_fn surrogate_email;
replacer_fn surrogate_url;
replacer_fn surrogate_ip;
replacer_fn age_ninety;
replacer_fn zip_three;

/* What is done with f under p; its own domain fits `dom` (redact.c). */
enum action redact_action_for(const struct redact_params *p, const struct finding *f);
bool redact_is_prepared(const struct redact_params *p, const struct redact_domains *dom);
