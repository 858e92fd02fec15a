#include "clinical/sentence_hits.h"

#include "base/mem.h"

enum { HITS_AT_ONCE = 48, REACH = 64 };

void sentence_hits_init(struct sentence_hits *h)
{
    *h = (struct sentence_hits){ 0 };
}

void sentence_hits_clear(struct sentence_hits *h)
{
    mem_free(h->mentions.p);
    mem_free(h->cues.p);
    mem_free(h->values.p);
    mem_free(h->nots.p);
    mem_free(h->breaks.p);
    sentence_hits_init(h);
}

static bool reserve(struct hit_list *l, uint32_t n, size_t size)
{
    if (n <= l->cap) return true;
    uint32_t cap = l->cap ? l->cap : 32;
    while (cap < n)
        cap *= 2;
    void *p = mem_resize(l->p, cap * size);
    if (!p) return false;
    l->p = p;
    l->cap = cap;
    return true;
}
#define APPEND(list, type, ...)                                                                    \
    (reserve(&(list), (list).n + 1, sizeof(type))                                                  \
         ? (((type *)(list).p)[(list).n++] = (type)__VA_ARGS__, true)                              \
         : false)

static bool keep_hit(struct sentence_hits *h, const struct vocab_hit *v)
{
    switch ((enum pattern_kind)v->meaning.kind) {
    case PATTERN_FIND:
    case PATTERN_NORMAL:
    case PATTERN_IMPLIED:
        return APPEND(h->mentions, struct mention,
                      { v->first, v->end, v->meaning.which, v->meaning.kind, v->has_gap, false,
                        v->meaning.more == PATTERN_FIND_MAYBE });
    case PATTERN_NOT:
        return APPEND(
            h->nots, struct mention,
            { v->first, v->end, v->meaning.which, v->meaning.kind, v->has_gap, false, false });
    case PATTERN_CUE:
        return APPEND(h->cues, struct cue_hit,
                      { v->first, v->end, (uint8_t)v->meaning.which, false,
                        v->end == v->first + 1 && h->words->symbols[v->first] == SYM_QUESTION });
    case PATTERN_VALUE:
        return APPEND(h->values, struct value_hit,
                      { v->first, v->end, v->meaning.more, (uint8_t)v->meaning.which });
    case PATTERN_ABOUT: h->about = true; return true;
    }
    return true;
}

static err collect(struct sentence_hits *h)
{
    struct vocab_hit hits[HITS_AT_ONCE] FILLED_LATER;
    for (uint32_t at = h->first; at < h->end; at++) {
        if (h->words->symbols[at] == SYM_OTHER) continue;
        uint32_t n =
            vocab_match(h->schema->vocabulary, h->words->symbols, h->end, at, hits, HITS_AT_ONCE);
        for (uint32_t k = 0; k < n; k++)
            if (!keep_hit(h, &hits[k])) return ERR_MEMORY;
    }
    return OK;
}

/* Cues ascend by their first word, so that those before can't reach further back than the longest. */
static void hide_shorter(struct sentence_hits *h)
{
    for (uint32_t i = 0; i < h->cues.n; i++) {
        struct cue_hit *a = hit_cue(h, i);
        for (uint32_t k = i + 1; k < h->cues.n && hit_cue(h, k)->first < a->end; k++) {
            struct cue_hit *b = hit_cue(h, k);
            uint32_t la = a->end - a->first, lb = b->end - b->first;
            if (la > lb)
                b->hidden = true;
            else if (lb > la)
                a->hidden = true;
        }
    }
}

static bool is_mention_end(const struct sentence_hits *h, uint32_t word)
{
    for (uint32_t k = 0; k < h->mentions.n && hit_mention(h, k)->first < word; k++)
        if (hit_mention(h, k)->kind == PATTERN_FIND && hit_mention(h, k)->end == word) return true;
    return false;
}

