#include "detect/tag_feature.h"
#include "detect/tag_line.h"
#include "detect/taken.h"

enum { SEEN_MAX = 512 /* words of a document that are remembered */ };

/* Where a capitalised word stood first under which head: what one mention says helps the other. */
struct tag_seen {
    uint32_t n, slots; /* a power of two */
    struct {
        uint64_t word;
        uint32_t first, second; /* tokens + 1 */
    } slot[];
};

static inline bool is_seen_word(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return (t->flags & (d->is_caseless ? TOK_LETTERS : TOK_CAP)) && t->len >= 3 &&
           d->lex[i]->word < 6;
}

static uint32_t seen_slot(const struct tag_seen *s, uint64_t word)
{
    uint32_t i = (uint32_t)(word >> 30) & (s->slots - 1);
    while (s->slot[i].word && s->slot[i].word != word)
        i = (i + 1) & (s->slots - 1);
    return i;
}

static void seen_add(struct tag_seen *s, uint64_t word, uint32_t at)
{
    uint32_t i = seen_slot(s, word);
    if (!s->slot[i].word) {
        if (s->n == s->slots / 2) return;
        s->n++;
        s->slot[i].word = word;
        s->slot[i].first = at + 1;
    } else if (!s->slot[i].second) {
        s->slot[i].second = at + 1;
    }
}

int64_t tag_text_elsewhere(const struct tag_text *t, uint32_t i)
{
    if (!t->seen || !is_seen_word(t->d, i)) return -1;
    uint32_t k = seen_slot(t->seen, t->d->tok[i].hash);
    uint32_t other = t->seen->slot[k].first;
    if (other == i + 1) other = t->seen->slot[k].second;
    return (int64_t)other - 1;
}

/* "Hospital Universitario 12 de Octubre": a day without a year behind the head of a house's name is no date. */
static bool names_a_house(const struct doc *d, uint32_t first, uint32_t end)
{
    enum { FAR = 3 };
    for (uint32_t i = first; i < d->n && d->tok[i].start < end; i++)
        if (d->tok[i].kind == TOK_NUMBER && d->tok[i].len > 2) return false;
    for (uint32_t i = first, n = 0; n < FAR && i > 0 && !(d->tok[i].flags & TOK_LINE); n++) {
        if (tag_line_mark(d, --i) & MARK_PLACE) return true;
        if (d->tok[i].flags & TOK_LOWER) return false;
    }
    return false;
}

err tag_text_prepare(struct tag_text *t, const struct doc *d, const struct findings *rules,
                     uint64_t templates)
{
    *t = (struct tag_text){ .d = d, .templates = templates };
    if (!rules || !rules->n) return OK;
    uint8_t *hit = arena_alloc(d->arena, d->n + 1);
    if (!hit) return ERR_MEMORY;
    memset(hit, 0, d->n + 1);
    for (uint32_t k = 0; k < rules->n; k++) {
        const struct finding *x = &rules->v[k];
        uint32_t i = taken_token_at(d, x->start);
        if ((templates & TAG_SET(LANDMARK)) && x->label == LABEL_DATE &&
            names_a_house(d, i, x->end))
            continue;
        uint8_t code = (uint8_t)(1 + x->label + (x->score < 0.75F ? TAG_HIT_UNSURE : 0) +
                                 (x->source == SOURCE_KNOWN ? TAG_HIT_KNOWN : 0));
        for (; i < d->n && d->tok[i].start < x->end; i++) {
            hit[i] = code | (hit[i] & TAG_HIT_KNOWN); /* a rule may have found it too */
            code |= 0x80;
        }
    }
    t->hit = hit;
    return OK;
}

err tag_text_remember(struct tag_text *t, bool hot_only)
{
    const struct doc *d = t->d;
    const uint32_t n = hot_only ? d->hot.n : d->n;
    if (!(t->templates & (TAG_SET(ELSEWHERE) | TAG_SET(AFAR_AHEAD)))) return OK;
    uint32_t slots = 16;
    while (slots < 2 * MIN(n, SEEN_MAX))
        slots *= 2;
    const size_t size = sizeof *t->seen + slots * sizeof t->seen->slot[0];
    struct tag_seen *seen = arena_alloc(d->arena, size);
    if (!seen) return ERR_MEMORY;
    memset(seen, 0, size);
    seen->slots = slots;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = hot_only ? d->hot.v[k] : k;
        if (is_seen_word(d, i)) seen_add(seen, d->tok[i].hash, i);
    }
    t->seen = seen;
    return OK;
}
