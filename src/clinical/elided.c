#include "clinical/elided.h"

struct part { /* words between two commas */
    uint32_t first, end;
    uint8_t values[VALUE_GROUPS];
    bool is_elided; /* a side, and words that name no finding */
    bool is_denied;
    bool is_told; /* something besides the side */
};

/* Longer parts name something of their own, and a sentence of many is no place to look far. */
enum { PART_WORDS = 10, PARTS = 6 };

/* Cues ascend by their first word. */
static bool is_stop(const struct sentence_hits *h, uint32_t word)
{
    uint32_t low = 0, high = h->cues.n;
    while (low < high) {
        const uint32_t mid = (low + high) / 2;
        if (hit_cue(h, mid)->first < word)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < h->cues.n && hit_cue(h, low)->first == word; low++)
        if (hit_cue(h, low)->kind == CUE_STOP && !hit_cue(h, low)->hidden) return true;
    return false;
}

/* Does a part begin at `word`, or may it do so? */
static bool is_edge(const struct sentence_hits *h, uint32_t word)
{
    const uint16_t s = h->words->symbols[word];
    return s == SYM_COMMA || s == SYM_SEMICOLON || (s >= SYM_FIRST && s == h->schema->word_and) ||
           is_stop(h, word);
}

static bool is_mention_in(const struct sentence_hits *h, uint32_t first, uint32_t end)
{
    for (uint32_t k = 0; k < h->mentions.n && hit_mention(h, k)->first < end; k++)
        if (!hit_mention(h, k)->dropped && hit_mention(h, k)->end > first) return true;
    return false;
}

static void read_values(const struct sentence_hits *h, struct part *p, uint32_t *covered)
{
    for (uint32_t k = 0; k < h->values.n && hit_value(h, k)->first < p->end; k++) {
        const struct value_hit *v = hit_value(h, k);
        if (v->first < p->first || v->end > p->end) continue;
        if (p->values[v->group] == NO_VALUE) p->values[v->group] = v->which;
        p->is_told |= v->group != VALUE_SIDE;
        for (uint32_t i = v->first; i < v->end; i++)
            *covered |= UINT32_C(1) << (i - p->first);
    }
}

/* "None", "resolved", "possible": anything but plain presence. */
static bool is_denied(const struct sentence_hits *h, const struct part *p)
{
    for (uint32_t k = 0; k < h->cues.n && hit_cue(h, k)->first < p->end; k++) {
        const struct cue_hit *q = hit_cue(h, k);
        if (q->hidden || q->first < p->first) continue;
        if (q->kind != CUE_STOP && q->kind != CUE_VERB && q->kind != CUE_SEEN &&
            q->kind != CUE_NOTHING)
            return true;
    }
    return false;
}

static bool has_verb(const struct sentence_hits *h, const struct part *p)
{
    for (uint32_t k = 0; k < h->cues.n && hit_cue(h, k)->first < p->end; k++) {
        const struct cue_hit *q = hit_cue(h, k);
        if (q->first >= p->first && (q->kind == CUE_VERB || q->kind == CUE_SEEN)) return true;
    }
    return false;
}

static struct part read_part(const struct sentence_hits *h, uint32_t first, uint32_t end)
{
    struct part p = { .first = first, .end = end };
    uint32_t covered = 0;
    memset(p.values, NO_VALUE, sizeof p.values);
    if (end <= first || end - first > PART_WORDS || is_mention_in(h, first, end)) return p;
    read_values(h, &p, &covered);
    p.is_elided = p.values[VALUE_SIDE] != NO_VALUE;
    for (uint32_t i = first; i < end; i++) {
        if (covered >> (i - first) & 1) continue;
        p.is_told |= h->words->symbols[i] == h->schema->word_one;
        p.is_elided &= (h->schema->traits_of[h->words->symbols[i]] & TRAIT_ELIDING) != 0;
    }
    p.is_denied = is_denied(h, &p);
    p.is_told |= has_verb(h, &p);
    return p;
}

static uint32_t part_end(const struct sentence_hits *h, uint32_t from)
{
    while (from < h->end && !is_edge(h, from))
        from++;
    return from;
}

static bool is_other(const struct part *p, uint8_t side)
{
    return p->is_elided && p->values[VALUE_SIDE] != side;
}

bool elided_is_other_side(const struct sentence_hits *h, const struct mention *m, uint8_t side,
                          const struct cue_hit *q)
{
    uint32_t first = q->first;
    if (side == NO_VALUE) return false;
    while (first > m->end && !is_edge(h, first - 1) && q->first - first < PART_WORDS)
        first--;
    if (first == m->end || !is_edge(h, first - 1)) return false;
    const struct part p = read_part(h, first, part_end(h, q->end));
    return is_other(&p, side);
}

static bool take(const struct sentence_hits *h, const struct statement *st, const struct part *p,
                 struct statement *out)
{
    if (p->is_denied || !is_other(p, st->values[VALUE_SIDE])) return false;
    *out = *st;
    out->start = h->words->v[p->first].start;
    out->end = h->words->v[p->end - 1].end;
    out->cue_start = out->cue_end = 0;
    out->status = STATUS_PRESENT;
    out->score = 0.9F;
    memcpy(out->values, p->values, sizeof out->values);
    return true;
}

/* "Trace right, no left effusion": what stands before the "no" has a side and no finding. */
static bool take_before(const struct sentence_hits *h, const struct mention *m,
                        const struct statement *st, struct statement *out)
{
    uint32_t no = m->first, end, first;
    if (st->values[VALUE_SIDE] == NO_VALUE) return false;
    while (no > h->first && h->words->v[no - 1].end > st->cue_start)
        no--;
    for (end = no; end > h->first && is_edge(h, end - 1);)
        end--;
    if (end == no || is_mention_in(h, no, m->first)) return false;
    for (first = end; first > h->first && !is_edge(h, first - 1);)
        first--;
    const struct part p = read_part(h, first, end);
    return take(h, st, &p, out);
}

bool elided_side(const struct sentence_hits *h, const struct mention *m, const struct statement *st,
                 struct statement *out)
{
    if (m->kind != PATTERN_FIND || st->status != STATUS_ABSENT) return false;
    if (st->cue_end > st->cue_start && st->cue_end <= st->start && take_before(h, m, st, out))
        return true;
    uint32_t at = part_end(h, m->end);
    for (uint32_t k = 0; k < PARTS && at < h->end; k++) {
        const uint32_t first = at + 1, end = part_end(h, first);
        if (is_mention_in(h, first, end)) return false;
        const struct part p = read_part(h, first, end);
        if (p.is_told && take(h, st, &p, out)) return true;
        at = end;
    }
    return false;
}
