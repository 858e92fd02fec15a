/* clinical/vocabulary.c — words to symbols, patterns to short programs over symbols.
 *
 * An atom is a word or a stem; its symbol is its number. A text's word gets the symbol of the word
 * where a pattern has it, else of the longest stem that it begins with. So an item's set of symbols is
 * closed: a stem brings with it all words and longer stems that begin so. A set of one symbol is
 * compared, a larger one is a bitmap. */
#include "clinical/vocabulary.h"

#include "base/hash.h"
#include "base/map.h"
#include "clinical/pattern.h"

enum { BUILD_MAX = 256 << 20, STEM_KEYS = 26 * 26 * 26, NO_STEM = 0xFFFF };

struct atom {
    uint64_t hash;
    view text; /* lower case; "" when it is not ASCII letters */
    bool is_stem, is_number;
};
struct range {
    uint32_t first, n;
};
struct raw_item {
    struct range refs;
    uint8_t gap;
    bool optional;
};
struct raw_pattern {
    uint32_t item, n;
    struct meaning meaning;
};
struct vec {
    void *p;
    uint32_t n, cap;
};
struct vocab_builder {
    struct arena arena;
    struct map atom_of, class_of;
    struct vec atoms, refs, items, patterns, classes, class_refs;
    bool class_is_open;
};

struct item {
    uint32_t set; /* a symbol, or the number of a bitmap */
    bool is_bitmap, optional;
    uint8_t gap;
};
struct program {
    uint32_t item, n;
    struct meaning meaning;
};
struct word_slot {
    uint64_t hash;
    uint16_t symbol; /* 0: free */
};
struct stem {
    view text;
    uint16_t symbol;
};
struct vocabulary {
    struct arena arena;
    struct word_slot *words, *numbers;
    uint32_t word_mask, number_mask;
    struct stem *stems; /* grouped by first three letters, longest first */
    uint16_t *stem_at;  /* STEM_KEYS: where a group begins; NO_STEM */
    uint32_t n_stems;
    struct item *items;
    struct program *programs;
    uint32_t *starts, *start_of; /* start_of[symbol] … [symbol + 1) in starts: programs */
    uint64_t *bitmaps;
    uint32_t n_symbols, bitmap_words;
};

static void *push(struct arena *a, struct vec *v, size_t size)
{
    if (v->n == v->cap) {
        uint32_t cap = v->cap ? v->cap * 2 : 64;
        void *p = arena_array(a, cap, size);
        if (!p) return NULL;
        if (v->n) memcpy(p, v->p, v->n * size);
        v->p = p;
        v->cap = cap;
    }
    return (char *)v->p + size * v->n++;
}
#define PUSH(b, field, type) ((type *)push(&(b)->arena, &(b)->field, sizeof(type)))
#define AT(b, field, type, i) (&((type *)(b)->field.p)[i])

err vocab_builder_new(struct vocab_builder **out)
{
    struct vocab_builder *b = mem_alloc_zero(sizeof *b);
    if (!b) return ERR_MEMORY;
    arena_init(&b->arena, BUILD_MAX);
    map_init(&b->atom_of, &b->arena);
    map_init(&b->class_of, &b->arena);
    *out = b;
    return OK;
}

void vocab_builder_free(struct vocab_builder *b)
{
    if (!b) return;
    arena_clear(&b->arena);
    mem_free(b);
}

static err lower_copy(struct arena *a, view text, view *out)
{
    char *p = arena_alloc(a, text.n + 1);
    if (!p) return ERR_MEMORY;
    for (size_t i = 0; i < text.n; i++)
        p[i] = ascii_lower(text.p[i]);
    *out = view_of(p, text.n);
    return OK;
}

/* The number of the atom; the key is its kind and its spelling, for words their folded hash. */
static err atom_number(struct vocab_builder *b, const struct pattern_atom *a, uint32_t *out)
{
    err e = OK;
    view lower, key;
    char *p = arena_alloc(&b->arena, a->text.n + 9);
    if (!p) return ERR_MEMORY;
    TRY(lower_copy(&b->arena, a->text, &lower));
    bool is_number = ascii_is_digit(a->text.p[0]);
    uint64_t hash = is_number ? 0 : token_hash_word(lower);
    if (is_number && !view_to_u64(lower, &hash)) return ERR_LIMIT;
    p[0] = is_number ? '#' : a->is_stem ? '*' : 'w';
    memcpy(p + 1, a->is_stem ? (const void *)lower.p : (const void *)&hash,
           a->is_stem ? lower.n : sizeof hash);
    key = view_of(p, 1 + (a->is_stem ? lower.n : sizeof hash));
    if (map_get(&b->atom_of, key, out)) return OK;
    if (b->atoms.n >= SYMBOLS_MAX) return ERR_LIMIT;
    struct atom *to = PUSH(b, atoms, struct atom);
    if (!to) return ERR_MEMORY;
    *to = (struct atom){ hash, lower, a->is_stem, is_number };
    for (size_t i = 0; i < lower.n; i++)
        if (!ascii_is_alpha(lower.p[i])) to->text.n = 0;
    *out = b->atoms.n - 1;
    TRY(map_put(&b->atom_of, key, *out));
out:
    return e;
}

