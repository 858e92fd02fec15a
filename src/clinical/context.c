#include "clinical/context.h"

#include "base/mem.h"
#include "clinical/elided.h"
#include "clinical/value_sense.h"

enum { REACH_WORDS = 60, ADJECTIVE_WORDS = 3, VALUE_BEFORE = 5, VALUE_AFTER = 8, NEAR_WORDS = 5 };

static const char *const status_names[] = { "not_mentioned", "absent", "uncertain", "present" };

const char *status_name(enum status s)
{
    return status_names[s];
}

bool status_from_name(view name, enum status *out)
{
    for (unsigned i = 0; i < COUNT_OF(status_names); i++) {
        if (!view_eq(name, view_of_str(status_names[i]))) continue;
        *out = (enum status)i;
        return true;
    }
    return false;
}

struct context_scratch {
    struct sentence_hits hits;
};

err context_scratch_new(struct context_scratch **out)
{
    struct context_scratch *c = mem_alloc_zero(sizeof *c);
    if (!c) return ERR_MEMORY;
    sentence_hits_init(&c->hits);
    *out = c;
    return OK;
}

void context_scratch_free(struct context_scratch *c)
{
    if (!c) return;
    sentence_hits_clear(&c->hits);
    mem_free(c);
}

struct judging {
    const struct sentence_hits *h;
    const struct mention *m;
    uint32_t begin, end; /* the clause */
    uint32_t reach;      /* a bit for each kind of cue that reaches the mention */
    uint8_t side;
    const struct cue_hit *by[CUE_KINDS];
};

static bool has(const struct judging *j, enum cue_kind k)
{
    return j->reach >> k & 1;
}

static void find_clause(struct judging *j)
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

static bool between(const struct judging *j, uint16_t symbol, uint32_t from, uint32_t to)
{
    return from < to && hits_symbol_inside(j->h, symbol, from, to);
}

static bool verb_between(const struct judging *j, uint32_t from, uint32_t to)
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

static bool mention_between(const struct judging *j, uint32_t from, uint32_t to, bool others_only)
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

static bool is_lasting(const struct judging *j)
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
        if (between(j, SYM_COMMA, q->end, to) || between(j, s->word_or, q->end, to)) continue;
        const uint16_t word = j->h->words->symbols[q->first];
        const bool is_past = q->kind == CUE_PAST || s->traits_of[word] & TRAIT_AFTERWARDS;
        if (!is_past || (is_lasting(j) && mention_between(j, from, q->first, false))) return true;
    }
    return false;
}

/* Does a cue that stands before the mention reach it? */
static bool reaches_forward(const struct judging *j, const struct cue_hit *q)
{
    const struct schema *s = j->h->schema;
    uint32_t from = q->end, to = MAX(j->m->first, from);
    bool comma = between(j, SYM_COMMA, from, to), with = between(j, s->word_with, from, to);
    bool and = between(j, s->word_and, from, to);
    switch ((enum cue_kind)q->kind) {
    case CUE_ABSENT:
    case CUE_SILENT:
    case CUE_GONE:
        if (j->m->kind != PATTERN_FIND)
            return !comma && to - from <= ADJECTIVE_WORDS && !mention_between(j, from, to, true);
        if (with && is_lasting(j) && mention_between(j, from, to, true)) return false;
        return !(comma && with) && !begins_anew(j, from, to) && !setting_between(j, from, to);
    case CUE_STILL: return !(comma && with) && !setting_between(j, from, to);
    case CUE_OPEN:
    case CUE_PERSON: return true;
    case CUE_UNCERTAIN:
        if (q->is_mark) return to - from <= 4 && !comma;
        return !(with && (comma || begins_anew(j, from, to)));
    case CUE_UNCERTAIN_NEAR:
        return !comma && !and&&!(with && begins_anew(j, from, to)) && !verb_between(j, from, to);
    case CUE_LIKELY: return !with && !and;
    case CUE_PARTLY:
        return !comma && !between(j, s->word_or, from, to) && !setting_between(j, from, to);
    case CUE_PAST:
        if (is_adjective(j, q)) return to - from <= ADJECTIVE_WORDS && !comma && !and;
        return !verb_between(j, from, to) && !begins_anew(j, from, to);
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
        if (q->is_mark) return to - from <= 3 && !mention_between(j, from, to, false);
        /* "atelectasis with possible effusion": the word belongs to what follows it */
        return q->end > q->first + 1 ||
               !mention_between(j, q->end, MIN(q->end + NEAR_WORDS, j->end), false);
    case CUE_PAST_AFTER: /* "… that was seen on the prior film has decreased" is there */
        return !between(j, SYM_COMMA, from, to) && !verb_between(j, q->end, j->end);
    case CUE_OPEN_AFTER: return !between(j, SYM_COMMA, from, to);
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
    if (between(j, SYM_COMMA, from, to) && q->first >= j->m->end) return false;
    for (uint32_t k = 0; k < h->mentions.n; k++) {
        const struct mention *o = hit_mention(h, k);
        if (o->first >= to) break;
        if (o != j->m && !o->dropped && o->kind == PATTERN_FIND && o->first >= from && o->end <= to)
            return false;
    }
    return !between(j, h->schema->word_with, from, to);
}

static void gather(struct judging *j)
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
                    !between(j, j->h->schema->word_with, q->end, j->m->first) &&
                    !setting_between(j, q->end, j->m->first);
            kind = CUE_ABSENT;
        }
        if (!reach) continue;
        j->reach |= UINT32_C(1) << kind;
        j->by[kind] = q;
    }
}

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
           v->first - end <= VALUE_AFTER && verb_between(j, end, v->first);
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
            if (distance > VALUE_BEFORE || between(j, SYM_COMMA, v->end, j->m->first)) continue;
            if (v->group != VALUE_SIDE && mention_between(j, v->end, j->m->first, true)) continue;
        } else if (v->first >= j->m->end) {
            const bool others = mention_between(j, j->m->end, v->first, true);
            const uint32_t from = others ? list_end(j) : j->m->end;
            if (others && !is_of_list(j, v, from)) continue;
            if (!others && v->first - from > VALUE_AFTER) continue;
            distance = v->first - from + VALUE_BEFORE;
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
            !between(j, SYM_COMMA, v->end, j->m->first) &&
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
    if (!has(j, CUE_ABSENT) || !has(j, CUE_UNCERTAIN_AFTER)) return false;
    const uint16_t s = j->h->words->symbols[j->by[CUE_ABSENT]->first];
    return s >= SYM_FIRST && (s == j->h->schema->word_neither || s == j->h->schema->word_nor);
}

