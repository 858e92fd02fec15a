/* clinical/vocabulary.c — words to symbols, patterns to short programs over symbols.
 *
 * An atom is a word or a stem; its symbol is its number. A text's word gets the symbol of the word
 * where a pattern has it, else of the longest stem that it begins with. So an item's set of symbols is
 * closed: a stem brings with it all words and longer stems that begin so. A set of one symbol is
 * compared, a larger one is a bitmap. */
#include "clinical/vocab_inside.h"

uint32_t vocab_symbols(const struct vocabulary *v)
{
    return v->n_symbols;
}

void vocab_free(struct vocabulary *v)
{
    if (!v) return;
    arena_clear(&v->arena);
    mem_free(v);
}

static uint16_t find_key(const struct vocabulary *v, uint64_t key)
{
    for (uint32_t k = (uint32_t)key;; k++) {
        const struct vocab_bucket *b = &v->buckets[k & v->bucket_mask];
        uint64_t found = 0;
        for (size_t i = 0; i < COUNT_OF(b->slot); i++)
            found = (b->slot[i] ^ key) >> 16 ? found : b->slot[i];
        if ((uint16_t)found || !b->slot[COUNT_OF(b->slot) - 1]) return (uint16_t)found;
    }
}

static bool begins_with(const char *p, size_t n, view stem)
{
    if (n < stem.n) return false;
    for (size_t i = 3; i < stem.n; i++)
        if (ascii_lower(p[i]) != stem.p[i]) return false;
    return true;
}

uint16_t vocab_symbol(const struct vocabulary *v, view text, const struct token *t)
{
    const bool is_number = t->kind == TOK_NUMBER;
    uint16_t s = find_key(v, vocab_key(t->hash, is_number));
    if (s) return s;
    if (is_number) return SYM_NUMBER;
    const char *p = text.p + t->start;
    if (t->len < 3 || !ascii_is_alpha(p[0]) || !ascii_is_alpha(p[1]) || !ascii_is_alpha(p[2]))
        return SYM_OTHER;
    uint32_t key = vocab_stem_key(p), i = v->stem_at[key];
    if (i == VOCAB_NO_STEM) return SYM_OTHER;
    for (; i < v->n_stems && vocab_stem_key(v->stems[i].text.p) == key; i++)
        if (begins_with(p, t->len, v->stems[i].text)) return v->stems[i].symbol;
    return SYM_OTHER;
}

void vocab_memo_for(struct vocab_memo *m, const struct vocabulary *v)
{
    if (m->of == v->id) return;
    *m = (struct vocab_memo){ .of = v->id };
}

/* Letters beyond ASCII are folded for the hash and not for stems: two such words of one hash may have two
 * symbols. */
uint16_t vocab_symbol_again(const struct vocabulary *v, struct vocab_memo *m, view text,
                            const struct token *t)
{
    uint64_t *slot = &m->slot[t->hash % VOCAB_MEMO_SLOTS];
    if (UNLIKELY(t->flags & TOK_WIDE)) return vocab_symbol(v, text, t);
    if (LIKELY(*slot && (*slot ^ t->hash) >> 16 == 0)) return (uint16_t)*slot;
    const uint16_t symbol = vocab_symbol(v, text, t);
    *slot = (t->hash & ~UINT64_C(0xFFFF)) | symbol;
    return symbol;
}

struct look {
    const struct vocabulary *v;
    const uint16_t *symbols;
    uint32_t n;
    bool has_gap;
};

static bool can_skip(uint16_t symbol)
{
    return symbol >= SYM_FIRST || symbol <= SYM_COMMA;
}

static uint32_t match_from(struct look *l, const struct vocab_item *it, uint32_t n, uint32_t at);

/* An item that may be missing, or that other words may stand before; then the rest of them. */
static uint32_t match_loose(struct look *l, const struct vocab_item *it, uint32_t n, uint32_t at)
{
    for (uint32_t skipped = 0;; skipped++) {
        if (at + skipped >= l->n) break;
        if (vocab_item_has(l->v, it, l->symbols[at + skipped])) {
            uint32_t end = match_from(l, it + 1, n - 1, at + skipped + 1);
            if (end) {
                l->has_gap |= skipped > 0;
                return end;
            }
        }
        if (skipped >= it->gap || !can_skip(l->symbols[at + skipped])) break;
    }
    return it->optional ? match_from(l, it + 1, n - 1, at) : 0;
}

/* The end of a match of it[0 … n) from `at`, or 0. Depth: at most the items of a pattern. */
static inline uint32_t match_from(struct look *l, const struct vocab_item *it, uint32_t n,
                                  uint32_t at)
{
    for (; n; it++, n--, at++) {
        if (it->optional || it->gap) return match_loose(l, it, n, at);
        if (at >= l->n || !vocab_item_has(l->v, it, l->symbols[at])) return 0;
    }
    return at;
}

static bool same_meaning(struct meaning a, struct meaning b)
{
    return a.kind == b.kind && a.more == b.more && a.which == b.which;
}

/* The programs that may match at `at`: their number, and then each. */
static inline const uint32_t *programs_at(const struct vocabulary *v, const uint16_t *symbols,
                                          uint32_t n, uint32_t at)
{
    const struct vocab_start *s = &v->starts[symbols[at]];
    if (s->has_pairs && at + 1 < n) {
        const uint32_t key = vocab_pair_key(symbols[at], symbols[at + 1]);
        for (uint32_t k = vocab_pair_slot(key);; k++) {
            const struct vocab_pair *p = &v->pairs[k & v->pair_mask];
            if (p->key == key) return &v->lists[p->list];
            if (p->key == 0) break;
        }
    }
    return &v->lists[s->alone];
}

static uint32_t try_programs(const uint32_t *list, struct look *l, uint32_t at,
                             struct vocab_hit *hits, uint32_t max)
{
    uint32_t got = 0;
    for (uint32_t i = 1; i <= list[0]; i++) {
        const struct vocab_program *p = &l->v->programs[list[i]];
        l->has_gap = false;
        uint32_t end = match_from(l, &l->v->items[p->item + 1], p->n - 1, at + 1), k = 0;
        if (!end) continue;
        while (k < got && !same_meaning(hits[k].meaning, p->meaning))
            k++;
        if (k < got ? hits[k].end >= end : k >= max) continue;
        hits[k] = (struct vocab_hit){ at, end, p->meaning, l->has_gap };
        got += k == got;
    }
    return got;
}

uint32_t vocab_match(const struct vocabulary *v, const uint16_t *symbols, uint32_t n, uint32_t at,
                     struct vocab_hit *hits, uint32_t max)
{
    const uint32_t *list = programs_at(v, symbols, n, at);
    if (list[0] == 0) return 0; /* half of all words */
    struct look l = { .v = v, .symbols = symbols, .n = n };
    return try_programs(list, &l, at, hits, max);
}