static err add_ref(struct vocab_builder *b, struct vec *to, uint32_t symbol)
{
    uint32_t *r = push(&b->arena, to, sizeof *r);
    if (!r) return ERR_MEMORY;
    *r = symbol;
    return OK;
}

static err add_atom(struct vocab_builder *b, struct vec *to, const struct pattern_atom *a,
                    const char **why)
{
    err e = OK;
    uint32_t k;
    if (a->mark) return add_ref(b, to, a->mark == ',' ? SYM_COMMA : SYM_QUESTION);
    if (!a->is_class) {
        TRY(atom_number(b, a, &k));
        return add_ref(b, to, SYM_FIRST + k);
    }
    if (to != &b->refs || !map_get(&b->class_of, a->text, &k)) {
        *why = "a pattern: there is no such class of words";
        return ERR_CONFIG;
    }
    struct range c = *AT(b, classes, struct range, k);
    for (uint32_t i = 0; i < c.n; i++)
        TRY(add_ref(b, to, *AT(b, class_refs, uint32_t, c.first + i)));
out:
    return e;
}

err vocab_class_begin(struct vocab_builder *b, view name, const char **why)
{
    err e = OK;
    view own;
    uint32_t k;
    for (size_t i = 0; i < name.n; i++)
        if (!ascii_is_alpha(name.p[i])) name.n = 0;
    if (name.n == 0 || map_get(&b->class_of, name, &k)) {
        *why = name.n ? "words: the class was named before"
                      : "words: a class is named by letters alone";
        return ERR_CONFIG;
    }
    TRY(arena_copy(&b->arena, name, &own));
    struct range *c = PUSH(b, classes, struct range);
    if (!c) return ERR_MEMORY;
    *c = (struct range){ b->class_refs.n, 0 };
    TRY(map_put(&b->class_of, own, b->classes.n - 1));
out:
    return e;
}

err vocab_class_add(struct vocab_builder *b, view member, const char **why)
{
    err e = OK;
    struct pattern_parts parts;
    TRY(pattern_parse(member, &parts, why));
    if (parts.n_items != 1) {
        *why = "words: one word for each line of a class";
        return ERR_CONFIG;
    }
    for (uint16_t i = 0; i < parts.n_atoms; i++)
        TRY(add_atom(b, &b->class_refs, &parts.atoms[i], why));
    struct range *c = AT(b, classes, struct range, b->classes.n - 1);
    c->n = b->class_refs.n - c->first;
out:
    return e;
}

bool vocab_class_get(const struct vocab_builder *b, view name, const uint32_t **symbols,
                     uint32_t *n)
{
    uint32_t k;
    if (!map_get(&b->class_of, name, &k)) return false;
    const struct range *c = (const struct range *)b->classes.p + k;
    *symbols = (const uint32_t *)b->class_refs.p + c->first;
    *n = c->n;
    return true;
}

uint32_t vocab_symbols(const struct vocabulary *v)
{
    return v->n_symbols;
}

err vocab_add(struct vocab_builder *b, view pattern, struct meaning m, const char **why)
{
    err e = OK;
    struct pattern_parts parts;
    TRY(pattern_parse(pattern, &parts, why));
    uint32_t first = b->items.n;
    for (uint16_t i = 0; i < parts.n_items; i++) {
        const struct pattern_item *from = &parts.items[i];
        struct raw_item it = { .refs = { b->refs.n, 0 },
                               .gap = from->gap,
                               .optional = from->optional };
        for (uint16_t k = 0; k < from->n; k++)
            TRY(add_atom(b, &b->refs, &parts.atoms[from->first + k], why));
        it.refs.n = b->refs.n - it.refs.first;
        struct raw_item *to = PUSH(b, items, struct raw_item);
        if (!to) return ERR_MEMORY;
        *to = it;
    }
    struct raw_pattern *p = PUSH(b, patterns, struct raw_pattern);
    if (!p) return ERR_MEMORY;
    *p = (struct raw_pattern){ first, parts.n_items, m };
out:
    return e;
}

