#include "detect/doc.h"

#include "detect/shield.h"
#include "text/fold.h"
#include "text/offsets.h"

/* A word with one of these is worth a detector's look wherever it stands. */
static const uint64_t HOT =
    LEX_GIVEN | LEX(SURNAME) | LEX(NICK) | LEX(TITLE) | LEX(CREDENTIAL) | LEX(PLACE) | LEX(COUNTY) |
    LEX(STATE) | LEX(STATE_CODE) | LEX(SAINT) | LEX(STREET_TYPE) | LEX(ORG_HEAD) | LEX(ORG_WORD) |
    LEX(ORG_NAME) | LEX(EPONYM) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) |
    LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) | LEX(CUE_LICENSE) | LEX(CUE_NPI) |
    LEX(CUE_DEA) | LEX(CUE_ACCESSION) | LEX(CUE_SSN) | LEX(CUE_PHONE) | LEX(CUE_FAX) |
    LEX(CUE_DEVICE) | LEX(CUE_VEHICLE) | LEX(CUE_ADDRESS);

static const struct lex_info no_entry;

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

/* What is worth a look in small letters too, in a text that has capitals. */
static const uint64_t HOT_SMALL =
    LEX(TITLE) | LEX(CREDENTIAL) | LEX(STREET_TYPE) | LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(MONTH) |
    LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) | LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) |
    LEX(CUE_LICENSE) | LEX(CUE_NPI) | LEX(CUE_DEA) | LEX(CUE_ACCESSION) | LEX(CUE_SSN) |
    LEX(CUE_PHONE) | LEX(CUE_FAX) | LEX(CUE_DEVICE) | LEX(CUE_VEHICLE) | LEX(CUE_ADDRESS);

static bool is_hot(const struct doc *d, const struct token *t, const struct lex_info *l)
{
    if (!(t->flags & TOK_LOWER)) return !l->bits || (l->bits & HOT);
    if (!d->is_caseless) return (l->bits & HOT_SMALL) != 0;
    /* "will", "an", "do", "long" in small letters are names of few and words of all: what stands
     * around them brings a detector here when it matters. */
    return !l->bits || (l->bits & HOT_SMALL) || ((l->bits & HOT) && l->word < 6);
}

static bool is_looked_at(uint64_t mark)
{
    return mark == '@' || mark == ':' || mark == '/' || mark == '#' || mark == '[';
}

static void look_up(struct doc *d)
{
    for (uint32_t i = 0; i < d->n; i++) {
        const struct token *t = &d->tok[i];
        d->lex[i] = &no_entry;
        if (t->kind == TOK_WORD) {
            d->lex[i] = lexicon_find(d->lexicon, t->hash);
            if (d->lex[i]->bits & LEX(NUMBER_WORD)) d->number_words.v[d->number_words.n++] = i;
            if (is_hot(d, t, d->lex[i])) d->hot.v[d->hot.n++] = i;
        } else if (t->kind == TOK_NUMBER) {
            d->digits.v[d->digits.n++] = i;
        } else if (is_looked_at(t->hash)) {
            d->marks.v[d->marks.n++] = i;
        }
    }
}

static err find_phrases(struct doc *d)
{
    uint32_t cap = 0;
    for (uint32_t i = 0; i < d->n;) {
        const struct lex_info *entry;
        uint32_t k = d->lex[i]->next
                         ? lexicon_phrase(d->lexicon, d->lex[i], &d->tok[i], d->n - i, &entry)
                         : 0;
        if (!k) {
            i++;
            continue;
        }
        if (d->n_phrases == cap) {
            uint32_t want = cap ? cap * 2 : 32;
            struct phrase *v = arena_array(d->arena, want, sizeof *v);
            if (!v) return ERR_MEMORY;
            if (cap) memcpy(v, d->phrases, cap * sizeof *v);
            d->phrases = v;
            cap = want;
        }
        d->phrases[d->n_phrases++] = (struct phrase){ i, k, entry };
        i += k;
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

err doc_prepare(struct doc *d, const struct lexicon *l, view text, view field, struct arena *a,
                struct offset_map *map)
{
    err e = OK;
    struct tokens t;
    *d = (struct doc){ .field = field, .lexicon = l, .arena = a };
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
    if (!d->number_words.v || !d->lex || !d->shield || !d->digits.v || !d->hot.v || !d->marks.v)
        return ERR_MEMORY;
    memset(d->shield, 0, t.n + 1);
    look_up(d);
    TRY(find_phrases(d));
    shield_tags(d);
    shield_eponyms(d);
    shield_measure(d);
out:
    return e;
}
