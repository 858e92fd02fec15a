/* deid/profile.h — what each profile does with each kind of identifier.
 *
 * One row a profile, read by deid/deid.c alone; docs/profiles.md explains it to users.
 * Source: 45 CFR 164.514(b)(2), (b)(1), (e)(2).   Threads: constant data.
 */
#pragma once
#include "deid/deid.h"

struct profile_row {
    const char *name, *claim;
    enum { KEY_NEVER, KEY_MAY, KEY_MUST } key;
    enum style style; /* when the user names none */
    enum action date, age;
    bool zip3;             /* ZIP codes become areas; else they are replaced as other places */
    bool keep_wide_places; /* town, state and ZIP stay, street addresses go */
    bool keep_organizations;
    bool per_document; /* equal values in two documents get unrelated replacements */
};
const struct profile_row *profile_row(enum profile p);

/* ERR_CONFIG, with the reason in *d, when the combination contradicts what the profile claims. */
MUST_USE err profile_check(const struct deid_params *p, struct diag *d);

/* The action for each label, and in *zip_action the one for a LOCATION that is a ZIP code. */
void profile_actions(const struct deid_params *p, enum action action[LABEL_COUNT],
                     enum action *zip_action);
/* Does this finding stay as it is under the profile? */
bool profile_keeps(const struct profile_row *row, const struct finding *f);