/* ---- building ---- */

struct building {
    struct vocab_builder *b;
    struct vocabulary *v;
    uint32_t *by_text; /* atoms with a text, in its order */
    uint32_t n_by_text;
    struct map set_of;
    struct vec bitmaps;
};

static int compare_texts(const void *x, const void *y, void *atoms)
{
    const struct atom *a = atoms;
    return view_cmp(a[*(const uint32_t *)x].text, a[*(const uint32_t *)y].text);
}

static err sort_atoms(struct building *g)
{
    const struct atom *atoms = g->b->atoms.p;
    g->by_text = arena_array(&g->b->arena, g->b->atoms.n + 1, sizeof *g->by_text);
    if (!g->by_text) return ERR_MEMORY;
    for (uint32_t i = 0; i < g->b->atoms.n; i++)
        if (atoms[i].text.n) g->by_text[g->n_by_text++] = i;
    if (g->n_by_text)
        qsort_r(g->by_text, g->n_by_text, sizeof *g->by_text, compare_texts, g->b->atoms.p);
    return OK;
}

static uint32_t table_size(uint32_t n)
{
    uint32_t cap = 16;
    while (cap < n * 2)
        cap *= 2;
    return cap;
}

static err make_table(struct building *g, bool numbers, struct word_slot **out, uint32_t *mask)
{
    uint32_t n = 0;
    const struct atom *atoms = g->b->atoms.p;
    for (uint32_t i = 0; i < g->b->atoms.n; i++)
        n += !atoms[i].is_stem && atoms[i].is_number == numbers;
    uint32_t cap = table_size(n);
    struct word_slot *v = arena_array(&g->v->arena, cap, sizeof *v);
    if (!v) return ERR_MEMORY;
    memset(v, 0, cap * sizeof *v);
    for (uint32_t i = 0; i < g->b->atoms.n; i++) {
        if (atoms[i].is_stem || atoms[i].is_number != numbers) continue;
        uint32_t k = (uint32_t)atoms[i].hash & (cap - 1);
        while (v[k].symbol)
            k = (k + 1) & (cap - 1);
        v[k] = (struct word_slot){ atoms[i].hash, (uint16_t)(SYM_FIRST + i) };
    }
    *out = v;
    *mask = cap - 1;
    return OK;
}

static uint32_t stem_key(const char *p)
{
    return ((uint32_t)(ascii_lower(p[0]) - 'a') * 26 + (uint32_t)(ascii_lower(p[1]) - 'a')) * 26 +
           (uint32_t)(ascii_lower(p[2]) - 'a');
}

/* Of stems that begin alike the longer comes first: going down the sorted list does that. */
static err make_stems(struct building *g)
{
    struct vocabulary *v = g->v;
    const struct atom *atoms = g->b->atoms.p;
    for (uint32_t i = 0; i < g->n_by_text; i++)
        v->n_stems += atoms[g->by_text[i]].is_stem;
    v->stems = arena_array(&v->arena, v->n_stems + 1, sizeof *v->stems);
    v->stem_at = arena_array(&v->arena, STEM_KEYS, sizeof *v->stem_at);
    if (!v->stems || !v->stem_at) return ERR_MEMORY;
    memset(v->stem_at, 0xFF, STEM_KEYS * sizeof *v->stem_at);
    uint32_t n = 0;
    for (uint32_t i = g->n_by_text; i-- > 0;) {
        const struct atom *a = &atoms[g->by_text[i]];
        if (!a->is_stem) continue;
        view own;
        err e = arena_copy(&v->arena, a->text, &own);
        if (e) return e;
        uint32_t key = stem_key(own.p);
        if (v->stem_at[key] == NO_STEM) v->stem_at[key] = (uint16_t)n;
        v->stems[n++] = (struct stem){ own, (uint16_t)(SYM_FIRST + g->by_text[i]) };
    }
    return OK;
}

static void set_bit(uint64_t *bits, uint32_t k)
{
    bits[k / 64] |= UINT64_C(1) << (k % 64);
}

/* All atoms that begin with the stem: they stand together in text order. */
static void set_stem(const struct building *g, uint64_t *bits, view stem)
{
    const struct atom *atoms = g->b->atoms.p;
    uint32_t lo = 0, hi = g->n_by_text;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (view_cmp(atoms[g->by_text[mid]].text, stem) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < g->n_by_text && view_starts(atoms[g->by_text[lo]].text, stem); lo++)
        set_bit(bits, SYM_FIRST + g->by_text[lo]);
}

