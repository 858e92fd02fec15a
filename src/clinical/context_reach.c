/* clinical/context_reach.c — the cues that reach a mention, see context_inside.h. */
#include "clinical/context_inside.h"
#include "clinical/elided.h"

enum { REACH_WORDS = 60, ADJECTIVE_WORDS = 3, NEAR_WORDS = 5 };

void judging_find_clause(struct judging *j)
{
    const struct sentence_hits *h = j->h;
    uint32_t low = j->m->first > h->first + REACH_WORDS ? j->m->first - REACH_WORDS : h->first;
    uint32_t high = MIN(h->end, j->m->end + REACH_WORDS);
    j->begin = j->m->first;
    while (j->begin > low && !hit_break(h, j->begin))
        j->begin--;
    j->end = j->m->end;
    while (j->end < high && !hit_break(h, j->end))
        j->end++;
}

bool judging_verb_between(const struct judging *j, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < j->h->cues.n; k++) {
        const struct cue_hit *q = hit_cue(j->h, k);
        if (q->first >= to) break;
        if (q->kind == CUE_VERB && !q->hidden && q->first >= from) return true;
    }
    return false;
}

static bool is_adjective(const struct judging *j, const struct cue_hit *q)
{
    return q->end == q->first + 1 && j->h->words->symbols[q->first] != j->h->schema->word_history;
}

/* "with [a]" and then a size or a course: what follows is told for itself. */
static bool begins_anew(const struct judging *j, uint32_t from, uint32_t to)
{
    const struct sentence_hits *h = j->h;
    const uint16_t *s = h->words->symbols;
    for (uint32_t k = 0; k < h->values.n; k++) {
        const struct value_hit *v = hit_value(h, k);
        uint32_t before = v->first;
        if (v->first >= to) break;
        if (before > from + 1 && s[before - 1] == h->schema->word_a) before--;
        if (before > from && s[before - 1] == h->schema->word_with) return true;
    }
    return false;
}

bool judging_mention_between(const struct judging *j, uint32_t from, uint32_t to, bool others_only)
{
    for (uint32_t k = 0; k < j->h->mentions.n; k++) {
        const struct mention *o = hit_mention(j->h, k);
        if (o->first >= to) break;
        if (o->kind == PATTERN_FIND && !o->dropped && o->first >= from &&
            !(others_only && o->finding == j->m->finding))
            return true;
    }
    return false;
}

bool judging_is_lasting(const struct judging *j)
{
    return j->m->finding < j->h->schema->n_findings &&
           j->h->schema->findings[j->m->finding].lasting;
}

/* A circumstance that is there whatever is denied before it: "no edema in the setting of cardiomegaly". After
 * what a finding came, or of which the patient has a history, is there still when it is a thing that lasts:
 * "no pneumothorax after chest tube placement". Behind a comma or "or" the denied list goes on: "no opacity
 * near the hilum, or effusion". */
static bool setting_between(const struct judging *j, uint32_t from, uint32_t to)
{
    const struct schema *s = j->h->schema;
    for (uint32_t k = 0; k < j->h->cues.n; k++) {
        const struct cue_hit *q = hit_cue(j->h, k);
        if (q->first >= to) break;
        if (q->first <= from || q->end > to || q->hidden) continue;
        if (q->kind != CUE_SETTING && q->kind != CUE_PAST) continue;
        if (judging_between(j, SYM_COMMA, q->end, to) || judging_between(j, s->word_or, q->end, to))
            continue;
        const uint16_t word = j->h->words->symbols[q->first];
        const bool is_past = q->kind == CUE_PAST || s->traits_of[word] & TRAIT_AFTERWARDS;
        if (!is_past ||
            (judging_is_lasting(j) && judging_mention_between(j, from, q->first, false)))
            return true;
    }
    return false;
}

