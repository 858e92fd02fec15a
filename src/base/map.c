/* Open addressing with linear probing, at most three quarters full. A growing map leaves its old
 * table to the arena: tables double, so that is less than the newest one. */
#include "base/map.h"

#include "base/hash.h"
#include "base/tuning.h"

struct map_slot {
    view key;
    uint32_t hash; /* 0: empty */
    uint32_t value;
};

void map_init(struct map *m, struct arena *arena)
{
    *m = (struct map){ .arena = arena };
}

static uint32_t slot_hash(view key)
{
    uint32_t h = (uint32_t)hash64(key, 0);
    return h ? h : 1;
}

/* The slot that holds key, or the empty one where it belongs. There is always an empty one. */
static struct map_slot *find(struct map_slot *slots, uint32_t cap, view key, uint32_t hash)
{
    for (uint32_t i = hash & (cap - 1);; i = (i + 1) & (cap - 1)) {
        struct map_slot *s = &slots[i];
        if (s->hash == 0 || (s->hash == hash && view_eq(s->key, key))) return s;
    }
}

static err grow(struct map *m)
{
    uint32_t cap = m->cap ? m->cap * 2 : tune.map_first;
    if (cap < m->cap || cap > (UINT32_C(1) << 30)) return ERR_LIMIT;
    struct map_slot *slots = arena_array(m->arena, cap, sizeof *slots);
    if (!slots) return ERR_MEMORY;
    memset(slots, 0, cap * sizeof *slots);
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->slots[i].hash) *find(slots, cap, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    m->slots = slots;
    m->cap = cap;
    return OK;
}

err map_put(struct map *m, view key, uint32_t value)
{
    uint32_t hash = slot_hash(key);

    if (m->cap) {
        struct map_slot *s = find(m->slots, m->cap, key, hash);
        if (s->hash) {
            s->value = value;
            return OK;
        }
    }
    if (m->n + 1 > m->cap / 4 * 3) {
        err e = grow(m);
        if (e) return e;
    }
    *find(m->slots, m->cap, key, hash) =
        (struct map_slot){ .key = key, .hash = hash, .value = value };
    m->n++;
    return OK;
}

bool map_get(const struct map *m, view key, uint32_t *value)
{
    if (!m->cap) return false;
    const struct map_slot *s = find(m->slots, m->cap, key, slot_hash(key));
    if (!s->hash) return false;
    *value = s->value;
    return true;
}
