#include "detect/doc.h"

#include "detect/caseless.h"
#include "detect/shield.h"
#include "text/fold.h"
#include "text/offsets.h"

struct finding doc_finding(const struct doc *d, uint32_t first, uint32_t last, enum label label,
                           enum rule rule, float score)
{
    BUG_IF(first > last || last >= d->n);
    return (struct finding){ .start = d->tok[first].start,
                             .end = token_end(&d->tok[last]),
                             .score = score,
                             .rule = (uint16_t)rule,
                             .label = (uint8_t)label,
                             .source = SOURCE_RULE };
}

/* Marks that a detector begins at. */
static const uint64_t LOOKED_AT = DOC_MARK_BIT('@') | DOC_MARK_BIT(':') | DOC_MARK_BIT('/') |
                                  DOC_MARK_BIT('#') | DOC_MARK_BIT('[');

/* Marks that a sentence may end with, or a quotation begin. */
static const uint64_t ENDS =
    DOC_MARK_BIT('.') | DOC_MARK_BIT('?') | DOC_MARK_BIT('"') | DOC_MARK_BIT('>');

/* The tokens that belong to any list, and to which: most belong to none. No step depends on a branch, since what a
 * token will be is the one thing that can't be guessed: it is written at the end, which moves on when it counts. */
static uint32_t sift(const struct doc *d, const struct routes *r, uint32_t *restrict some,
                     uint8_t *restrict what)
{
    const struct token *restrict tok = d->tok;
    const struct lex_info *const *restrict lex = d->lex, *first = r->first;
    const uint8_t *restrict route = r->of[d->is_caseless];
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        const uint32_t flags = tok[i].flags;
        const uint32_t of = (route[lex[i] - first] & r->may[flags]) | r->is[flags];
        some[n] = i;
        what[n] = (uint8_t)of;
        n += of != 0;
    }
    return n;
}

/* Of the n words in capital letters, those of two or three. */
static uint32_t keep_signs(struct doc *d, uint32_t n)
{
    uint32_t *restrict v = d->signs.v, kept = 0;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = v[k];
        v[kept] = i;
        kept += d->tok[i].len - 2U < 2U;
    }
    return kept;
}

/* Deals the n tokens of `some` to the lists of words worth a look, and `others` with what is no word. */
static void list_words(struct doc *d, const uint32_t *restrict some, const uint8_t *restrict what,
                       uint32_t n, struct token_list *starts, struct token_list *others)
{
    const uint64_t dot = token_hash_literal(VIEW("dot"));
    uint32_t *restrict hot = d->hot.v, *restrict numbers = d->number_words.v;
    uint32_t *restrict phrases = starts->v, *restrict no_words = others->v;
    uint32_t *restrict called = d->called.v, *restrict signs = d->signs.v;
    bool dots = false;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = some[k], of = what[k];
        *hot = *called = *signs = *numbers = *phrases = *no_words = i;
        hot += (of | of / ROUTE_SMALL) & 1;
        called += (of / ROUTE_CALLED) & 1;
        signs += (of / ROUTE_SIGN) & 1;
        numbers += (of / ROUTE_NUMBER_WORD) & 1;
        phrases += (of / ROUTE_PHRASE) & 1;
        no_words += (of / ROUTE_NO_WORD) & 1;
        dots |= (of & ROUTE_DOT) && d->tok[i].hash == dot;
    }
    d->has_dot_word = dots;
    d->hot.n = (uint32_t)(hot - d->hot.v);
    d->called.n = (uint32_t)(called - d->called.v);
    d->signs.n = keep_signs(d, (uint32_t)(signs - d->signs.v));
    d->number_words.n = (uint32_t)(numbers - d->number_words.v);
    starts->n = (uint32_t)(phrases - starts->v);
    others->n = (uint32_t)(no_words - others->v);
}

/* Of the n marks in d->dots that may end a sentence, the full stops with something right behind them, those right behind a
 * letter, and the words in small letters behind any. */