/* "Effusion: no.", "Cough: denies." and "Effusion - no." — an answer, which stands behind what it is about. */
static void turn_answers(struct sentence_hits *h)
{
    const uint16_t *s = h->words->symbols;
    for (uint32_t k = 0; k < h->cues.n; k++) {
        struct cue_hit *q = hit_cue(h, k);
        if (q->kind != CUE_ABSENT || q->hidden || q->end != q->first + 1 ||
            !(h->schema->traits_of[s[q->first]] & TRAIT_DENYING) || q->first == h->first)
            continue;
        bool is_last = q->end == h->end || s[q->end] == SYM_COMMA || s[q->end] == SYM_SEMICOLON;
        uint32_t behind = q->first - (s[q->first - 1] == SYM_COLON);
        if (is_last && is_mention_end(h, behind)) q->kind = CUE_ABSENT_AFTER;
    }
}

bool hits_symbol_inside(const struct sentence_hits *h, uint16_t symbol, uint32_t first,
                        uint32_t end)
{
    if (symbol < SYM_FIRST && symbol != SYM_COMMA) return false;
    for (uint32_t i = first; i < end; i++)
        if (h->words->symbols[i] == symbol) return true;
    return false;
}

bool hits_break_inside(const struct sentence_hits *h, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++)
        if (hit_break(h, i)) return true;
    return false;
}

/* ---- clauses ---- */

struct clauses {
    struct sentence_hits *h;
    uint8_t *is_break;
    uint32_t begin; /* of the clause that the walk is in */
    uint32_t cue;   /* first cue that begins at or after the walk's place */
    uint32_t value;
    bool has_statement;  /* the clause has a verb or a cue so far */
    bool has_absent;     /* … one that says no */
    uint32_t absent_end; /* word behind the last of those */
};

static bool is_before(enum cue_kind k)
{
    return k == CUE_ABSENT || k == CUE_UNCERTAIN || k == CUE_UNCERTAIN_NEAR || k == CUE_SILENT ||
           k == CUE_STILL || k == CUE_PARTLY || k == CUE_GONE || k == CUE_LIKELY;
}

static bool is_after(enum cue_kind k)
{
    return k == CUE_ABSENT_AFTER || k == CUE_UNCERTAIN_AFTER || k == CUE_GONE_AFTER;
}

static void begin_clause(struct clauses *c, uint32_t at)
{
    if (at >= c->h->end) return;
    c->is_break[at - c->h->first] = 1;
    c->begin = at;
    c->has_statement = c->has_absent = false;
}

static uint32_t segment_end(const struct clauses *c, uint32_t from)
{
    const struct sentence_hits *h = c->h;
    const uint16_t *s = h->words->symbols;
    uint32_t i = from, most = MIN(h->end, from + REACH);
    for (; i < most; i++)
        if (s[i] == SYM_COMMA || s[i] == SYM_SEMICOLON || s[i] == h->schema->word_and) break;
    for (uint32_t k = c->cue; k < h->cues.n && hit_cue(h, k)->first < i; k++)
        if (hit_cue(h, k)->kind == CUE_STOP && hit_cue(h, k)->first > from &&
            !hit_cue(h, k)->hidden)
            i = MIN(i, hit_cue(h, k)->first);
    return i;
}

/* A verb that one thing has, or that says no number: "are" and "have" close a list. */
static bool is_singular(const struct sentence_hits *h, uint32_t word)
{
    const struct schema *c = h->schema;
    uint16_t s = h->words->symbols[word];
    return s >= SYM_FIRST && (s == c->word_is || s == c->word_was || s == c->word_has ||
                              s == c->word_cannot || s == c->word_may || s == c->word_could);
}

/* Is there an "or" between the clause's beginning and the verb? */
static bool is_or_list(const struct clauses *c, uint32_t to)
{
    return hits_symbol_inside(c->h, c->h->schema->word_or, c->begin, to) ||
           hits_symbol_inside(c->h, c->h->schema->word_nor, c->begin, to);
}

/* The verb at cue k ends a list of things that are not seen, and makes no statement of its own. */
static bool is_seen(const struct clauses *c, uint32_t k)
{
    const struct cue_hit *verb = hit_cue(c->h, k);
    for (uint32_t j = k; j < c->h->cues.n; j++) {
        const struct cue_hit *q = hit_cue(c->h, j);
        if (q->first > verb->end + 2) break;
        if (q->kind == CUE_SEEN && q->first >= verb->first)
            return is_or_list(c, verb->first) || !is_singular(c->h, verb->first);
    }
    return false;
}

