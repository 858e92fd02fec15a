#include "clinical/pattern.h"
#include "clinical/vocab_inside.h"

void *vocab_push(struct arena *a, struct vocab_vec *v, size_t size)
{
    void *p = arena_more(a, v->p, size, v->n, &v->cap, 64);
    if (!p) return NULL;
    v->p = p;
    return (char *)v->p + size * v->n++;
}

err vocab_builder_new(struct vocab_builder **out)
{
    struct vocab_builder *b = mem_alloc_zero(sizeof *b);
    if (!b) return ERR_MEMORY;
    arena_init(&b->arena, VOCAB_BYTES_MAX);
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
    struct vocab_atom *to = VOCAB_PUSH(b, atoms, struct vocab_atom);
    if (!to) return ERR_MEMORY;
    *to = (struct vocab_atom){ hash, lower, a->is_stem, is_number };
    for (size_t i = 0; i < lower.n; i++)
        if (!ascii_is_alpha(lower.p[i])) to->text.n = 0;
    *out = b->atoms.n - 1;
    TRY(map_put(&b->atom_of, key, *out));
out:
    return e;
}

static err add_ref(struct vocab_builder *b, struct vocab_vec *to, uint32_t symbol)
{
    uint32_t *r = vocab_push(&b->arena, to, sizeof *r);
    if (!r) return ERR_MEMORY;
    *r = symbol;
    return OK;
}

static err add_atom(struct vocab_builder *b, struct vocab_vec *to, const struct pattern_atom *a,
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
    struct vocab_range c = *VOCAB_AT(b, classes, struct vocab_range, k);
    for (uint32_t i = 0; i < c.n; i++)
        TRY(add_ref(b, to, *VOCAB_AT(b, class_refs, uint32_t, c.first + i)));
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
    struct vocab_range *c = VOCAB_PUSH(b, classes, struct vocab_range);
    if (!c) return ERR_MEMORY;
    *c = (struct vocab_range){ b->class_refs.n, 0 };
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
    struct vocab_range *c = VOCAB_AT(b, classes, struct vocab_range, b->classes.n - 1);
    c->n = b->class_refs.n - c->first;
out:
    return e;
}

bool vocab_class_get(const struct vocab_builder *b, view name, const uint32_t **symbols,
                     uint32_t *n)
{
    uint32_t k;
    if (!map_get(&b->class_of, name, &k)) return false;
    const struct vocab_range *c = (const struct vocab_range *)b->classes.p + k;
    *symbols = (const uint32_t *)b->class_refs.p + c->first;
    *n = c->n;
    return true;
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
        struct raw_item *to = VOCAB_PUSH(b, items, struct raw_item);
        if (!to) return ERR_MEMORY;
        *to = it;
    }
    struct raw_pattern *p = VOCAB_PUSH(b, patterns, struct raw_pattern);
    if (!p) return ERR_MEMORY;
    *p = (struct raw_pattern){ first, parts.n_items, m };
out:
    return e;
}
