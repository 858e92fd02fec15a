#include "detect/doc.h"

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

/* Marks that a detector begins at: bit i is the character 0x20 + i. */
#define MARK_BIT(c) (UINT64_C(1) << ((c)-0x20))
static const uint64_t LOOKED_AT =
    MARK_BIT('@') | MARK_BIT(':') | MARK_BIT('/') | MARK_BIT('#') | MARK_BIT('[');

/* Fills the lists of tokens worth a look. No step of it depends on a branch, since what a token will
 * be is the one thing that can't be guessed: each list is written at its end, and grows when the
 * token belongs there. */
static void list_tokens(struct doc *d, const struct routes *r, struct token_list *starts)
{
    const struct token *restrict tok = d->tok;
    const struct lex_info *const *restrict lex = d->lex, *first = r->first;
    const uint8_t *restrict route = r->of[d->is_caseless];
    uint32_t *restrict digits = d->digits.v, *restrict hot = d->hot.v, *restrict marks = d->marks.v;
    uint32_t *restrict numbers = d->number_words.v, *restrict phrases = starts->v;
    for (uint32_t i = 0; i < d->n; i++) {
        const uint32_t of = route[lex[i] - first], kind = tok[i].kind, is_word = kind == TOK_WORD;
        const uint32_t is_small = (tok[i].flags / TOK_LOWER) & 1;
        const uint64_t mark = tok[i].hash - 0x20;
        *digits = *hot = *marks = *numbers = *phrases = i;
        hot += (of >> is_small) & is_word;
        digits += kind == TOK_NUMBER;
        marks += (kind == TOK_MARK) & (mark < 64) & (LOOKED_AT >> (mark & 63));
        numbers += (of / ROUTE_NUMBER_WORD) & 1;
        phrases += (of / ROUTE_PHRASE) & 1;
    }
    d->digits.n = (uint32_t)(digits - d->digits.v);
    d->hot.n = (uint32_t)(hot - d->hot.v);
    d->marks.n = (uint32_t)(marks - d->marks.v);
    d->number_words.n = (uint32_t)(numbers - d->number_words.v);
    starts->n = (uint32_t)(phrases - starts->v);
}

/* `starts`: the words that may begin one. */
static err find_phrases(struct doc *d, const struct token_list *starts)
{
    uint32_t cap = 0, from = 0;
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
    d->n = t.n;
    d->is_caseless = t.capitals * UINT64_C(50) <= t.words;
    d->lex = arena_array(a, t.n + 1, sizeof(*d->lex));
    d->shield = arena_alloc(a, t.n + 1);
    d->digits.v = arena_array(a, t.n + 1, sizeof(uint32_t));
    d->hot.v = arena_array(a, t.n + 1, sizeof(uint32_t));
    d->marks.v = arena_array(a, t.n + 1, sizeof(uint32_t));
    d->number_words.v = arena_array(a, t.n + 1, sizeof(uint32_t));
    starts.v = arena_array(a, t.n + 1, sizeof(uint32_t));
    if (!starts.v || !d->number_words.v || !d->lex || !d->shield || !d->digits.v || !d->hot.v ||
        !d->marks.v)
        return ERR_MEMORY;
    memset(d->shield, 0, t.n + 1);
    lexicon_find_all(r->lexicon, d->tok, d->n, d->lex);
    list_tokens(d, r, &starts);
    TRY(find_phrases(d, &starts));
    shield_tags(d);
    shield_eponyms(d);
    shield_measure(d);
out:
    return e;
}