static void set_item(const struct building *g, const struct raw_item *it, uint64_t *bits)
{
    const struct atom *atoms = g->b->atoms.p;
    memset(bits, 0, g->v->bitmap_words * sizeof *bits);
    for (uint32_t i = 0; i < it->refs.n; i++) {
        uint32_t symbol = *AT(g->b, refs, uint32_t, it->refs.first + i);
        set_bit(bits, symbol);
        if (symbol >= SYM_FIRST && atoms[symbol - SYM_FIRST].is_stem)
            set_stem(g, bits, atoms[symbol - SYM_FIRST].text);
    }
}

/* Two items with the same words share a bitmap. */
static err share_bitmap(struct building *g, const uint64_t *bits, uint32_t *out)
{
    err e = OK;
    size_t bytes = g->v->bitmap_words * sizeof *bits;
    view own, key = view_of((const char *)bits, bytes);
    if (map_get(&g->set_of, key, out)) return OK;
    TRY(arena_copy(&g->b->arena, key, &own));
    const char **slot = push(&g->b->arena, &g->bitmaps, sizeof *slot);
    if (!slot) return ERR_MEMORY;
    *slot = own.p;
    *out = g->bitmaps.n - 1;
    TRY(map_put(&g->set_of, own, *out));
out:
    return e;
}

static err make_items(struct building *g)
{
    err e = OK;
    struct vocabulary *v = g->v;
    uint64_t *bits = arena_array(&g->b->arena, v->bitmap_words, sizeof *bits);
    v->items = arena_array(&v->arena, g->b->items.n + 1, sizeof *v->items);
    if (!bits || !v->items) return ERR_MEMORY;
    for (uint32_t i = 0; i < g->b->items.n; i++) {
        const struct raw_item *from = AT(g->b, items, struct raw_item, i);
        struct item it = { .optional = from->optional, .gap = from->gap };
        uint32_t count = 0, only = 0;
        set_item(g, from, bits);
        for (uint32_t w = 0; w < v->bitmap_words; w++) {
            if (bits[w] && !count) only = w * 64 + (uint32_t)__builtin_ctzll(bits[w]);
            count += (uint32_t)__builtin_popcountll(bits[w]);
        }
        it.is_bitmap = count != 1;
        it.set = only;
        if (it.is_bitmap) TRY(share_bitmap(g, bits, &it.set));
        v->items[i] = it;
    }
    size_t bytes = v->bitmap_words * sizeof *bits;
    v->bitmaps = arena_array(&v->arena, g->bitmaps.n + 1, bytes);
    if (!v->bitmaps) return ERR_MEMORY;
    for (uint32_t i = 0; i < g->bitmaps.n; i++)
        memcpy(v->bitmaps + (size_t)i * v->bitmap_words, ((const char **)g->bitmaps.p)[i], bytes);
out:
    return e;
}

static bool item_has(const struct vocabulary *v, const struct item *it, uint32_t symbol)
{
    if (!it->is_bitmap) return it->set == symbol;
    return v->bitmaps[(size_t)it->set * v->bitmap_words + symbol / 64] >> (symbol % 64) & 1;
}

/* Each program under every symbol that it may begin with: counted first, then filled in. */
static uint32_t list_starts(const struct vocabulary *v, uint32_t program, uint32_t *fill)
{
    const struct item *it = &v->items[v->programs[program].item];
    const uint64_t *bits = v->bitmaps + (size_t)it->set * v->bitmap_words;
    uint32_t n = 0;
    if (!it->is_bitmap) {
        if (v->starts) v->starts[fill[it->set]] = program;
        fill[it->set]++;
        return 1;
    }
    for (uint32_t w = 0; w < v->bitmap_words; w++) {
        for (uint64_t left = bits[w]; left; left &= left - 1, n++) {
            uint32_t s = w * 64 + (uint32_t)__builtin_ctzll(left);
            if (v->starts) v->starts[fill[s]] = program;
            fill[s]++;
        }
    }
    return n;
}

