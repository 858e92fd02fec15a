#include "detect/doc.h"

#include "detect/caseless.h"
#include "detect/doc_lists.h"
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

err doc_add_name(const struct doc *d, uint32_t first, uint32_t last, enum rule rule, float score,
                 enum finding_role role, struct findings *out)
{
    struct finding x = doc_finding(d, first, last, LABEL_NAME, rule, score);
    x.role = (uint8_t)role;
    return findings_add(out, x);
}

/* `starts`: the words that may begin one. */
static err find_phrases(struct doc *d, struct token_list *starts)
{
    uint32_t cap = 0, from = 0;
    starts->n = lexicon_may_lead(d->lexicon, d->tok, d->lex, d->n, starts->v, starts->n);
    for (uint32_t s = 0; s < starts->n; s++) {
        const struct lex_info *entry;
        uint32_t i = starts->v[s];
        if (i < from) continue; /* inside the phrase before it */
        uint32_t k = lexicon_phrase(d->lexicon, d->lex[i], &d->tok[i], d->n - i, &entry);
        if (!k) continue;
        struct phrase *v = arena_more(d->arena, d->phrases, sizeof *v, d->n_phrases, &cap, 32);
        if (!v) return ERR_MEMORY;
        d->phrases = v;
        __builtin_prefetch(entry); /* the shields ask for it next */
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
    TRY(doc_lists(d, r, &starts));
    TRY(find_phrases(d, &starts));
    shield_tags(d);
    shield_eponyms(d);
    shield_jotted(d);
    shield_measure(d);
out:
    return e;
}
