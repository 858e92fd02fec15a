/* clinical/context_judge.c — what is said of one mention, see context_inside.h. */
#include "clinical/context_inside.h"
#include "clinical/value_sense.h"

enum { VALUE_AFTER = 8 };

/* ---- side, severity, course ---- */

/* The end of the list of findings that goes on from the mention: "effusion, edema and cardiomegaly". */
static uint32_t list_end(const struct judging *j)
{
    const struct sentence_hits *h = j->h;
    uint32_t end = j->m->end;
    for (uint32_t k = 0; k < h->mentions.n; k++) {
        const struct mention *o = hit_mention(h, k);
        if (o->dropped || o->kind != PATTERN_FIND || o->first < end) continue;
        for (uint32_t w = end; w < o->first; w++) {
            const uint16_t s = h->words->symbols[w];
            if (s != SYM_COMMA && s != h->schema->word_and && s != h->schema->word_or) return end;
        }
        end = o->end;
    }
    return end;
}

/* "… have all improved": a course that a verb tells of every finding in the list before it. */
static bool is_of_list(const struct judging *j, const struct value_hit *v, uint32_t end)
{
    return v->group == VALUE_COURSE && end > j->m->end && v->first > end &&
           v->first - end <= VALUE_AFTER && judging_verb_between(j, end, v->first);
}

static void find_values(struct judging *j, uint8_t out[VALUE_GROUPS])
{
    const struct sentence_hits *h = j->h;
    uint32_t best[VALUE_GROUPS] = { UINT32_MAX, UINT32_MAX, UINT32_MAX };
    memset(out, NO_VALUE, VALUE_GROUPS);
    for (uint32_t k = 0; k < h->values.n; k++) {
        const struct value_hit *v = hit_value(h, k);
        uint32_t distance;
        if (v->first < j->begin) continue;
        if (v->first >= j->end) break;
        if (!value_is_own(h, v)) continue;
        if (v->end <= j->m->first) {
            distance = j->m->first - v->end;
            if (distance > CONTEXT_VALUE_BEFORE ||
                judging_between(j, SYM_COMMA, v->end, j->m->first))
                continue;
            if (v->group != VALUE_SIDE && judging_mention_between(j, v->end, j->m->first, true))
                continue;
        } else if (v->first >= j->m->end) {
            const bool others = judging_mention_between(j, j->m->end, v->first, true);
            const uint32_t from = others ? list_end(j) : j->m->end;
            if (others && !is_of_list(j, v, from)) continue;
            if (!others && v->first - from > VALUE_AFTER) continue;
            distance = v->first - from + CONTEXT_VALUE_BEFORE;
        } else {
            distance = 0;
        }
        if (distance >= best[v->group]) continue;
        best[v->group] = distance;
        out[v->group] = v->first >= j->m->end ? value_told(h, v) : v->which;
    }
}

static bool value_is(const struct judging *j, uint8_t value, const char *name)
{
    return value != NO_VALUE && view_eq(j->h->schema->values[value].name, view_of_str(name));
}

/* ---- status ---- */

static void decide(struct statement *st, enum status status, double score, const struct judging *j,
                   enum cue_kind by)
{
    st->status = (uint8_t)status;
    st->score = (float)score;
    if (by < CUE_KINDS && j->by[by]) {
        st->cue_start = j->h->words->v[j->by[by]->first].start;
        st->cue_end = j->h->words->v[j->by[by]->end - 1].end;
    }
}

/* An adjective of the mention itself, between a "no" and it: "no pneumothorax or large effusion". */
static bool own_adjective(const struct judging *j, enum value_group g, const char *name)
{
    for (uint32_t k = 0; k < j->h->values.n; k++) {
        const struct value_hit *v = hit_value(j->h, k);
        if (v->end > j->m->first) break;
        if (v->group == g && v->end + 2 >= j->m->first && v->first >= j->by[CUE_ABSENT]->end &&
            !judging_between(j, SYM_COMMA, v->end, j->m->first) &&
            view_eq(j->h->schema->values[v->which].name, view_of_str(name)))
            return true;
    }
    return false;
}

static void decide_absent(struct statement *st, const struct judging *j)
{
    bool plain = j->m->kind == PATTERN_FIND && j->by[CUE_ABSENT]->end <= j->m->first;
    if (plain && own_adjective(j, VALUE_SEVERITY, "large"))
        decide(st, STATUS_UNCERTAIN, 0.25, j, CUE_ABSENT);
    else if (plain && own_adjective(j, VALUE_COURSE, "new"))
        decide(st, STATUS_NOT_MENTIONED, 0.2, j, CUE_ABSENT);
    else if (plain && own_adjective(j, VALUE_COURSE, "worse"))
        decide(st, STATUS_PRESENT, 0.7, j, CUE_ABSENT);
    else
        decide(st, STATUS_ABSENT, 0.02, j, CUE_ABSENT);
}

/* "Neither pneumonia nor edema can be excluded." */
static bool is_neither_excluded(const struct judging *j)
{
    if (!judging_has(j, CUE_ABSENT) || !judging_has(j, CUE_UNCERTAIN_AFTER)) return false;
    const uint16_t s = j->h->words->symbols[j->by[CUE_ABSENT]->first];
    return s >= SYM_FIRST && (s == j->h->schema->word_neither || s == j->h->schema->word_nor);
}

