#include "detect/name_again.h"

#include "detect/name_signs_again.h"
#include "detect/shape.h"
#include "detect/shield.h"
#include "detect/taken.h"

enum { SLOTS = 256, KEPT_MAX = SLOTS / 2 };
static const float SURE = 0.7F; /* of a name to look for again */

struct word_set {
    uint64_t hash[SLOTS];
    uint8_t role[SLOTS];
    uint32_t n;
    uint64_t filter; /* a bit a hash: most words are none of these */
};

static uint32_t slot_of(const struct word_set *s, uint64_t hash)
{
    uint32_t i = (uint32_t)(hash >> 20) % SLOTS;
    while (s->hash[i] && s->hash[i] != hash)
        i = (i + 1) % SLOTS;
    return i;
}

/* Is this word, once it stood in a name, enough to go by? */
static bool is_telling(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    const uint64_t never = LEX(TITLE) | LEX(CREDENTIAL) | LEX(PARTICLE) | LEX(SUFFIX) |
                           LEX(FUNCTION) | LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN) |
                           LEX(MONTH);
    return t->kind == TOK_WORD && t->len > 1 && !(d->lex[i]->bits & never) && d->lex[i]->word < 6;
}

/* Means nothing else, so that even a doubtful name is enough to go by, of two words or in a frame. */
SELDOM static bool is_distinct(const struct doc *d, uint32_t i)
{
    enum { LONG = 5 };
    const struct lex_info *l = d->lex[i];
    return d->tok[i].len >= LONG && !(l->bits & ~(LEX_GIVEN | LEX(NICK) | LEX(SURNAME)));
}

/* The word after "the" in "The Smiths agree": a family, of which one was named. */
static bool is_family(const struct doc *d, uint32_t i, const struct word_set *s)
{
    const struct token *t = &d->tok[i];
    view w = doc_view(d, i, i);
    return t->len > 3 && w.p[w.n - 1] == 's' && shape_of(d, i) == SHAPE_TITLE && !d->shield[i] &&
           !(d->lex[i]->bits & LEX(EPONYM)) &&
           s->hash[slot_of(s, token_hash_word(view_sub(w, 0, w.n - 1)))];
}

static bool may_have(const struct word_set *s, uint64_t hash)
{
    return s->filter >> (hash >> 58) & 1;
}

static bool is_again(const struct doc *d, uint32_t i, const struct word_set *s,
                     const uint8_t *taken)
{
    const bool shielded = d->shield[i] && !(d->shield[i] & SHIELD_CALLED);
    if (taken[i] || shielded || !is_telling(d, i) || !s->hash[slot_of(s, d->tok[i].hash)])
        return false;
    enum shape shape = shape_of(d, i);
    uint8_t word = d->lex[i]->word;
    if (shape == SHAPE_ACRONYM && d->lex[i]->bits & LEX(CUE_DEA)) return false;
    if ((d->lex[i]->bits & LEX(EPONYM)) && shape_after_possessive(d, i) > i + 1)
        return false; /* "Mr. Parkinson with Parkinson's" */
    if (shape == SHAPE_LOWER || shield_is_thing_told(d, i)) return false; /* "Dr Mason; Mason 2" */
    if (shape == SHAPE_BLANK) return word < 2;
    /* "Hope is hopeful": a given name that does what a person does */
    bool does = (d->lex[i]->bits & LEX_GIVEN) && doc_bits(d, (int64_t)i + 1) & LEX(PERSON_VERB) &&
                doc_tok(d, (int64_t)i + 1)->flags & TOK_LOWER;
    return word < 3 || does || !shape_starts_sentence(d, i);
}

err name_again(const struct doc *d, uint32_t from, const uint8_t *taken, struct findings *out)
{
    if (from == out->n) return OK;
    struct word_set *s = arena_alloc(d->arena, sizeof *s);
    uint8_t *found = arena_alloc(d->arena, d->n + 1);
    if (!s || !found) return ERR_MEMORY;
    memset(s, 0, sizeof *s);
    memset(found, 0, d->n + 1);
    for (uint32_t k = from; k < out->n; k++) {
        const struct finding *x = &out->v[k];
        if (x->label != LABEL_NAME) continue;
        const uint32_t first = taken_token_at(d, x->start), last = taken_last(d, first, x->end);
        const bool doubtful =
            x->source != SOURCE_TAGGER && (first < last || x->rule == RULE_NAME_HANDOVER);
        for (uint32_t i = first; i <= last && i < d->n; i++) {
            found[i] = 1;
            const bool goes = x->score >= SURE || (doubtful && is_distinct(d, i));
            if (!goes || !is_telling(d, i) || s->n == KEPT_MAX) continue;
            uint32_t at = slot_of(s, d->tok[i].hash);
            s->n += !s->hash[at];
            s->hash[at] = d->tok[i].hash;
            s->filter |= UINT64_C(1) << (d->tok[i].hash >> 58);
            if (!s->role[at]) s->role[at] = x->role;
        }
    }
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k];
        const bool plural =
            doc_is_word(d, (int64_t)i - 1, VIEW("the")) && !taken[i] && is_family(d, i, s);
        if (!plural && (!may_have(s, d->tok[i].hash) || !is_again(d, i, s, taken))) continue;
        if (found[i]) continue;
        uint32_t last = i;
        while (last + 1 < d->n && !found[last + 1] && !(doc_tok(d, last + 1)->flags & TOK_LINE) &&
               is_again(d, last + 1, s, taken))
            last++;
        struct finding x = doc_finding(d, i, last, LABEL_NAME, RULE_NAME_AGAIN, 0.85F);
        x.source = SOURCE_LEXICON;
        x.role = s->role[slot_of(s, d->tok[i].hash)];
        err e = findings_add(out, x);
        if (e) return e;
        for (uint32_t j = i; j <= last; j++)
            found[j] = 1;
    }
    return OK;
}

err name_again_learned(const struct doc *d, uint32_t from, struct findings *out)
{
    bool any = false;
    for (uint32_t k = from; k < out->n; k++)
        any |= out->v[k].label == LABEL_NAME;
    if (!any) return OK;
    const uint8_t *taken = taken_by(d, out, ~(1U << LABEL_NAME));
    if (!taken) return ERR_MEMORY;
    err e = name_again(d, 0, taken, out);
    return e ? e : name_signs_again(d, 0, taken, out);
}
