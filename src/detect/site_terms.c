#include "detect/site_terms.h"

#include "base/hash.h"
#include "detect/site_phrase.h"

/* Every prefix of every phrase is a slot; the hash of a prefix is that of the shorter one mixed with
 * the next element's key. */
struct slot {
    uint64_t prefix; /* 0: free */
    uint8_t kinds;   /* set of 1 << enum site_kind that end here */
    uint8_t deny, known, role;
    bool goes_on; /* a longer phrase begins so */
};
struct site_terms {
    struct slot *slots;
    uint32_t n, cap; /* cap is a power of two */
    uint32_t n_terms;
    struct arena arena; /* scratch of site_terms_add */
};
enum { FIRST_CAP = 64, SCRATCH_MAX = 64 << 20, USUAL_WORD = 3, WORD_ALONE_MIN = 3 };

static const uint64_t ROOT = UINT64_C(0x5173);
/* What a family name may also be in a chart; by itself it is left to the detector of names. */
static const uint64_t OTHER_SENSE = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(UNIT) |
                                    LEX(ABBREVIATION) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) |
                                    LEX(HOLIDAY) | LEX(FUNCTION);

static uint64_t longer(uint64_t prefix, uint64_t key)
{
    uint64_t h = hash_mix(prefix, key);
    return h ? h : 1;
}

static struct slot *slot_of(struct slot *slots, uint32_t cap, uint64_t prefix)
{
    uint32_t i = (uint32_t)(prefix >> 32) & (cap - 1);
    while (slots[i].prefix && slots[i].prefix != prefix)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static const struct slot *find_slot(const struct site_terms *t, uint64_t prefix)
{
    const struct slot *s = slot_of(t->slots, t->cap, prefix);
    return s->prefix ? s : NULL;
}

static err make_room(struct site_terms *t)
{
    if (t->cap && t->n < t->cap / 2) return OK;
    size_t cap = t->cap ? (size_t)t->cap * 2 : FIRST_CAP;
    struct slot *slots = mem_alloc_zero(cap * sizeof *slots);
    if (!slots) return ERR_MEMORY;
    for (uint32_t i = 0; i < t->cap; i++)
        if (t->slots[i].prefix) *slot_of(slots, (uint32_t)cap, t->slots[i].prefix) = t->slots[i];
    mem_free(t->slots);
    t->slots = slots;
    t->cap = (uint32_t)cap;
    return OK;
}

err site_terms_new(struct site_terms **out)
{
    struct site_terms *t = mem_alloc_zero(sizeof *t);
    if (!t) return ERR_MEMORY;
    arena_init(&t->arena, SCRATCH_MAX);
    err e = make_room(t);
    if (e)
        mem_free(t);
    else
        *out = t;
    return e;
}

void site_terms_free(struct site_terms *t)
{
    if (!t) return;
    arena_clear(&t->arena);
    mem_free(t->slots);
    mem_free(t);
}

static err mark_end(struct slot *s, struct site_term what)
{
    const uint8_t bit = (uint8_t)(1U << what.kind);
    const uint8_t lists = 1U << SITE_ALLOW | 1U << SITE_DENY;
    if ((bit & lists) && (s->kinds & lists)) return ERR_EXISTS;
    if (what.kind == SITE_DENY) {
        s->deny = (uint8_t)what.label;
    } else if (what.kind != SITE_ALLOW) {
        const uint8_t rosters = 1U << SITE_KNOWN | 1U << SITE_KNOWN_WORD;
        bool again = (s->kinds & rosters) != 0;
        if (!again) s->known = (uint8_t)what.label;
        /* The roles go from the patient to the clinician, whose name a setting may keep. */
        if (!again || !s->role || (what.role && what.role < s->role)) s->role = (uint8_t)what.role;
    }
    s->kinds |= bit;
    return OK;
}

err site_terms_add(struct site_terms *t, view text, struct site_term what)
{
    err e = OK;
    struct site_phrase p;
    struct slot *s = NULL;
    uint64_t prefix = ROOT;
    TRY(site_phrase_read(&p, text, SITE_PHRASE_MAX, &t->arena));
    if (t->n_terms >= SITE_TERMS_MAX) TRY(ERR_LIMIT);
    if (p.n_characters < SITE_CHARACTERS_MIN) TRY(ERR_FORMAT);
    if (what.kind != SITE_ALLOW && !p.has_word && p.n_characters < SITE_DIGITS_MIN) TRY(ERR_FORMAT);
    for (uint32_t k = 0; k < p.n; k++) {
        TRY(make_room(t));
        prefix = longer(prefix, p.key[k]);
        s = slot_of(t->slots, t->cap, prefix);
        t->n += !s->prefix;
        s->prefix = prefix;
        if (k + 1 < p.n) s->goes_on = true;
    }
    TRY(mark_end(s, what));
    t->n_terms++;
out:
    arena_reset(&t->arena);
    return e;
}

/* ---- finding ---- */

/* What ends at the furthest token, a kind: where, and in which slot. */
struct reach {
    const struct slot *slot;
    uint32_t last;
};

static bool is_small(const struct doc *d, uint32_t i)
{
    return !d->is_caseless && (d->tok[i].flags & TOK_LOWER);
}

/* Numbers of a dose or value stay, whatever list they are on; so do tags. */
static bool is_shielded(const struct doc *d, uint32_t first, uint32_t last)
{
    bool has_word = false;
    uint8_t shield = 0;
    for (uint32_t i = first; i <= last; i++) {
        shield |= d->shield[i];
        has_word = has_word || d->tok[i].kind == TOK_WORD;
    }
    return (shield & SHIELD_TAG) || (!has_word && (shield & SHIELD_MEASURE));
}

/* "Will Hope" in small letters, in a text that has capitals, is a sentence. */
static bool is_plain_language(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_WORD && (!is_small(d, i) || d->lex[i]->word < USUAL_WORD))
            return false;
    return true;
}