/* The first row that holds decides; docs/extract.md has them in words. */
static void decide_find(struct statement *st, const struct judging *j,
                        const struct context_options *o)
{
    if (judging_has(j, CUE_PERSON)) {
        st->other_person = true;
        decide(st, STATUS_NOT_MENTIONED, 0.1, j, CUE_PERSON);
    } else if (judging_has(j, CUE_OPEN) || judging_has(j, CUE_OPEN_AFTER)) {
        st->hypothetical = true;
        decide(st, STATUS_NOT_MENTIONED, 0.15, j, CUE_OPEN);
    } else if ((judging_has(j, CUE_PAST) || judging_has(j, CUE_PAST_AFTER)) && o->chexpert) {
        decide(st, STATUS_ABSENT, 0.1, j, CUE_PAST);
    } else if ((judging_has(j, CUE_PAST) || judging_has(j, CUE_PAST_AFTER)) &&
               !judging_is_lasting(j) && !judging_has(j, CUE_ABSENT) &&
               !judging_has(j, CUE_ABSENT_AFTER) && !judging_has(j, CUE_GONE_AFTER)) {
        st->historical = true;
        decide(st, STATUS_NOT_MENTIONED, 0.15, j, CUE_PAST);
    } else if (judging_has(j, CUE_GONE_AFTER)) {
        decide(st, STATUS_ABSENT, 0.05, j, CUE_GONE_AFTER);
    } else if (judging_has(j, CUE_GONE)) {
        decide(st, STATUS_ABSENT, 0.05, j, CUE_GONE);
    } else if (is_neither_excluded(j)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN_AFTER);
    } else if (judging_has(j, CUE_ABSENT)) {
        decide_absent(st, j);
    } else if (judging_has(j, CUE_SILENT)) {
        decide(st, o->chexpert ? STATUS_UNCERTAIN : STATUS_NOT_MENTIONED, 0.2, j, CUE_SILENT);
    } else if (judging_has(j, CUE_PARTLY)) {
        decide(st, o->chexpert ? STATUS_ABSENT : STATUS_UNCERTAIN, 0.25, j, CUE_PARTLY);
    } else if (judging_has(j, CUE_UNCERTAIN_AFTER)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN_AFTER);
    } else if (judging_has(j, CUE_ABSENT_AFTER)) {
        decide(st, STATUS_ABSENT, 0.03, j, CUE_ABSENT_AFTER);
    } else if (judging_has(j, CUE_VERSUS)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_VERSUS);
    } else if (judging_has(j, CUE_UNCERTAIN_NEAR)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN_NEAR);
    } else if (judging_has(j, CUE_UNCERTAIN)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN);
    } else if (judging_has(j, CUE_STILL)) {
        decide(st, STATUS_PRESENT, 0.85, j, CUE_STILL);
    } else if (judging_has(j, CUE_LIKELY)) {
        st->likely = true;
        decide(st, STATUS_PRESENT, 0.8, j, CUE_LIKELY);
    } else {
        decide(st, STATUS_PRESENT, 0.97, j, CUE_KINDS);
    }
}

static void decide_normal(struct statement *st, const struct judging *j)
{
    st->implied = j->m->kind == PATTERN_IMPLIED;
    bool undone = judging_has(j, CUE_ABSENT) || judging_has(j, CUE_SILENT) ||
                  judging_has(j, CUE_PERSON) || judging_has(j, CUE_OPEN) ||
                  judging_has(j, CUE_PAST) || judging_has(j, CUE_ABSENT_AFTER) ||
                  judging_has(j, CUE_GONE);
    if (undone)
        decide(st, STATUS_NOT_MENTIONED, 0.3, j, CUE_KINDS);
    else if (judging_has(j, CUE_UNCERTAIN) || judging_has(j, CUE_UNCERTAIN_AFTER))
        decide(st, STATUS_UNCERTAIN, 0.3, j, CUE_UNCERTAIN);
    else
        decide(st, STATUS_ABSENT, st->implied ? 0.1 : 0.03, j, CUE_KINDS);
}

/* A size or course that was denied is not the finding's own. */
static void mend_values(struct judging *j, struct statement *st)
{
    uint8_t *v = st->values;
    if (st->status == STATUS_PRESENT && value_is(j, v[VALUE_COURSE], "resolved"))
        st->status = STATUS_ABSENT;
    if (st->status == STATUS_UNCERTAIN &&
        (judging_has(j, CUE_PARTLY) || judging_has(j, CUE_ABSENT)))
        v[VALUE_SEVERITY] = NO_VALUE;
    if (st->status == STATUS_PRESENT && (judging_has(j, CUE_STILL) || judging_has(j, CUE_ABSENT)))
        v[VALUE_COURSE] = value_named(j->h->schema, VALUE_COURSE, VIEW("stable"));
    if (st->status == STATUS_ABSENT && (judging_has(j, CUE_GONE) || judging_has(j, CUE_GONE_AFTER)))
        v[VALUE_COURSE] = value_named(j->h->schema, VALUE_COURSE, VIEW("resolved"));
}

void context_judge_mention(const struct sentence_hits *h, const struct mention *m,
                           const struct context_options *o, const struct sentence_span *span,
                           struct statement *st)
{
    struct judging j = { .h = h, .m = m };
    *st = (struct statement){ .start = h->words->v[m->first].start,
                              .end = h->words->v[m->end - 1].end,
                              .section_number = span->section_number,
                              .finding = m->finding,
                              .section = (uint8_t)span->section };
    judging_find_clause(&j);
    find_values(&j, st->values);
    j.side = st->values[VALUE_SIDE];
    judging_gather(&j);
    if (m->kind == PATTERN_FIND) decide_find(st, &j, o);
    st->is_sign = m->is_maybe && st->status == STATUS_PRESENT;
    if (st->is_sign) decide(st, STATUS_UNCERTAIN, 0.4, &j, CUE_KINDS);
    if (m->kind != PATTERN_FIND) decide_normal(st, &j);
    mend_values(&j, st);
}
