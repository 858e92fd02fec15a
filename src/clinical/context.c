#include "clinical/context.h"

#include "base/mem.h"
#include "clinical/context_inside.h"
#include "clinical/elided.h"

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
    struct statement *v = arena_more(a, out->v, sizeof *v, out->n, &out->cap, 32);
    if (!v) return ERR_MEMORY;
    out->v = v;
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
    const struct value_hit *near = value_ending(h, VALUE_SIDE, m->first, CONTEXT_VALUE_BEFORE),
                           *size;
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
        context_judge_mention(h, m, o, &w->sentences[i], &said);
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
    context_judge_mention(&c->hits, hit_mention(&c->hits, c->hits.mentions.n - 1), o,
                          &w->sentences[i], out);
out:
    return e;
}
