/* clinical/vocab_starts.c — the programs to try at a pair of words, listed when the vocabulary is made.
 *
 * Many symbols have the same programs ("no" before any of a hundred findings), so that equal lists are
 * kept once. */
#include "clinical/vocab_inside.h"

/* What is looked at to make lists: words of bitmaps, and programs for each pair. A symbol whose pairs would
 * take more than is left of it has none, and all its programs are tried: a schema of a thousand words that go
 * with each of a thousand others is slow to look for, not slow to read. */
enum { LOOKS_MAX = 1 << 22 };

struct starting {
    struct vocabulary *v;
    struct arena *scratch;
    uint32_t *program_of, *first_of; /* first_of[symbol] … [symbol + 1) in program_of: programs */
    struct map list_of;
    struct vocab_vec lists, pairs; /* uint32_t; struct vocab_pair */
    uint64_t looks;
};

/* Items of the program, from the second on, that the second word may be of; 0 when any word may stand
 * there, or none. */
static uint32_t next_items(const struct vocabulary *v, const struct vocab_program *p)
{
    const struct vocab_item *it = &v->items[p->item];
    for (uint32_t i = 1; i < p->n && it[i].gap == 0; i++)
        if (!it[i].optional) return i;
    return 0;
}

static bool may_follow(const struct vocabulary *v, const struct vocab_program *p, uint32_t second)
{
    const uint32_t n = next_items(v, p);
    bool may = n == 0;
    for (uint32_t i = 1; i <= n && !may; i++)
        may = vocab_item_has(v, &v->items[p->item + i], second);
    return may;
}

static void add_set(const struct vocabulary *v, const struct vocab_item *it, uint64_t *bits)
{
    if (!it->is_bitmap) {
        bits[it->set / 64] |= UINT64_C(1) << (it->set % 64);
        return;
    }
    for (uint32_t w = 0; w < v->bitmap_words; w++)
        bits[w] |= v->bitmaps[(size_t)it->set * v->bitmap_words + w];
}

/* The program under every symbol that it may begin with: counted first, then filled in. */
static uint32_t list_program(const struct starting *s, uint32_t program, uint32_t *fill)
{
    const struct vocabulary *v = s->v;
    const struct vocab_item *it = &v->items[v->programs[program].item];
    const uint64_t *bits = v->bitmaps + (size_t)it->set * v->bitmap_words;
    uint32_t n = 0;
    if (!it->is_bitmap) {
        if (s->program_of) s->program_of[fill[it->set]] = program;
        fill[it->set]++;
        return 1;
    }
    for (uint32_t w = 0; w < v->bitmap_words; w++) {
        for (uint64_t left = bits[w]; left; left &= left - 1, n++) {
            uint32_t symbol = w * 64 + (uint32_t)__builtin_ctzll(left);
            if (s->program_of) s->program_of[fill[symbol]] = program;
            fill[symbol]++;
        }
    }
    return n;
}

static err list_programs(struct starting *s, uint32_t n_programs)
{
    const uint32_t n = s->v->n_symbols;
    uint32_t total = 0;
    uint32_t *fill = arena_array(s->scratch, n + 1, sizeof *fill);
    s->first_of = arena_array(s->scratch, n + 1, sizeof *s->first_of);
    if (!fill || !s->first_of) return ERR_MEMORY;
    memset(fill, 0, (n + 1) * sizeof *fill);
    for (uint32_t i = 0; i < n_programs; i++)
        total += list_program(s, i, fill);
    uint32_t *all = arena_array(s->scratch, total + 1, sizeof *all);
    if (!all) return ERR_MEMORY;
    for (uint32_t symbol = 0, at = 0; symbol <= n; symbol++) {
        uint32_t count = fill[symbol];
        s->first_of[symbol] = fill[symbol] = at;
        at += count;
    }
    s->program_of = all;
    for (uint32_t i = 0; i < n_programs; i++)
        (void)list_program(s, i, fill);
    return OK;
}

static err share_list(struct starting *s, const uint32_t *list, uint32_t *out)
{
    err e = OK;
    view own, key = view_of((const char *)list, (list[0] + 1) * sizeof *list);
    if (map_get(&s->list_of, key, out)) return OK;
    TRY(arena_copy(s->scratch, key, &own));
    *out = s->lists.n;
    for (uint32_t i = 0; i <= list[0]; i++) {
        uint32_t *slot = vocab_push(s->scratch, &s->lists, sizeof *slot);
        if (!slot) return ERR_MEMORY;
        *slot = list[i];
    }
    TRY(map_put(&s->list_of, own, *out));
out:
    return e;
}