static void list_dots(struct doc *d)
{
    const uint32_t n = d->dots.n;
    uint32_t *restrict dots = d->dots.v, *restrict letter_dots = d->letter_dots.v;
    uint32_t *restrict small = d->small_starts.v;
    uint32_t n_dots = 0, n_letter_dots = 0, n_small = 0;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = dots[k], has_next = i + 1 < d->n, had = i > 0;
        const struct token *before = &d->tok[i - had];
        const uint32_t is_dot = d->tok[i].hash == '.', behind = d->tok[i + has_next].flags;
        dots[n_dots] = letter_dots[n_letter_dots] = i;
        n_dots += is_dot & has_next & ~behind & TOK_SPACE;
        n_letter_dots += is_dot & had & (before->kind == TOK_WORD) & (before->len == 1) &
                         ~d->tok[i].flags & TOK_SPACE;
        /* "5 mg p.o. daily": seldom, so that a branch is cheaper than a list of most */
        if (UNLIKELY(behind & TOK_LOWER) && has_next && (!is_dot || behind & TOK_SPACE))
            small[n_small++] = i + 1;
    }
    d->small_starts.n = n_small;
    d->dots.n = n_dots;
    d->letter_dots.n = n_letter_dots;
}

/* Of the digits, those that may begin or be more than a small number by itself ("70 %", "5 mg"): of three digits and
 * more, with another number among the next three tokens, behind a '+', or a "1", which may lead a telephone number. */
static void list_rows(struct doc *d)
{
    const struct token *const tok = d->tok;
    const uint32_t n = d->n;
    uint32_t *restrict rows = d->rows.v;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t i = d->digits.v[k];
        const uint32_t next = k + 1 < d->digits.n ? d->digits.v[k + 1] : n + 4;
        const uint32_t plus = i && tok[i - 1].hash == '+' && !(tok[i].flags & TOK_SPACE);
        *rows = i;
        rows += (tok[i].len > 2) | (next - i <= 3) | plus | (tok[i].hash == 1);
    }
    d->rows.n = (uint32_t)(rows - d->rows.v);
}

/* What touches each of the digits. Without a branch, as any of it is true of one number in three. */
static void look_beside(struct doc *d)
{
    enum { AGE_FROM = 90, AGE_TO = 125 };
    const struct token *const tok = d->tok;
    uint8_t *restrict beside = d->beside;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t i = d->digits.v[k], had = i > 0, has_next = i + 1 < d->n;
        const struct token *t = &tok[i], *l = t - had, *r = t + has_next;
        const uint32_t left = had & ~t->flags & TOK_SPACE, right = has_next & ~r->flags & TOK_SPACE;
        const uint32_t l_word = l->kind == TOK_WORD, r_word = r->kind == TOK_WORD;
        beside[k] =
            (uint8_t)(right * BESIDE_RIGHT | (left & l_word) * BESIDE_LEFT_WORD |
                      (right & r_word) * BESIDE_RIGHT_WORD |
                      ((left & (l->hash == '-')) | (right & (r->hash == '-'))) * BESIDE_DASH |
                      (t->len <= 2) * NUMBER_SHORT | (t->len >= 4) * NUMBER_LONG |
                      (t->hash - AGE_FROM <= AGE_TO - AGE_FROM) * NUMBER_AGE);
    }
}

/* Parts numbers, marks that are looked at, and full stops inside something, from `others`. */
static void list_others(struct doc *d, const struct token_list *others)
{
    uint32_t *restrict digits = d->digits.v, *restrict marks = d->marks.v;
    uint32_t *restrict dots = d->dots.v;
    for (uint32_t k = 0; k < others->n; k++) {
        const uint32_t i = others->v[k], is_mark = d->tok[i].kind == TOK_MARK;
        const uint64_t mark = d->tok[i].hash - 0x20;
        *digits = *marks = *dots = i;
        digits += is_mark ^ 1;
        marks += is_mark & (mark < 64) & (LOOKED_AT >> (mark & 63));
        dots += is_mark & (mark < 64) & (ENDS >> (mark & 63));
    }
    d->digits.n = (uint32_t)(digits - d->digits.v);
    list_rows(d);
    look_beside(d);
    d->marks.n = (uint32_t)(marks - d->marks.v);
    d->dots.n = (uint32_t)(dots - d->dots.v);
}

/* Room for n indexes and the one that is always written. */
static uint32_t *room_for(struct arena *a, uint32_t n)
{
    return arena_array(a, (size_t)n + 1, sizeof(uint32_t));
}

