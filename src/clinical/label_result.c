/* clinical/label_result.c — what a result is called, and what it is made of. */
#include "clinical/labeler.h"

const char *report_state_name(enum report_state s)
{
    static const char *const names[] = {
#define X(name, text, why) text,
        REPORT_STATE_MAP(X)
#undef X
    };
    return names[s];
}

const char *report_state_meaning(enum report_state s)
{
    static const char *const meanings[] = {
#define X(name, text, why) why,
        REPORT_STATE_MAP(X)
#undef X
    };
    return meanings[s];
}

err label_set_statements(struct label_result *r, const struct statement *v, uint32_t n,
                         struct arena *a)
{
    uint32_t *next = arena_array(a, (size_t)n + 1, sizeof *next);
    if (!next) return ERR_MEMORY;
    r->told = 0;
    for (uint32_t i = n; i-- > 0;) {
        next[i] = label_first(r, v[i].finding);
        r->first[v[i].finding] = i;
        r->told |= UINT64_C(1) << v[i].finding;
    }
    r->statements = v;
    r->n_statements = n;
    r->next = next;
    return OK;
}

bool label_is_evidence(const struct label_result *r, uint32_t i)
{
    const struct statement *st = &r->statements[i];
    const struct answer *a = &r->answers[st->finding];
    return r->counts[i] && st->status == a->status &&
           (a->status != STATUS_NOT_MENTIONED || st->historical || st->hypothetical ||
            st->other_person);
}