/* The programs that may begin with `first`, of which those alone that `second` may follow. */
static err make_list(struct starting *s, uint32_t first, const uint32_t *second, uint32_t *list,
                     uint32_t *out)
{
    list[0] = 0;
    for (uint32_t i = s->first_of[first]; i < s->first_of[first + 1]; i++) {
        const struct vocab_program *p = &s->v->programs[s->program_of[i]];
        if (!second || may_follow(s->v, p, *second)) list[++list[0]] = s->program_of[i];
    }
    return share_list(s, list, out);
}

/* Every symbol that an item names which the second word may be of. */
static uint32_t find_seconds(const struct starting *s, uint32_t first, uint64_t *seconds)
{
    uint32_t n = 0;
    memset(seconds, 0, s->v->bitmap_words * sizeof *seconds);
    for (uint32_t i = s->first_of[first]; i < s->first_of[first + 1]; i++) {
        const struct vocab_program *p = &s->v->programs[s->program_of[i]];
        for (uint32_t k = next_items(s->v, p); k > 0; k--)
            add_set(s->v, &s->v->items[p->item + k], seconds);
    }
    for (uint32_t w = 0; w < s->v->bitmap_words; w++)
        n += (uint32_t)__builtin_popcountll(seconds[w]);
    return n;
}

static err make_pairs(struct starting *s, uint32_t first, uint64_t *seconds, uint32_t *list)
{
    err e = OK;
    const uint32_t other = SYM_OTHER; /* no item names it */
    struct vocab_start *start = &s->v->starts[first];
    const uint64_t programs = s->first_of[first + 1] - s->first_of[first];
    uint64_t looks = programs * s->v->bitmap_words;
    if (looks <= LOOKS_MAX - s->looks) {
        s->looks += looks;
        looks = find_seconds(s, first, seconds) * programs;
        start->has_pairs = looks > 0 && looks <= LOOKS_MAX - s->looks;
    }
    TRY(make_list(s, first, start->has_pairs ? &other : NULL, list, &start->alone));
    if (!start->has_pairs) return OK;
    s->looks += looks;
    for (uint32_t w = 0; w < s->v->bitmap_words; w++) {
        for (uint64_t left = seconds[w]; left; left &= left - 1) {
            const uint32_t second = w * 64 + (uint32_t)__builtin_ctzll(left);
            struct vocab_pair *pair = vocab_push(s->scratch, &s->pairs, sizeof *pair);
            if (!pair) return ERR_MEMORY;
            pair->key = vocab_pair_key(first, second);
            TRY(make_list(s, first, &second, list, &pair->list));
        }
    }
out:
    return e;
}

static err make_table(struct starting *s)
{
    struct vocabulary *v = s->v;
    const uint32_t cap = vocab_table_size(s->pairs.n);
    v->pairs = arena_array(&v->arena, cap, sizeof *v->pairs);
    v->lists = arena_array(&v->arena, s->lists.n, sizeof *v->lists);
    if (!v->pairs || !v->lists) return ERR_MEMORY;
    memcpy(v->lists, s->lists.p, s->lists.n * sizeof *v->lists);
    memset(v->pairs, 0, cap * sizeof *v->pairs);
    v->pair_mask = cap - 1;
    for (uint32_t i = 0; i < s->pairs.n; i++) {
        const struct vocab_pair *p = (const struct vocab_pair *)s->pairs.p + i;
        uint32_t k = vocab_pair_slot(p->key) & v->pair_mask;
        while (v->pairs[k].key)
            k = (k + 1) & v->pair_mask;
        v->pairs[k] = *p;
    }
    return OK;
}

err vocab_make_starts(struct vocabulary *v, uint32_t n_programs, struct arena *scratch)
{
    err e = OK;
    struct starting s = { .v = v, .scratch = scratch };
    uint32_t *list = arena_array(scratch, n_programs + 1, sizeof *list), none = 0, empty;
    uint64_t *seconds = arena_array(scratch, v->bitmap_words, sizeof *seconds);
    v->starts = arena_array(&v->arena, v->n_symbols, sizeof *v->starts);
    if (!list || !seconds || !v->starts) return ERR_MEMORY;
    map_init(&s.list_of, scratch);
    TRY(share_list(&s, &none, &empty));
    TRY(list_programs(&s, n_programs));
    memset(v->starts, 0, v->n_symbols * sizeof *v->starts);
    for (uint32_t symbol = 0; symbol < v->n_symbols; symbol++)
        if (s.first_of[symbol] < s.first_of[symbol + 1]) TRY(make_pairs(&s, symbol, seconds, list));
    TRY(make_table(&s));
out:
    return e;
}
