/* detect/name_context.h — what the words around a run say about whose name it is, if any.
 * Threads: pure. */
#pragma once
#include "detect/name_run.h"

struct name_context {
    int points;     /* added to the run's own */
    enum rule rule; /* the strongest reason, or RULE_NONE */
    enum finding_role role;
    uint32_t cue_first, cue_last; /* tokens of that reason; meaningful if rule is set */
    bool is_led;                  /* a cue that introduces a name stands directly before */
};
/* Adds points for the tokens first … last; the strongest reason stays. */
static inline void name_context_reason(struct name_context *c, int points, enum rule rule,
                                       uint32_t first, uint32_t last, enum finding_role role)
{
    if (points > c->points || c->rule == RULE_NONE) {
        c->rule = rule;
        c->cue_first = first;
        c->cue_last = last;
    }
    c->points += points;
    if (role && !c->role) c->role = role;
}
/* May `is_led` be set before token i? A cheap look that says no only where name_context_before does. */
bool name_context_may_lead(const struct doc *d, uint32_t i);
/* Reads before token i. */
struct name_context name_context_before(const struct doc *d, uint32_t i);
/* Reads after token `last` and adds to *c. */
void name_context_after(const struct doc *d, uint32_t last, struct name_context *c);