/* Does a statement with subject and verb begin at `from`? */
static bool begins_statement(const struct clauses *c, uint32_t from, bool after_and)
{
    const struct sentence_hits *h = c->h;
    uint32_t end = segment_end(c, from);
    for (uint32_t k = c->cue; k < h->cues.n && hit_cue(h, k)->first < end; k++) {
        const struct cue_hit *q = hit_cue(h, k);
        if (q->first <= from) {
            if (q->first == from && q->kind == CUE_VERB) return false; /* no subject */
            continue;
        }
        if (q->kind != CUE_VERB && (q->hidden || !is_after((enum cue_kind)q->kind))) continue;
        if (q->is_mark) continue;
        if (q->kind == CUE_VERB && is_seen(c, k)) return false;
        if (c->has_statement) return true;
        return !after_and && is_singular(h, q->first);
    }
    return false;
}

/* "No effusion, cardiomegaly unchanged": a finding, and then how it went. */
static bool ends_in_course(const struct clauses *c, uint32_t from)
{
    const struct sentence_hits *h = c->h;
    const uint32_t end = segment_end(c, from);
    for (uint32_t k = c->value; k < h->values.n && hit_value(h, k)->first < end; k++) {
        const struct value_hit *v = hit_value(h, k);
        if (v->group == VALUE_COURSE && v->end == end && is_mention_end(h, v->first)) return true;
    }
    return false;
}

/* What a comma or "and" after a "no" may begin: something that is there. */
static bool begins_presence(const struct clauses *c, uint32_t from)
{
    const struct sentence_hits *h = c->h;
    if (!c->has_absent || from >= h->end) return false;
    if (h->words->symbols[from] == h->schema->word_with) return true;
    for (uint32_t k = c->cue; k < h->cues.n && hit_cue(h, k)->first <= from; k++) {
        const struct cue_hit *q = hit_cue(h, k);
        if (q->first != from || q->hidden) continue;
        if (q->kind == CUE_UNCERTAIN_NEAR || q->kind == CUE_LIKELY || q->kind == CUE_UNCERTAIN ||
            q->kind == CUE_STILL)
            return true;
    }
    uint32_t most = MIN(h->end, from + REACH);
    if (hits_symbol_inside(h, h->schema->word_or, from, most) ||
        hits_symbol_inside(h, h->schema->word_nor, from, most))
        return false;
    for (uint32_t k = c->value; k < h->values.n && hit_value(h, k)->first <= from; k++)
        if (hit_value(h, k)->first == from && hit_value(h, k)->group != VALUE_SIDE) return true;
    return ends_in_course(c, from);
}

/* "On the prior film, there was": the comma belongs to the cue. */
static bool is_inside_cue(const struct clauses *c, uint32_t i)
{
    for (uint32_t k = c->cue; k-- > 0 && hit_cue(c->h, k)->first >= c->begin;)
        if (!hit_cue(c->h, k)->hidden && hit_cue(c->h, k)->end > i + 1) return true;
    return false;
}

static void look_at(struct clauses *c, uint32_t i)
{
    struct sentence_hits *h = c->h;
    const uint16_t *s = h->words->symbols;
    for (; c->cue < h->cues.n && hit_cue(h, c->cue)->first <= i; c->cue++) {
        const struct cue_hit *q = hit_cue(h, c->cue);
        if (q->first != i || q->hidden) continue;
        if (q->kind == CUE_STOP && i > c->begin) begin_clause(c, i);
        c->has_statement |= q->kind == CUE_VERB || is_before((enum cue_kind)q->kind) ||
                            is_after((enum cue_kind)q->kind);
        if (q->kind != CUE_ABSENT && q->kind != CUE_SILENT && q->kind != CUE_PARTLY) continue;
        c->has_absent = true;
        c->absent_end = q->end; /* "negative for: effusion" is no new clause */
    }
    while (c->value < h->values.n && hit_value(h, c->value)->first < i)
        c->value++;
    if (s[i] == SYM_SEMICOLON) begin_clause(c, i + 1);
    /* "Effusion: none." — what stands behind the colon is said of the finding before it */
    if (s[i] == SYM_COLON && c->absent_end != i && !is_mention_end(h, i)) begin_clause(c, i + 1);
    if (s[i] == SYM_OPEN && begins_presence(c, i + 1)) begin_clause(c, i + 1);
    if (s[i] == SYM_CLOSE && i > h->first && s[i - 1] == SYM_NUMBER) begin_clause(c, i + 1);
    bool is_and = s[i] == h->schema->word_and && s[i] >= SYM_FIRST;
    if ((s[i] != SYM_COMMA && !is_and) || is_inside_cue(c, i)) return;
    uint32_t from = i + 1;
    if (from < h->end && !is_and && s[from] == h->schema->word_and) from++, is_and = true;
    if (from < h->end && (begins_statement(c, from, is_and) || begins_presence(c, from)))
        begin_clause(c, from);
}