/* The first row that holds decides; docs/extract.md has them in words. */
static void decide_find(struct statement *st, const struct judging *j,
                        const struct context_options *o)
{
    if (has(j, CUE_PERSON)) {
        st->other_person = true;
        decide(st, STATUS_NOT_MENTIONED, 0.1, j, CUE_PERSON);
    } else if (has(j, CUE_OPEN) || has(j, CUE_OPEN_AFTER)) {
        st->hypothetical = true;
        decide(st, STATUS_NOT_MENTIONED, 0.15, j, CUE_OPEN);
    } else if ((has(j, CUE_PAST) || has(j, CUE_PAST_AFTER)) && o->chexpert) {
        decide(st, STATUS_ABSENT, 0.1, j, CUE_PAST);
    } else if ((has(j, CUE_PAST) || has(j, CUE_PAST_AFTER)) && !is_lasting(j) &&
               !has(j, CUE_ABSENT) && !has(j, CUE_ABSENT_AFTER) && !has(j, CUE_GONE_AFTER)) {
        st->historical = true;
        decide(st, STATUS_NOT_MENTIONED, 0.15, j, CUE_PAST);
    } else if (has(j, CUE_GONE_AFTER)) {
        decide(st, STATUS_ABSENT, 0.05, j, CUE_GONE_AFTER);
    } else if (has(j, CUE_GONE)) {
        decide(st, STATUS_ABSENT, 0.05, j, CUE_GONE);
    } else if (is_neither_excluded(j)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN_AFTER);
    } else if (has(j, CUE_ABSENT)) {
        decide_absent(st, j);
    } else if (has(j, CUE_SILENT)) {
        decide(st, o->chexpert ? STATUS_UNCERTAIN : STATUS_NOT_MENTIONED, 0.2, j, CUE_SILENT);
    } else if (has(j, CUE_PARTLY)) {
        decide(st, o->chexpert ? STATUS_ABSENT : STATUS_UNCERTAIN, 0.25, j, CUE_PARTLY);
    } else if (has(j, CUE_UNCERTAIN_AFTER)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN_AFTER);
    } else if (has(j, CUE_ABSENT_AFTER)) {
        decide(st, STATUS_ABSENT, 0.03, j, CUE_ABSENT_AFTER);
    } else if (has(j, CUE_VERSUS)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_VERSUS);
    } else if (has(j, CUE_UNCERTAIN_NEAR)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN_NEAR);
    } else if (has(j, CUE_UNCERTAIN)) {
        decide(st, STATUS_UNCERTAIN, 0.5, j, CUE_UNCERTAIN);
    } else if (has(j, CUE_STILL)) {
        decide(st, STATUS_PRESENT, 0.85, j, CUE_STILL);
    } else if (has(j, CUE_LIKELY)) {
        st->likely = true;
        decide(st, STATUS_PRESENT, 0.8, j, CUE_LIKELY);
    } else {
        decide(st, STATUS_PRESENT, 0.97, j, CUE_KINDS);
    }
}

