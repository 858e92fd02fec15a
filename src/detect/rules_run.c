#include "detect/rules_run.h"

#include "detect/detectors.h"

static const struct {
    detector_fn *find;
    bool is_neutral;
} detectors[] = {
    { date_find, true },
    { age_find, false },
    { phone_find, true },
    { email_find, true },
    { url_find, true },
    { ip_find, true },
    { ssn_find, false },
    { id_find, true },
    { encoded_find, true },
    { street_find, false },
    { place_find, false },
    { place_zip_find, false },    /* looks before postal codes */
    { street_whole_find, false }, /* looks beside streets and towns */
    { organization_find, false },
    { place_asked_find, false },
    { place_behind_find, false },
    { name_find, false },
    { organization_tail_find, false }, /* looks behind names and places */
    { place_named_find, false },       /* looks behind names */
    { id_beside_find, false },         /* looks beside names */
    { id_stamp_find, true },           /* looks beside dates */
    { place_point_find, true },
    { field_find, true }, /* last: it sees what is left */
};

err rules_run(enum rules_set set, const struct doc *d, struct findings *out)
{
    err e = OK;
    for (size_t i = 0; i < COUNT_OF(detectors); i++)
        if (set == RULES_ALL || detectors[i].is_neutral) TRY(detectors[i].find(d, out));
out:
    return e;
}
