#include "base/hash.h"
#include "deid/leak_inside.h"
#include "redact/canonical.h"

enum { VALUES_MAX = 1 << 28 };

/* What may be a code as well: a hit on it where the standard has a code is set aside, and counted. Names, and
 * the numbers of persons, never are. */
static bool may_be_code(enum label l)
{
    return l == LABEL_ORGANIZATION || l == LABEL_LOCATION || l == LABEL_LICENSE ||
           l == LABEL_DEVICE || l == LABEL_ID;
}

/* What fields hold in parts: HL7 has marks between the parts of a name, an address, a telephone number. */
static bool has_parts(enum label l)
{
    return l == LABEL_NAME || l == LABEL_LOCATION || l == LABEL_PHONE || l == LABEL_FAX;
}

struct leak_value *leak_slot(struct leak_value *v, uint32_t cap, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (cap - 1);
    while (v[i].hash && v[i].hash != hash)
        i = (i + 1) & (cap - 1);
    return &v[i];
}

/* Under the lock. */
static err put_hash(struct leak_check *c, uint64_t hash, struct leak_value what, size_t length)
{
    if (c->n_values * 2 >= c->cap) {
        if (c->cap >= VALUES_MAX) return ERR_LIMIT;
        struct leak_value *more = mem_alloc_zero((size_t)c->cap * 2 * sizeof *more);
        if (!more) return ERR_MEMORY;
        for (uint32_t i = 0; i < c->cap; i++)
            if (c->values[i].hash) *leak_slot(more, c->cap * 2, c->values[i].hash) = c->values[i];
        mem_free(c->values);
        c->values = more;
        c->cap *= 2;
    }
    struct leak_value *v = leak_slot(c->values, c->cap, hash);
    c->has_births |= what.label == LABEL_DATE;
    what.is_code = may_be_code((enum label)what.label);
    what.in_parts = has_parts((enum label)what.label);
    what.hash = hash;
    if (!v->hash) {
        c->n_values++;
    } else { /* named twice: the same whoever came first */
        what.is_short_number &= v->is_short_number;
        what.as_name &= v->as_name;
        what.in_single &= v->in_single;
        what.is_code &= v->is_code;
        what.in_parts |= v->in_parts;
        what.label = MIN(what.label, v->label);
    }
    *v = what;
    c->longest = MAX(c->longest, length);
    return OK;
}

err leak_add(struct leak_check *c, uint64_t h, size_t n, struct leak_value what)
{
    if (n < LEAK_VALUE_MIN || n > LEAK_VALUE_MAX) return OK;
    (void)pthread_mutex_lock(&c->lock);
    err e = put_hash(c, leak_closed(h), what, n);
    (void)pthread_mutex_unlock(&c->lock);
    return e;
}

uint64_t leak_roll(uint64_t h, view v)
{
    for (size_t i = 0; i < v.n; i++)
        h = (h ^ (uint8_t)v.p[i]) * UINT64_C(0x100000001B3);
    return h;
}

uint64_t leak_closed(uint64_t h)
{
    h = hash_mix(h, UINT64_C(0x51AB)); /* the table is indexed by the low bits */
    return h ? h : 1;
}

err leak_word(view folded, const struct token *t, struct arena *a, view *out)
{
    char room[CANON_ROOM];
    view v = view_sub(folded, t->start, token_end(t)), c;
    err e = canonical(v, CANON_WORD, a, room, &c);
    return e ? e : arena_copy(a, c, out);
}