static err make_starts(struct building *g)
{
    struct vocabulary *v = g->v;
    uint32_t n = g->b->patterns.n, total = 0;
    v->programs = arena_array(&v->arena, n + 1, sizeof *v->programs);
    v->start_of = arena_array(&v->arena, v->n_symbols + 1, sizeof *v->start_of);
    uint32_t *fill = arena_array(&g->b->arena, v->n_symbols + 1, sizeof *fill);
    if (!v->programs || !v->start_of || !fill) return ERR_MEMORY;
    memset(fill, 0, (v->n_symbols + 1) * sizeof *fill);
    for (uint32_t i = 0; i < n; i++) {
        const struct raw_pattern *p = AT(g->b, patterns, struct raw_pattern, i);
        v->programs[i] = (struct program){ p->item, p->n, p->meaning };
        total += list_starts(v, i, fill);
    }
    uint32_t *starts = arena_array(&v->arena, total + 1, sizeof *starts);
    if (!starts) return ERR_MEMORY;
    for (uint32_t s = 0, at = 0; s <= v->n_symbols; s++) {
        uint32_t count = fill[s];
        v->start_of[s] = fill[s] = at;
        at += count;
    }
    v->starts = starts;
    for (uint32_t i = 0; i < n; i++)
        (void)list_starts(v, i, fill);
    return OK;
}

err vocab_build(struct vocab_builder *b, struct vocabulary **out)
{
    err e = OK;
    struct vocabulary *v = mem_alloc_zero(sizeof *v);
    if (!v) return ERR_MEMORY;
    arena_init(&v->arena, BUILD_MAX);
    struct building g = { .b = b, .v = v };
    map_init(&g.set_of, &b->arena);
    v->n_symbols = SYM_FIRST + b->atoms.n;
    v->bitmap_words = (v->n_symbols + 63) / 64;
    TRY(sort_atoms(&g));
    TRY(make_table(&g, false, &v->words, &v->word_mask));
    TRY(make_table(&g, true, &v->numbers, &v->number_mask));
    TRY(make_stems(&g));
    TRY(make_items(&g));
    TRY(make_starts(&g));
    *out = v;
    v = NULL;
out:
    vocab_free(v);
    return e;
}

void vocab_free(struct vocabulary *v)
{
    if (!v) return;
    arena_clear(&v->arena);
    mem_free(v);
}

/* ---- looking ---- */

static uint16_t in_table(const struct word_slot *v, uint32_t mask, uint64_t hash)
{
    uint32_t k = (uint32_t)hash & mask;
    for (; v[k].symbol; k = (k + 1) & mask)
        if (v[k].hash == hash) return v[k].symbol;
    return 0;
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
    if (t->kind == TOK_NUMBER) {
        uint16_t s = in_table(v->numbers, v->number_mask, t->hash);
        return s ? s : SYM_NUMBER;
    }
    uint16_t s = in_table(v->words, v->word_mask, t->hash);
    if (s) return s;
    const char *p = text.p + t->start;
    if (t->len < 3 || !ascii_is_alpha(p[0]) || !ascii_is_alpha(p[1]) || !ascii_is_alpha(p[2]))
        return SYM_OTHER;
    uint32_t key = stem_key(p), i = v->stem_at[key];
    if (i == NO_STEM) return SYM_OTHER;
    for (; i < v->n_stems && stem_key(v->stems[i].text.p) == key; i++)
        if (begins_with(p, t->len, v->stems[i].text)) return v->stems[i].symbol;
    return SYM_OTHER;
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

/* The end of a match of it[0 … n) from `at`, or 0. Depth: at most the items of a pattern. */
static uint32_t match_from(struct look *l, const struct item *it, uint32_t n, uint32_t at)
{
    if (n == 0) return at;
    for (uint32_t skipped = 0;; skipped++) {
        if (at + skipped >= l->n) break;
        if (item_has(l->v, it, l->symbols[at + skipped])) {
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

static bool same_meaning(struct meaning a, struct meaning b)
{
    return a.kind == b.kind && a.more == b.more && a.which == b.which;
}

uint32_t vocab_match(const struct vocabulary *v, const uint16_t *symbols, uint32_t n, uint32_t at,
                     struct vocab_hit *hits, uint32_t max)
{
    uint32_t got = 0, s = symbols[at];
    for (uint32_t i = v->start_of[s]; i < v->start_of[s + 1]; i++) {
        const struct program *p = &v->programs[v->starts[i]];
        const struct item *second = &v->items[p->item + 1];
        /* most patterns fail at their second word */
        if (p->n > 1 && !second->optional && second->gap == 0 &&
            (at + 1 >= n || !item_has(v, second, symbols[at + 1])))
            continue;
        struct look l = { .v = v, .symbols = symbols, .n = n };
        uint32_t end = match_from(&l, second, p->n - 1, at + 1);
        if (!end) continue;
        struct vocab_hit h = { at, end, p->meaning, l.has_gap };
        uint32_t k = 0;
        while (k < got && !same_meaning(hits[k].meaning, h.meaning))
            k++;
        if (k < got) {
            if (hits[k].end < end) hits[k] = h;
        } else if (got < max) {
            hits[got++] = h;
        }
    }
    return got;
}
