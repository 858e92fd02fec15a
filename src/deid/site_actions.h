/* deid/site_actions.h — what a site may ask to be done with a label, and which profiles bear it.
 * Source: 45 CFR 164.514(b)(2)(i), (e)(2).   Threads: constant data. */
#pragma once
#include "deid/deid.h"

/* "keep", "mask", "tag", "surrogate", "year", "shift", "zip3", "age90". */
bool site_action_from_name(view name, enum action *out);
/* Is it something that can be done with this label? Only a date can be shifted. */
bool site_action_fits(enum label l, enum action a);
/* NULL when the profile may still claim what it claims; else a literal that says why not. */
const char *site_action_refused(enum profile p, enum label l, enum action a);
/* OK, or ERR_CONFIG with the line of the first action that the profile does not bear. */
MUST_USE err site_actions_check(const struct site_config *c, enum profile p, struct diag *d);
