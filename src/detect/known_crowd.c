/* detect/known_crowd.c — a word that very many persons have: whom it is worth to hold the text against.
 *
 * A family of four thousand has one name, and every place where that stands would be held against all of them. Which run
 * of words a person's name makes there is decided by what the person has of the words around, and else by very little:
 * what the word is to the name, the role, and which letters are initials. So of those who are alike in that one stands
 * for all, and only who has one of the next words too is tried besides. What is found is the same.
 */
#include "detect/known_set.h"

enum { CROWD_MIN = 32, WINDOW = 8 /* no less than the longest run of a name */ };

struct likeness {
    uint32_t initials;
    uint8_t kind, first_kind, role; /* first_kind: where the same word stands in the run again */
};

static struct likeness likeness_of(const struct known *k, uint32_t use)
{
    const struct known_person *p = &k->persons[k->uses[use].of];
    uint32_t first = p->uses;
    while (k->uses[first].hash != k->uses[use].hash)
        first = k->uses[first].next_own;
    return (struct likeness){ .initials = p->given_initials | p->family_initials,
                              .kind = k->uses[use].kind,
                              .first_kind = k->uses[first].kind,
                              .role = p->role };
}

static bool is_alike(const struct likeness *a, const struct likeness *b)
{
    return a->initials == b->initials && a->kind == b->kind && a->first_kind == b->first_kind &&
           a->role == b->role;
}

static uint32_t slot_of(const struct likeness *x, uint32_t cap)
{
    uint64_t h = (uint64_t)x->initials << 24 | (uint64_t)x->kind << 16 |
                 (uint64_t)x->first_kind << 8 | x->role;
    h *= UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(h >> 32) & (cap - 1);
}

/* The first use with the hash that is of a person. */
static uint32_t first_of_person(const struct known *k, uint64_t hash)
{
    uint32_t use = known_first_use(k, hash);
    while (use != KNOWN_NONE && k->uses[use].kind == KNOWN_PHRASE)
        use = known_use_from(k, k->uses[use].next, hash);
    return use;
}

/* Chains the first of each likeness, in the order of the word's uses. `seen` has `cap` places, a power of two. */
static void chain_alike(struct known *k, uint32_t first, uint32_t *seen, uint32_t cap)
{
    uint64_t hash = k->uses[first].hash;
    uint32_t last = KNOWN_NONE;
    memset(seen, 0xFF, cap * sizeof *seen);
    for (uint32_t use = first; use != KNOWN_NONE;
         use = known_use_from(k, k->uses[use].next, hash)) {
        struct likeness x = likeness_of(k, use), y;
        uint32_t at = slot_of(&x, cap);
        bool is_there = false;
        for (; seen[at] != KNOWN_NONE && !is_there; at = (at + 1) & (cap - 1)) {
            y = likeness_of(k, seen[at]);
            is_there = is_alike(&x, &y);
        }
        if (is_there) continue;
        seen[at] = use;
        k->crowds[use].next_unlike = KNOWN_NONE;
        if (last != KNOWN_NONE) k->crowds[last].next_unlike = use;
        last = use;
    }
}

static uint32_t room_for(uint32_t n)
{
    uint32_t cap = 1;
    while (cap < 2 * n)
        cap *= 2;
    return cap;
}

err known_crowds_make(struct known *k, struct arena *a)
{
    uint32_t most = 0;
    if (k->n_uses < CROWD_MIN) return OK;
    struct known_crowd *crowds = arena_array(a, k->n_uses, sizeof *crowds);
    if (!crowds) return ERR_MEMORY;
    memset(crowds, 0, k->n_uses * sizeof *crowds);
    for (uint32_t i = 0; i < k->n_uses; i++) {
        if (k->uses[i].kind == KNOWN_PHRASE) continue;
        struct known_crowd *of = &crowds[first_of_person(k, k->uses[i].hash)];
        most = MAX(most, ++of->n);
    }
    if (most < CROWD_MIN) return OK;
    uint32_t *seen = arena_array(a, room_for(most), sizeof *seen);
    if (!seen) return ERR_MEMORY;
    k->crowds = crowds;
    for (uint32_t i = 0; i < k->n_uses; i++)
        if (crowds[i].n >= CROWD_MIN) chain_alike(k, i, seen, room_for(crowds[i].n));
    return OK;
}

struct trial {
    uint32_t *v, n;
};

static bool try_use(struct trial *t, uint32_t use)
{
    if (t->n == KNOWN_TRIED_MAX) return false;
    t->v[t->n++] = use;
    return true;
}

/* Those who have the word at `first` and that at `other`. */
static bool try_both(const struct known *k, uint32_t first, uint32_t other, struct trial *t)
{
    uint64_t hash = k->uses[first].hash, other_hash = k->uses[other].hash;
    for (uint32_t use = other; use != KNOWN_NONE;
         use = known_use_from(k, k->uses[use].next, other_hash))
        for (uint32_t own = k->persons[k->uses[use].of].uses; own != KNOWN_NONE;
             own = k->uses[own].next_own)
            if (k->uses[own].hash == hash && !try_use(t, own)) return false;
    return true;
}

uint32_t known_crowd_at(const struct known *k, const struct doc *d, uint32_t i,
                        uint32_t tried[KNOWN_TRIED_MAX])
{
    struct trial t = { .v = tried };
    uint32_t first = k->crowds ? first_of_person(k, d->tok[i].hash) : KNOWN_NONE;
    if (first == KNOWN_NONE || k->crowds[first].n < CROWD_MIN) return KNOWN_NONE;
    for (uint32_t use = first; use != KNOWN_NONE; use = k->crowds[use].next_unlike)
        if (!try_use(&t, use)) return KNOWN_NONE;
    for (uint32_t n = 0, j = known_next_word(d, i); n < WINDOW && j != KNOWN_NONE;
         n++, j = known_next_word(d, j)) {
        if (d->tok[j].hash == d->tok[i].hash) continue;
        uint32_t other = first_of_person(k, d->tok[j].hash);
        if (other == KNOWN_NONE) continue;
        if (k->crowds[other].n >= k->crowds[first].n || !try_both(k, first, other, &t))
            return KNOWN_NONE;
    }
    return t.n;
}