static err find_clauses(struct sentence_hits *h)
{
    uint32_t n = h->end - h->first;
    if (!reserve(&h->breaks, n, 1)) return ERR_MEMORY;
    h->breaks.n = n;
    memset(h->breaks.p, 0, n);
    struct clauses c = { .h = h, .is_break = h->breaks.p, .begin = h->first };
    for (uint32_t i = h->first; i < h->end; i++) {
        const uint16_t s = h->words->symbols[i];
        const bool is_plain = s <= SYM_NUMBER || (s >= SYM_FIRST && s != h->schema->word_and);
        if (is_plain && (c.cue == h->cues.n || hit_cue(h, c.cue)->first > i)) continue;
        look_at(&c, i);
    }
    return OK;
}

/* ---- mentions ---- */

static bool overlap(const struct mention *a, const struct mention *b)
{
    return a->first < b->end && b->first < a->end;
}

static bool is_excluded(const struct sentence_hits *h, const struct mention *m)
{
    for (uint32_t i = 0; i < h->nots.n; i++) {
        const struct mention *x = (const struct mention *)h->nots.p + i;
        if (x->first >= m->end) break;
        if (x->finding != m->finding || !overlap(x, m)) continue;
        if (!x->has_gap || !hits_break_inside(h, x->first, x->end)) return true;
    }
    return false;
}

/* Of two that tell the same finding with the same words one is enough. */
static bool is_worse(const struct mention *m, const struct mention *o)
{
    if (m->has_gap != o->has_gap) return m->has_gap;
    if (m->has_gap) return m->end > o->end || (m->end == o->end && m->first < o->first);
    return m->end - m->first < o->end - o->first;
}

static void drop_mentions(struct sentence_hits *h)
{
    for (uint32_t i = 0; i < h->mentions.n; i++) {
        struct mention *m = hit_mention(h, i);
        m->dropped |= (m->kind == PATTERN_FIND && is_excluded(h, m)) ||
                      (m->has_gap && hits_break_inside(h, m->first, m->end));
    }
    for (uint32_t i = 0; i < h->mentions.n; i++) {
        struct mention *m = hit_mention(h, i);
        for (uint32_t k = i + 1; k < h->mentions.n && hit_mention(h, k)->first < m->end; k++) {
            struct mention *o = hit_mention(h, k);
            if (m->dropped || o->dropped || m->finding != o->finding) continue;
            if (is_worse(m, o))
                m->dropped = true;
            else
                o->dropped = true;
        }
    }
}

err sentence_hits_read(struct sentence_hits *h, const struct schema *s, const struct words *w,
                       uint32_t i, const struct mention *own)
{
    err e = OK;
    h->schema = s;
    h->words = w;
    h->first = w->sentences[i].first;
    h->end = w->sentences[i].end;
    h->mentions.n = h->cues.n = h->values.n = h->nots.n = 0;
    h->about = false;
    TRY(collect(h));
    if (h->mentions.n == 0 && !own) return OK;
    hide_shorter(h);
    turn_answers(h);
    TRY(find_clauses(h));
    drop_mentions(h);
    if (own &&
        !APPEND(h->mentions, struct mention,
                { own->first, own->end, own->finding, own->kind, own->has_gap, false, false }))
        return ERR_MEMORY;
out:
    return e;
}
