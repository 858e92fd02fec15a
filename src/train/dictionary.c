#include "train/dictionary.h"

enum { SLOTS_FIRST = 1 << 16, SLOTS_MAX = 1 << 30 };

err dictionary_init(struct dictionary *d)
{
    *d = (struct dictionary){ .n_slots = SLOTS_FIRST, .cap = SLOTS_FIRST / 2 };
    d->slots = mem_alloc_zero(SLOTS_FIRST * sizeof *d->slots);
    d->entry = mem_alloc(d->cap * sizeof *d->entry);
    if (d->slots && d->entry) return OK;
    dictionary_clear(d);
    return ERR_MEMORY;
}

void dictionary_clear(struct dictionary *d)
{
    mem_free(d->slots);
    mem_free(d->entry);
    *d = (struct dictionary){ .n = 0 };
}

static uint32_t slot_of(const struct dictionary *d, uint64_t key)
{
    uint32_t i = (uint32_t)(key >> 20) & (d->n_slots - 1);
    while (d->slots[i] && d->entry[d->slots[i] - 1].key != key)
        i = (i + 1) & (d->n_slots - 1);
    return i;
}

static err grow(struct dictionary *d)
{
    if (d->n_slots >= SLOTS_MAX) return ERR_LIMIT;
    uint32_t n_slots = d->n_slots * 2;
    struct dictionary_entry *entry = mem_resize(d->entry, (size_t)d->cap * 2 * sizeof *entry);
    if (!entry) return ERR_MEMORY;
    d->entry = entry;
    uint32_t *slots = mem_alloc_zero((size_t)n_slots * sizeof *slots);
    if (!slots) return ERR_MEMORY;
    mem_free(d->slots);
    d->slots = slots;
    d->n_slots = n_slots;
    d->cap *= 2;
    for (uint32_t i = 0; i < d->n; i++)
        d->slots[slot_of(d, d->entry[i].key)] = i + 1;
    return OK;
}

err dictionary_add(struct dictionary *d, uint64_t key, uint32_t *number)
{
    uint32_t at = slot_of(d, key);
    if (!d->slots[at]) {
        if (d->n == d->cap) {
            err e = grow(d);
            if (e) return e;
            at = slot_of(d, key);
        }
        d->entry[d->n] = (struct dictionary_entry){ .key = key };
        d->slots[at] = ++d->n;
    }
    *number = d->slots[at] - 1;
    d->entry[*number].count++;
    return OK;
}
