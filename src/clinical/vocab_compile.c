#include "clinical/vocab_inside.h"

struct building {
    struct vocab_builder *b;
    struct vocabulary *v;
    uint32_t *by_text; /* atoms with a text, in its order */
    uint32_t n_by_text;
    struct map set_of;
    struct vocab_vec bitmaps;
};

static int compare_texts(const void *x, const void *y, void *atoms)
{
    const struct vocab_atom *a = atoms;
    return view_cmp(a[*(const uint32_t *)x].text, a[*(const uint32_t *)y].text);
}

static err sort_atoms(struct building *g)
{
    const struct vocab_atom *atoms = g->b->atoms.p;
    g->by_text = arena_array(&g->b->arena, g->b->atoms.n + 1, sizeof *g->by_text);
    if (!g->by_text) return ERR_MEMORY;
    for (uint32_t i = 0; i < g->b->atoms.n; i++)
        if (atoms[i].text.n) g->by_text[g->n_by_text++] = i;
    if (g->n_by_text)
        qsort_r(g->by_text, g->n_by_text, sizeof *g->by_text, compare_texts, g->b->atoms.p);
    return OK;
}

uint32_t vocab_table_size(uint32_t n)
{
    uint32_t cap = 16;
    while (cap < n * 2)
        cap *= 2;
    return cap;
}

static uint64_t id_of(const struct vocab_atom *atoms, uint32_t n)
{
    uint64_t id = 1;
    for (uint32_t i = 0; i < n; i++) {
        const uint64_t atom[] = { atoms[i].hash, atoms[i].is_stem, atoms[i].is_number };
        id = hash64(view_of((const char *)atom, sizeof atom), id);
    }
    return id;
}

static err make_buckets(struct building *g)
{
    enum { SLOTS = COUNT_OF(((struct vocab_bucket *)0)->slot) };
    const struct vocab_atom *atoms = g->b->atoms.p;
    const uint32_t n = vocab_table_size(g->b->atoms.n) / SLOTS;
    struct vocab_bucket *v = arena_array(&g->v->arena, n, sizeof *v);
    if (!v) return ERR_MEMORY;
    memset(v, 0, n * sizeof *v);
    for (uint32_t i = 0; i < g->b->atoms.n; i++) {
        if (atoms[i].is_stem) continue;
        const uint64_t key = vocab_key(atoms[i].hash, atoms[i].is_number);
        uint32_t k = (uint32_t)key & (n - 1), slot = 0;
        while (v[k].slot[SLOTS - 1])
            k = (k + 1) & (n - 1);
        while (v[k].slot[slot])
            slot++;
        v[k].slot[slot] = (key & ~UINT64_C(0xFFFF)) | (SYM_FIRST + i);
    }
    g->v->buckets = v;
    g->v->bucket_mask = n - 1;
    return OK;
}

/* Of stems that begin alike the longer comes first: going down the sorted list does that. */
static err make_stems(struct building *g)
{
    struct vocabulary *v = g->v;
    const struct vocab_atom *atoms = g->b->atoms.p;
    for (uint32_t i = 0; i < g->n_by_text; i++)
        v->n_stems += atoms[g->by_text[i]].is_stem;
    v->stems = arena_array(&v->arena, v->n_stems + 1, sizeof *v->stems);
    v->stem_at = arena_array(&v->arena, VOCAB_STEM_KEYS, sizeof *v->stem_at);
    if (!v->stems || !v->stem_at) return ERR_MEMORY;
    memset(v->stem_at, 0xFF, VOCAB_STEM_KEYS * sizeof *v->stem_at);
    uint32_t n = 0;
    for (uint32_t i = g->n_by_text; i-- > 0;) {
        const struct vocab_atom *a = &atoms[g->by_text[i]];
        if (!a->is_stem) continue;
        view own;
        err e = arena_copy(&v->arena, a->text, &own);
        if (e) return e;
        uint32_t key = vocab_stem_key(own.p);
        if (v->stem_at[key] == VOCAB_NO_STEM) v->stem_at[key] = (uint16_t)n;
        v->stems[n++] = (struct vocab_stem){ own, (uint16_t)(SYM_FIRST + g->by_text[i]) };
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
    const struct vocab_atom *atoms = g->b->atoms.p;
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
    const struct vocab_atom *atoms = g->b->atoms.p;
    memset(bits, 0, g->v->bitmap_words * sizeof *bits);
    for (uint32_t i = 0; i < it->refs.n; i++) {
        uint32_t symbol = *VOCAB_AT(g->b, refs, uint32_t, it->refs.first + i);
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
    const char **slot = vocab_push(&g->b->arena, &g->bitmaps, sizeof *slot);
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
        const struct raw_item *from = VOCAB_AT(g->b, items, struct raw_item, i);
        struct vocab_item it = { .optional = from->optional, .gap = from->gap };
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

static err make_programs(struct building *g)
{
    const uint32_t n = g->b->patterns.n;
    g->v->programs = arena_array(&g->v->arena, n + 1, sizeof *g->v->programs);
    if (!g->v->programs) return ERR_MEMORY;
    for (uint32_t i = 0; i < n; i++) {
        const struct raw_pattern *p = VOCAB_AT(g->b, patterns, struct raw_pattern, i);
        g->v->programs[i] = (struct vocab_program){ p->item, p->n, p->meaning };
    }
    return OK;
}

err vocab_build(struct vocab_builder *b, struct vocabulary **out)
{
    err e = OK;
    struct vocabulary *v = mem_alloc_zero(sizeof *v);
    if (!v) return ERR_MEMORY;
    arena_init(&v->arena, VOCAB_BYTES_MAX);
    struct building g = { .b = b, .v = v };
    map_init(&g.set_of, &b->arena);
    v->n_symbols = SYM_FIRST + b->atoms.n;
    v->bitmap_words = (v->n_symbols + 63) / 64;
    v->id = id_of(b->atoms.p, b->atoms.n);
    TRY(sort_atoms(&g));
    TRY(make_buckets(&g));
    TRY(make_stems(&g));
    TRY(make_items(&g));
    TRY(make_programs(&g));
    TRY(vocab_make_starts(v, b->patterns.n, &b->arena));
    *out = v;
    v = NULL;
out:
    vocab_free(v);
    return e;
}