static void decide_normal(struct statement *st, const struct judging *j)
{
    st->implied = j->m->kind == PATTERN_IMPLIED;
    bool undone = has(j, CUE_ABSENT) || has(j, CUE_SILENT) || has(j, CUE_PERSON) ||
                  has(j, CUE_OPEN) || has(j, CUE_PAST) || has(j, CUE_ABSENT_AFTER) ||
                  has(j, CUE_GONE);
    if (undone)
        decide(st, STATUS_NOT_MENTIONED, 0.3, j, CUE_KINDS);
    else if (has(j, CUE_UNCERTAIN) || has(j, CUE_UNCERTAIN_AFTER))
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
    if (st->status == STATUS_UNCERTAIN && (has(j, CUE_PARTLY) || has(j, CUE_ABSENT)))
        v[VALUE_SEVERITY] = NO_VALUE;
    if (st->status == STATUS_PRESENT && (has(j, CUE_STILL) || has(j, CUE_ABSENT)))
        v[VALUE_COURSE] = value_named(j->h->schema, VALUE_COURSE, VIEW("stable"));
    if (st->status == STATUS_ABSENT && (has(j, CUE_GONE) || has(j, CUE_GONE_AFTER)))
        v[VALUE_COURSE] = value_named(j->h->schema, VALUE_COURSE, VIEW("resolved"));
}

static void judge(const struct sentence_hits *h, const struct mention *m,
                  const struct context_options *o, const struct sentence_span *span,
                  struct statement *st)
{
    struct judging j = { .h = h, .m = m };
    *st = (struct statement){ .start = h->words->v[m->first].start,
                              .end = h->words->v[m->end - 1].end,
                              .section_number = span->section_number,
                              .finding = m->finding,
                              .section = (uint8_t)span->section };
    find_clause(&j);
    find_values(&j, st->values);
    j.side = st->values[VALUE_SIDE];
    gather(&j);
    if (m->kind == PATTERN_FIND) decide_find(st, &j, o);
    st->is_sign = m->is_maybe && st->status == STATUS_PRESENT;
    if (st->is_sign) decide(st, STATUS_UNCERTAIN, 0.4, &j, CUE_KINDS);
    if (m->kind != PATTERN_FIND) decide_normal(st, &j);
    mend_values(&j, st);
}

/* "Atelectasis or infiltrate", affirmed: one of them, and nobody knows which. */
static bool is_choice(const struct sentence_hits *h, const struct mention *a,
                      const struct mention *b)
{
    enum { WORDS = 4 };
    if (a->finding == b->finding || b->first < a->end || b->first - a->end > WORDS) return false;
    return hits_symbol_inside(h, h->schema->word_or, a->end, b->first) &&
           !hits_symbol_inside(h, SYM_COMMA, a->end, b->first);
}

/* What of[k] and of[i] say is one of two, with every finding that the words of mention k tell. */
static void mark_choice(const struct sentence_hits *h, struct statement *const *of, uint32_t k,
                        uint32_t i)
{
    const struct mention *last = hit_mention(h, k);
    for (uint32_t n = i; n-- > 0 && hit_mention(h, n)->end > last->first;) {
        const struct mention *m = hit_mention(h, n);
        if (m->first >= last->end || !of[n] || of[n]->status != STATUS_PRESENT) continue;
        of[n]->status = STATUS_UNCERTAIN;
        of[n]->score = 0.5F;
    }
    of[i]->status = STATUS_UNCERTAIN;
    of[i]->score = 0.5F;
}

static void mark_choices(const struct sentence_hits *h, struct statement *const *of)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < h->mentions.n; i++) {
        const struct mention *m = hit_mention(h, i);
        if (m->dropped || m->kind != PATTERN_FIND || !of[i]) continue;
        if (last != UINT32_MAX && is_choice(h, hit_mention(h, last), m) &&
            of[last]->status == STATUS_PRESENT && of[i]->status == STATUS_PRESENT)
            mark_choice(h, of, last, i);
        last = i;
    }
}

static err append(struct statements *out, struct arena *a, struct statement **slot)
{
    if (out->n == out->cap) {
        uint32_t cap = out->cap ? out->cap * 2 : 32;
        struct statement *v = arena_array(a, cap, sizeof *v);
        if (!v) return ERR_MEMORY;
        if (out->n) memcpy(v, out->v, out->n * sizeof *v);
        out->v = v;
        out->cap = cap;
    }
    *slot = &out->v[out->n++];
    return OK;
}

