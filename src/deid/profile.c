#include "deid/profile.h"

#include "deid/site_actions.h"
#include "deid/site_config.h"

/* Safe harbor takes no key: 45 CFR 164.514(c)(1) wants codes that are not derived from information
 * about the individual, and a keyed tag is. Expert and transport take one always: their dates move
 * by an offset that must be the same in every run on the same patient. */
static const struct profile_row rows[PROFILE_COUNT] = {
    [PROFILE_SAFE_HARBOR] = {
        .name = "safe-harbor",
        .claim = "safe harbor, 45 CFR 164.514(b)(2), if nobody knows that the rest "
                 "identifies someone",
        .key = KEY_NEVER, .style = STYLE_TAG, .date = ACTION_YEAR, .age = ACTION_AGE90,
        .zip3 = true, .per_document = true,
    },
    [PROFILE_EXPERT] = {
        .name = "expert",
        .claim = "none by itself: input to an expert determination, 45 CFR 164.514(b)(1)",
        .key = KEY_MUST, .style = STYLE_SURROGATE, .date = ACTION_SHIFT, .age = ACTION_AGE90,
    },
    [PROFILE_LIMITED] = {
        .name = "limited",
        .claim = "limited data set, 45 CFR 164.514(e): still identifiable, needs a data use "
                 "agreement",
        .key = KEY_MAY, .style = STYLE_TAG, .date = ACTION_KEEP, .age = ACTION_KEEP,
        .keep_wide_places = true, .keep_organizations = true,
    },
    [PROFILE_TRANSPORT] = {
        .name = "transport",
        .claim = "a safeguard on a permitted disclosure, never de-identification",
        .key = KEY_MUST, .style = STYLE_TAG, .date = ACTION_SHIFT, .age = ACTION_TAG,
    },
};

const struct profile_row *profile_row(enum profile p)
{
    BUG_IF((unsigned)p >= PROFILE_COUNT);
    return &rows[p];
}

const char *profile_name(enum profile p)
{
    return profile_row(p)->name;
}

const char *profile_claim(enum profile p)
{
    return profile_row(p)->claim;
}

bool profile_from_name(view name, enum profile *out)
{
    for (unsigned p = 0; p < PROFILE_COUNT; p++) {
        if (!view_eq(view_of_str(rows[p].name), name)) continue;
        *out = (enum profile)p;
        return true;
    }
    return false;
}

err profile_check(const struct deid_params *p, struct diag *d)
{
    if ((unsigned)p->profile >= PROFILE_COUNT) return DIAG(d, ERR_CONFIG, "no such profile");
    const struct profile_row *row = profile_row(p->profile);
    bool has_key = p->key && !key_is_ephemeral(p->key);
    if (row->key == KEY_NEVER && has_key)
        return DIAG(
            d, ERR_CONFIG,
            "safe-harbor takes no key: whoever holds it could compute replacements again, "
            "which 45 CFR 164.514(c)(1) rules out; leave the key out, or use the profile expert");
    if (row->key == KEY_MUST && !has_key) {
        if (p->profile == PROFILE_EXPERT)
            return DIAG(d, ERR_CONFIG,
                        "expert needs a key, so that a patient's dates move by the same offset in "
                        "every run; make one with `cordon key new FILE`");
        return DIAG(
            d, ERR_CONFIG,
            "transport needs a key, so that replacements can be undone on the way back; make "
            "one with `cordon key new FILE`");
    }
    if (p->profile == PROFILE_TRANSPORT && p->style == STYLE_MASK)
        return DIAG(d, ERR_CONFIG,
                    "transport takes tags or surrogates: a mask can't be undone on the way back");
    err e = site_actions_check(p->site, p->profile, d);
    if (e) return e;
    enum action action[LABEL_COUNT], zip;
    profile_actions(p, action, &zip);
    if (p->shift_whole_weeks && action[LABEL_DATE] != ACTION_SHIFT)
        return DIAG(d, ERR_CONFIG,
                    "whole weeks are for dates that are shifted, and this profile shifts none; "
                    "expert and transport do");
    return OK;
}

static enum action style_action(enum style s)
{
    switch (s) {
    case STYLE_MASK: return ACTION_MASK;
    case STYLE_SURROGATE: return ACTION_SURROGATE;
    case STYLE_TAG:
    case STYLE_DEFAULT: break;
    }
    return ACTION_TAG;
}

void profile_actions(const struct deid_params *p, enum action action[LABEL_COUNT],
                     enum action *zip_action)
{
    const struct profile_row *row = profile_row(p->profile);
    enum action usual = style_action(p->style == STYLE_DEFAULT ? row->style : p->style);
    for (unsigned l = 0; l < LABEL_COUNT; l++)
        action[l] = usual;
    action[LABEL_DATE] = row->date;
    action[LABEL_AGE] = row->age;
    if (row->keep_organizations) action[LABEL_ORGANIZATION] = ACTION_KEEP;
    *zip_action = row->zip3 ? ACTION_ZIP3 : usual;
    for (unsigned l = 0; p->site && l < LABEL_COUNT; l++)
        if (p->site->actions[l].is_set) action[l] = p->site->actions[l].action;
    if (p->site && p->site->actions[LABEL_LOCATION].is_set) *zip_action = action[LABEL_LOCATION];
}

bool profile_keeps(const struct profile_row *row, const struct finding *f)
{
    if (!row->keep_wide_places || f->label != LABEL_LOCATION || f->is_mixed) return false;
    return f->part == PART_TOWN || f->part == PART_ZIP || f->part == PART_STATE;
}
