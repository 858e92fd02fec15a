#include "deid/site_actions.h"

#include "deid/site_config.h"

bool site_action_from_name(view name, enum action *out)
{
    static const struct {
        const char *name;
        enum action action;
    } known[] = {
        { "keep", ACTION_KEEP },           { "mask", ACTION_MASK },   { "tag", ACTION_TAG },
        { "surrogate", ACTION_SURROGATE }, { "year", ACTION_YEAR },   { "shift", ACTION_SHIFT },
        { "zip3", ACTION_ZIP3 },           { "age90", ACTION_AGE90 },
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (!view_eq(view_of_str(known[i].name), name)) continue;
        *out = known[i].action;
        return true;
    }
    return false;
}

bool site_action_fits(enum label l, enum action a)
{
    switch (a) {
    case ACTION_YEAR:
    case ACTION_SHIFT: return l == LABEL_DATE;
    case ACTION_ZIP3: return l == LABEL_LOCATION;
    case ACTION_AGE90: return l == LABEL_AGE;
    case ACTION_SURROGATE: return l != LABEL_DATE; /* a date that is no other's is a shifted one */
    default: return true;
    }
}

/* What 164.514(e)(2) does not list, so that a limited data set may hold it. */
static bool limited_may_keep(enum label l)
{
    return l == LABEL_DATE || l == LABEL_AGE || l == LABEL_ORGANIZATION;
}

const char *site_action_refused(enum profile p, enum label l, enum action a)
{
    switch (p) {
    case PROFILE_SAFE_HARBOR:
        if (a == ACTION_KEEP)
            return "actions: safe-harbor must remove this label, 45 CFR 164.514(b)(2)(i); it can't "
                   "be "
                   "kept";
        if (a == ACTION_SHIFT)
            return "actions: safe-harbor may keep no more of a date than its year, 45 CFR "
                   "164.514(b)(2)(i)(C); it can't be shifted";
        return NULL;
    case PROFILE_LIMITED:
        if (a == ACTION_KEEP && !limited_may_keep(l))
            return "actions: a limited data set must be without this label, 45 CFR 164.514(e)(2); "
                   "it "
                   "can't be kept";
        return NULL;
    case PROFILE_TRANSPORT:
        if (a == ACTION_MASK || a == ACTION_YEAR || a == ACTION_ZIP3 || a == ACTION_AGE90)
            return "actions: transport takes keep, tag, surrogate and shift: the rest can't be "
                   "undone on "
                   "the way back";
        return NULL;
    case PROFILE_EXPERT:
    case PROFILE_COUNT: break;
    }
    return NULL;
}

err site_actions_check(const struct site_config *c, enum profile p, struct diag *d)
{
    for (unsigned l = 0; c && l < LABEL_COUNT; l++) {
        const struct site_action *a = &c->actions[l];
        const char *why = a->is_set ? site_action_refused(p, (enum label)l, a->action) : NULL;
        if (why) return diag_set_line(d, ERR_CONFIG, why, a->line, a->column);
    }
    return OK;
}