/* The value of a group that ends before `word`, `between` words before it at most; NULL when there is none. */
static const struct value_hit *value_ending(const struct sentence_hits *h, enum value_group g,
                                            uint32_t word, uint32_t between)
{
    for (uint32_t k = h->values.n; k-- > 0;) {
        const struct value_hit *v = hit_value(h, k);
        if (v->group == g && v->end <= word && word - v->end <= between) return v;
    }
    return NULL;
}

/* "Large right and small left effusions": what is said of the other side, which stands before the "and". */
static bool other_side(const struct sentence_hits *h, const struct mention *m,
                       const struct statement *st, struct statement *out)
{
    enum { WORDS = 2 }; /* "upper" of "left upper and right lower" */
    const struct value_hit *near = value_ending(h, VALUE_SIDE, m->first, VALUE_BEFORE), *size;
    if (m->kind != PATTERN_FIND || !near || near->which != st->values[VALUE_SIDE]) return false;
    size = value_ending(h, VALUE_SEVERITY, near->first, 0);
    uint32_t and = size ? size->first : near->first;
    if (and == h->first || h->words->symbols[--and] != h->schema->word_and) return false;
    const struct value_hit *far = value_ending(h, VALUE_SIDE, and, WORDS);
    if (!far || far->which == near->which || hits_break_inside(h, far->first, m->first) ||
        hits_symbol_inside(h, SYM_COMMA, far->first, m->first))
        return false;
    size = value_ending(h, VALUE_SEVERITY, far->first, 0);
    *out = *st;
    out->start = h->words->v[size ? size->first : far->first].start;
    out->values[VALUE_SIDE] = far->which;
    out->values[VALUE_SEVERITY] = size ? size->which : NO_VALUE;
    return true;
}

/* Choices are told of after all: of each mention its statement, and the other side's right before it. */
static err settle_choices(const struct sentence_hits *h, const uint32_t *at, struct arena *a,
                          struct statements *out)
{
    struct statement **of = arena_array(a, h->mentions.n, sizeof *of);
    if (!of) return ERR_MEMORY;
    for (uint32_t k = 0; k < h->mentions.n; k++)
        of[k] = at[k] == UINT32_MAX ? NULL : &out->v[at[k]];
    mark_choices(h, of);
    for (uint32_t k = 0; k < h->mentions.n; k++) {
        if (!of[k] || at[k] == 0) continue;
        struct statement *before = of[k] - 1;
        if (before->finding != of[k]->finding || before->end != of[k]->end) continue;
        before->status = of[k]->status;
        before->score = of[k]->score;
    }
    return OK;
}

err context_read(struct context_scratch *c, const struct schema *s, const struct context_options *o,
                 const struct words *w, uint32_t i, struct arena *a, struct statements *out,
                 bool *about)
{
    err e = OK;
    struct sentence_hits *h = &c->hits;
    uint32_t before = out->n, *at;
    TRY(sentence_hits_read(h, s, w, i, NULL));
    *about |= h->about;
    if (h->mentions.n == 0) return OK;
    at = arena_array(a, h->mentions.n, sizeof *at);
    if (!at) return ERR_MEMORY;
    for (uint32_t k = 0; k < h->mentions.n; k++) {
        const struct mention *m = hit_mention(h, k);
        struct statement *slot, said, other;
        at[k] = UINT32_MAX;
        if (m->dropped || (m->kind == PATTERN_IMPLIED && !o->implied)) continue;
        judge(h, m, o, &w->sentences[i], &said);
        if (!o->chexpert && other_side(h, m, &said, &other)) {
            TRY(append(out, a, &slot));
            *slot = other;
        }
        TRY(append(out, a, &slot));
        *slot = said;
        at[k] = out->n - 1;
        if (!o->chexpert && elided_side(h, m, &said, &other)) {
            TRY(append(out, a, &slot));
            *slot = other;
        }
    }
    if (!o->chexpert && out->n - before > 1) TRY(settle_choices(h, at, a, out));
out:
    return e;
}

err context_judge(struct context_scratch *c, const struct schema *s,
                  const struct context_options *o, const struct words *w, uint32_t i,
                  uint32_t first, uint32_t end, struct statement *out)
{
    err e = OK;
    const struct mention own = { first, end, UINT16_MAX, PATTERN_FIND, false, false, false };
    TRY(sentence_hits_read(&c->hits, s, w, i, &own));
    judge(&c->hits, hit_mention(&c->hits, c->hits.mentions.n - 1), o, &w->sentences[i], out);
out:
    return e;
}