static bool stands_alone(const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t letters = 0;
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_WORD) letters = MAX(letters, d->tok[i].len);
    if (letters < WORD_ALONE_MIN || is_small(d, last)) return false;
    if (d->shield[first] & (SHIELD_EPONYM | SHIELD_PHRASE)) return false;
    return first != last ||
           (d->lex[first]->word < USUAL_WORD && !(d->lex[first]->bits & OTHER_SENSE));
}

static err add(const struct doc *d, struct findings *out, uint32_t first, uint32_t last,
               enum label label, enum rule rule, enum finding_role role)
{
    struct finding x = doc_finding(d, first, last, label, rule, 1.0F);
    x.source = rule == RULE_SITE_ROSTER_WORD ? SOURCE_RULE : SOURCE_KNOWN;
    x.role = (uint8_t)role;
    return findings_add(out, x);
}

static err add_span(const struct doc *d, uint32_t first, uint32_t last, struct site_spans *to)
{
    struct site_span *v = arena_more(d->arena, to->v, sizeof *v, to->n, &to->cap, 16);
    if (!v) return ERR_MEMORY;
    to->v = v;
    to->v[to->n++] = (struct site_span){ d->tok[first].start, token_end(&d->tok[last]) };
    return OK;
}

static void follow(const struct site_terms *t, const struct doc *d, struct site_step s,
                   const struct slot *slot, struct reach reach[static 4])
{
    uint64_t prefix = longer(ROOT, s.key);
    for (;;) {
        if (slot->kinds && site_phrase_ends(d, s.at))
            for (unsigned k = 0; k < 4; k++)
                if (slot->kinds & 1U << k) reach[k] = (struct reach){ slot, s.at };
        if (!slot->goes_on || !site_phrase_next(d, &s)) return;
        prefix = longer(prefix, s.key);
        slot = find_slot(t, prefix);
        if (!slot) return;
    }
}

/* The words of known full names, whose owner is also called by one of them. */
struct called {
    uint64_t *words; /* in the arena; cap is a power of two, and half of it stays free */
    uint32_t n, cap;
};

static bool is_called(const struct called *c, uint64_t hash)
{
    for (uint32_t i = (uint32_t)hash & (c->cap - 1); c->words[i]; i = (i + 1) & (c->cap - 1))
        if (c->words[i] == hash) return true;
    return false;
}