static err list_tokens(struct doc *d, const struct routes *r, struct token_list *starts)
{
    struct token_list others;
    uint32_t *some = room_for(d->arena, d->n);
    uint8_t *what = arena_alloc(d->arena, d->n + 1);
    if (!some || !what) return ERR_MEMORY;
    const uint32_t n = sift(d, r, some, what);
    d->hot.v = room_for(d->arena, n);
    d->called.v = room_for(d->arena, n);
    d->signs.v = room_for(d->arena, n);
    d->number_words.v = room_for(d->arena, n);
    starts->v = room_for(d->arena, n);
    others.v = room_for(d->arena, n);
    if (!d->hot.v || !d->called.v || !d->signs.v || !d->number_words.v || !starts->v || !others.v)
        return ERR_MEMORY;
    list_words(d, some, what, n, starts, &others);
    d->digits.v = room_for(d->arena, others.n);
    d->beside = arena_alloc(d->arena, others.n + 1);
    d->rows.v = room_for(d->arena, others.n);
    d->marks.v = room_for(d->arena, others.n);
    d->dots.v = room_for(d->arena, others.n);
    d->letter_dots.v = room_for(d->arena, others.n);
    if (!d->digits.v || !d->beside || !d->rows.v || !d->marks.v || !d->dots.v || !d->letter_dots.v)
        return ERR_MEMORY;
    list_others(d, &others);
    d->small_starts.v = room_for(d->arena, d->dots.n);
    if (!d->small_starts.v) return ERR_MEMORY;
    list_dots(d);
    return OK;
}

/* `starts`: the words that may begin one. */
static err find_phrases(struct doc *d, struct token_list *starts)
{
    uint32_t cap = 0, from = 0;
    starts->n = lexicon_may_lead(d->lexicon, d->tok, d->n, starts->v, starts->n);
    lexicon_phrases_ahead(d->lexicon, d->tok, d->lex, starts->v, starts->n);
    for (uint32_t s = 0; s < starts->n; s++) {
        const struct lex_info *entry;
        uint32_t i = starts->v[s];
        if (i < from) continue; /* inside the phrase before it */
        uint32_t k = lexicon_phrase(d->lexicon, d->lex[i], &d->tok[i], d->n - i, &entry);
        if (!k) continue;
        if (d->n_phrases == cap) {
            uint32_t want = cap ? cap * 2 : 32;
            struct phrase *v = arena_array(d->arena, want, sizeof *v);
            if (!v) return ERR_MEMORY;
            if (cap) memcpy(v, d->phrases, cap * sizeof *v);
            d->phrases = v;
            cap = want;
        }
        d->phrases[d->n_phrases++] = (struct phrase){ i, k, entry };
        from = i + k;
    }
    return OK;
}

const struct phrase *doc_phrase_at(const struct doc *d, uint32_t i)
{
    uint32_t low = 0, high = d->n_phrases;
    if (i >= d->n || !d->lex[i]->next) return NULL; /* no phrase begins with this word */
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (d->phrases[mid].first < i)
            low = mid + 1;
        else
            high = mid;
    }
    return low < d->n_phrases && d->phrases[low].first == i ? &d->phrases[low] : NULL;
}

err doc_prepare(struct doc *d, const struct routes *r, view text, view field, struct arena *a,
                struct offset_map *map)
{
    err e = OK;
    struct tokens t;
    struct token_list starts;
    *d = (struct doc){ .field = field, .lexicon = r->lexicon, .arena = a };
    TRY(fold_text(text, a, &d->text, map));
    TRY(token_split(d->text, a, &t));
    d->tok = t.v;
    d->n = d->n_said = t.n;
    d->lex = arena_array(a, t.n + 1, sizeof(*d->lex));
    d->shield = arena_alloc(a, t.n + 1);
    if (!d->lex || !d->shield) return ERR_MEMORY;
    memset(d->shield, 0, t.n + 1);
    lexicon_find_all(r->lexicon, d->tok, d->n, d->lex);
    d->is_caseless = caseless_is(d, t.words, t.capitals);
    TRY(list_tokens(d, r, &starts));
    TRY(find_phrases(d, &starts));
    shield_tags(d);
    shield_eponyms(d);
    shield_jotted(d);
    shield_measure(d);
out:
    return e;
}
