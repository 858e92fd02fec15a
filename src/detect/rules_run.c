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

void rules_run_together(struct rules_task *v, uint32_t n)
{
    for (size_t i = 0; i < COUNT_OF(detectors); i++)
        for (struct rules_task *t = v; t < v + n; t++)
            if (!t->result && (t->set == RULES_ALL || detectors[i].is_neutral))
                t->result = detectors[i].find(t->doc, t->out);
}

err rules_run(enum rules_set set, const struct doc *d, struct findings *out)
{
    struct rules_task one = { set, d, out, OK };
    rules_run_together(&one, 1);
    return one.result;
}