static err put_called(const struct doc *d, struct called *c, uint64_t hash)
{
    if (c->n * 2 >= c->cap) {
        struct called more = { .cap = c->cap ? c->cap * 2 : 32 };
        more.words = arena_array(d->arena, more.cap, sizeof *more.words);
        if (!more.words) return ERR_MEMORY;
        memset(more.words, 0, more.cap * sizeof *more.words);
        for (uint32_t i = 0; i < c->cap; i++) {
            err e = c->words[i] ? put_called(d, &more, c->words[i]) : OK;
            if (e) return e;
        }
        *c = more;
    }
    if (is_called(c, hash)) return OK;
    uint32_t i = (uint32_t)hash & (c->cap - 1);
    while (c->words[i])
        i = (i + 1) & (c->cap - 1);
    c->words[i] = hash;
    c->n++;
    return OK;
}

static err put_words(const struct doc *d, uint32_t first, uint32_t last, struct called *c)
{
    for (uint32_t i = first; i <= last; i++) {
        err e =
            d->tok[i].kind == TOK_WORD && d->tok[i].hash ? put_called(d, c, d->tok[i].hash) : OK;
        if (e) return e;
    }
    return OK;
}

static err find_called(const struct doc *d, const struct called *c, struct findings *out)
{
    struct site_step s;
    for (uint32_t i = 0; c->n && i < d->n; i++) {
        if (d->tok[i].kind != TOK_WORD || !is_called(c, d->tok[i].hash)) continue;
        if (!site_phrase_begin(d, i, &s) || !site_phrase_ends(d, i)) continue;
        if (!stands_alone(d, i, i) || is_shielded(d, i, i)) continue;
        err e = add(d, out, i, i, LABEL_NAME, RULE_SITE_ROSTER_WORD, WHO_UNKNOWN);
        if (e) return e;
    }
    return OK;
}

static err take(const struct doc *d, uint32_t i, const struct reach reach[static 4],
                struct findings *out, struct site_spans *allowed, struct called *called)
{
    err e = OK;
    const struct reach *allow = &reach[SITE_ALLOW], *deny = &reach[SITE_DENY];
    const struct reach *known = &reach[SITE_KNOWN], *word = &reach[SITE_KNOWN_WORD];
    if (allow->slot) TRY(add_span(d, i, allow->last, allowed));
    if (deny->slot && !is_shielded(d, i, deny->last))
        TRY(add(d, out, i, deny->last, deny->slot->deny, RULE_SITE_DENY, WHO_UNKNOWN));
    if (known->slot && !is_shielded(d, i, known->last)) {
        bool is_name = known->slot->known == LABEL_NAME;
        if (!is_name || !is_plain_language(d, i, known->last)) {
            TRY(add(d, out, i, known->last, known->slot->known, RULE_SITE_ROSTER,
                    known->slot->role));
            if (is_name) TRY(put_words(d, i, known->last, called));
        }
    }
    if (word->slot && !is_shielded(d, i, word->last) && stands_alone(d, i, word->last))
        TRY(add(d, out, i, word->last, LABEL_NAME, RULE_SITE_ROSTER_WORD, word->slot->role));
out:
    return e;
}

err site_terms_find(const struct site_terms *t, const struct doc *d, struct findings *out,
                    struct site_spans *allowed)
{
    err e = OK;
    struct called called = { 0 };
    for (uint32_t i = 0; i < d->n; i++) {
        struct site_step s;
        struct reach reach[4] = { 0 };
        if (!site_phrase_begin(d, i, &s)) continue;
        const struct slot *slot = find_slot(t, longer(ROOT, s.key));
        if (!slot) continue;
        follow(t, d, s, slot, reach);
        TRY(take(d, i, reach, out, allowed, &called));
    }
    TRY(find_called(d, &called, out));
out:
    return e;
}

void site_terms_drop(const struct site_spans *allowed, struct findings *f)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        const struct finding x = f->v[i];
        bool vouched =
            x.source == SOURCE_CHECKSUM || (x.source == SOURCE_KNOWN && x.rule != RULE_SITE_DENY);
        bool inside = false;
        /* The last phrase that begins at or before the finding, and those before it that reach as far. */
        uint32_t low = 0, high = allowed->n;
        while (low < high) {
            uint32_t mid = low + (high - low) / 2;
            if (allowed->v[mid].start <= x.start)
                low = mid + 1;
            else
                high = mid;
        }
        for (uint32_t k = low; !vouched && !inside && k > 0 && low - k < SITE_PHRASE_MAX * 3; k--)
            inside = allowed->v[k - 1].end >= x.end;
        if (!inside) f->v[kept++] = x;
    }
    f->n = kept;
}