/* Does a cue that stands before the mention reach it? */
static bool reaches_forward(const struct judging *j, const struct cue_hit *q)
{
    const struct schema *s = j->h->schema;
    uint32_t from = q->end, to = MAX(j->m->first, from);
    bool comma = judging_between(j, SYM_COMMA, from, to),
         with = judging_between(j, s->word_with, from, to);
    bool and = judging_between(j, s->word_and, from, to);
    switch ((enum cue_kind)q->kind) {
    case CUE_ABSENT:
    case CUE_SILENT:
    case CUE_GONE:
        if (j->m->kind != PATTERN_FIND)
            return !comma && to - from <= ADJECTIVE_WORDS &&
                   !judging_mention_between(j, from, to, true);
        if (with && judging_is_lasting(j) && judging_mention_between(j, from, to, true))
            return false;
        return !(comma && with) && !begins_anew(j, from, to) && !setting_between(j, from, to);
    case CUE_STILL: return !(comma && with) && !setting_between(j, from, to);
    case CUE_OPEN:
    case CUE_PERSON: return true;
    case CUE_UNCERTAIN:
        if (q->is_mark) return to - from <= 4 && !comma;
        return !(with && (comma || begins_anew(j, from, to)));
    case CUE_UNCERTAIN_NEAR:
        return !comma && !and&&!(with && begins_anew(j, from, to)) &&
               !judging_verb_between(j, from, to);
    case CUE_LIKELY: return !with && !and;
    case CUE_PARTLY:
        return !comma && !judging_between(j, s->word_or, from, to) && !setting_between(j, from, to);
    case CUE_PAST:
        if (is_adjective(j, q)) return to - from <= ADJECTIVE_WORDS && !comma && !and;
        return !judging_verb_between(j, from, to) && !begins_anew(j, from, to);
    default: return false;
    }
}

static bool reaches_back(const struct judging *j, const struct cue_hit *q)
{
    uint32_t from = j->m->end, to = q->first;
    switch ((enum cue_kind)q->kind) {
    case CUE_ABSENT_AFTER:
    case CUE_GONE_AFTER: return true;
    case CUE_UNCERTAIN_AFTER:
        if (q->is_mark) return to - from <= 3 && !judging_mention_between(j, from, to, false);
        /* "atelectasis with possible effusion": the word belongs to what follows it */
        return q->end > q->first + 1 ||
               !judging_mention_between(j, q->end, MIN(q->end + NEAR_WORDS, j->end), false);
    case CUE_PAST_AFTER: /* "… that was seen on the prior film has decreased" is there */
        return !judging_between(j, SYM_COMMA, from, to) && !judging_verb_between(j, q->end, j->end);
    case CUE_OPEN_AFTER: return !judging_between(j, SYM_COMMA, from, to);
    case CUE_PERSON: return false;
    default: return false;
    }
}

/* The mention next to "versus", on either side. */
static bool is_versus(const struct judging *j, const struct cue_hit *q)
{
    const struct sentence_hits *h = j->h;
    uint32_t from = q->first >= j->m->end ? j->m->end : q->end;
    uint32_t to = q->first >= j->m->end ? q->first : j->m->first;
    if (judging_between(j, SYM_COMMA, from, to) && q->first >= j->m->end) return false;
    for (uint32_t k = 0; k < h->mentions.n; k++) {
        const struct mention *o = hit_mention(h, k);
        if (o->first >= to) break;
        if (o != j->m && !o->dropped && o->kind == PATTERN_FIND && o->first >= from && o->end <= to)
            return false;
    }
    return !judging_between(j, h->schema->word_with, from, to);
}

void judging_gather(struct judging *j)
{
    const struct sentence_hits *h = j->h;
    for (uint32_t k = 0; k < h->cues.n; k++) {
        const struct cue_hit *q = hit_cue(h, k);
        if (q->hidden || q->end <= j->begin) continue;
        if (q->first >= j->end) break;
        bool before = q->end <= j->m->first && q->first >= j->begin;
        bool inside = j->m->has_gap && q->first > j->m->first && q->end < j->m->end;
        bool reach = q->kind == CUE_VERSUS   ? (before || q->first >= j->m->end) && is_versus(j, q)
                     : before || inside      ? reaches_forward(j, q)
                     : q->first >= j->m->end ? reaches_back(j, q)
                                             : false;
        if (inside && (q->kind == CUE_ABSENT_AFTER || q->kind == CUE_UNCERTAIN_AFTER)) reach = true;
        if (reach && q->first >= j->m->end && elided_is_other_side(h, j->m, j->side, q))
            reach = false;
        enum cue_kind kind = (enum cue_kind)q->kind;
        if (!reach && before && kind == CUE_PARTLY) { /* "no large effusion or pneumothorax" */
            reach = j->m->kind == PATTERN_FIND &&
                    !judging_between(j, j->h->schema->word_with, q->end, j->m->first) &&
                    !setting_between(j, q->end, j->m->first);
            kind = CUE_ABSENT;
        }
        if (!reach) continue;
        j->reach |= UINT32_C(1) << kind;
        j->by[kind] = q;
    }
}
