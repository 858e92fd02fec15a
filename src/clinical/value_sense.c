#include "clinical/value_sense.h"

uint8_t value_named(const struct schema *s, enum value_group g, view name)
{
    for (uint32_t i = 0; i < s->n_values; i++)
        if (s->values[i].group == g && view_eq(s->values[i].name, name)) return (uint8_t)i;
    return NO_VALUE;
}

static bool is_change(const struct sentence_hits *h, const struct value_hit *v)
{
    const view name = h->schema->values[v->which].name;
    return v->group == VALUE_COURSE &&
           (view_eq(name, VIEW("better")) || view_eq(name, VIEW("worse")));
}

static bool is_value_at(const struct sentence_hits *h, uint32_t word, bool side)
{
    for (uint32_t k = 0; k < h->values.n && hit_value(h, k)->first <= word; k++) {
        const struct value_hit *v = hit_value(h, k);
        if (v->first == word && (side ? v->group == VALUE_SIDE : is_change(h, v))) return true;
    }
    return false;
}

/* "Left" of "left > right", which has a number of its own. */
static bool is_part(const struct sentence_hits *h, const struct value_hit *v)
{
    for (uint32_t k = 0; k < h->values.n && hit_value(h, k)->first <= v->first; k++) {
        const struct value_hit *o = hit_value(h, k);
        if (o->group == v->group && o->end >= v->end && o->end - o->first > v->end - v->first)
            return true;
    }
    return false;
}

/* "Increased slightly". */
static bool is_behind_change(const struct sentence_hits *h, const struct value_hit *v)
{
    for (uint32_t k = 0; k < h->values.n && hit_value(h, k)->first < v->first; k++)
        if (hit_value(h, k)->end == v->first && is_change(h, hit_value(h, k))) return true;
    return false;
}

bool value_is_own(const struct sentence_hits *h, const struct value_hit *v)
{
    enum { WORDS = 3 }; /* "than on the right" */
    const uint16_t *s = h->words->symbols;
    if (is_part(h, v)) return false;
    if (v->group == VALUE_SEVERITY) {
        const bool is_degree = h->schema->traits_of[s[v->first]] & TRAIT_DEGREE;
        if (is_degree && is_behind_change(h, v)) return false;
        if (v->end == h->end) return true;
        return !(is_degree && is_value_at(h, v->end, false)) &&
               !(h->schema->traits_of[s[v->end]] & TRAIT_CHANGE);
    }
    if (!is_change(h, v) || v->end >= h->end) return true;
    if (s[v->end] == h->schema->word_likely) return false; /* "less likely" */
    if (s[v->end] != h->schema->word_than) return true;
    for (uint32_t i = v->end + 1; i < MIN(h->end, v->end + 1 + WORDS); i++)
        if (s[i] == SYM_NUMBER || is_value_at(h, i, true)) return false;
    return true;
}

uint8_t value_told(const struct sentence_hits *h, const struct value_hit *v)
{
    if (!is_change(h, v)) return v->which;
    for (uint32_t k = 0; k < h->cues.n && hit_cue(h, k)->first <= v->first; k++) {
        const struct cue_hit *q = hit_cue(h, k);
        const bool is_inside = q->kind == CUE_STILL && q->end >= v->end;
        const bool is_before =
            q->kind == CUE_ABSENT && q->end <= v->first && v->first - q->end <= 1;
        if (!q->hidden && (is_inside || is_before))
            return value_named(h->schema, VALUE_COURSE, VIEW("stable"));
    }
    return v->which;
}
