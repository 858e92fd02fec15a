#include "redact/name_pool.h"

static bool ends(view v, view tail)
{
    return v.n > tail.n + 1 && memcmp(v.p + v.n - tail.n, tail.p, tail.n) == 0;
}

/* For a given name that no list has: the sex that its ending suggests to a reader of English. */
static enum pool pool_by_ending(view key)
{
    static const view women[] = { VIEW("a"),    VIEW("ah"),  VIEW("ette"),  VIEW("elle"),
                                  VIEW("ine"),  VIEW("lyn"), VIEW("lynn"),  VIEW("een"),
                                  VIEW("isha"), VIEW("ie"),  VIEW("leigh"), VIEW("beth") };
    for (size_t i = 0; i < COUNT_OF(women); i++)
        if (ends(key, women[i])) return POOL_WOMEN;
    return POOL_MEN;
}

static view hashed(struct keyed_domain *keys, enum pool p, view key)
{
    uint32_t n = pool_size(p);
    uint32_t i = (uint32_t)(keyed_hash(keys, KEYED_WORD, (uint8_t)p, key) % n);
    view w = pool_word(p, i);
    return view_eq(w, key) ? pool_word(p, i + 1 == n ? 0 : i + 1)
                           : w; /* a word of another sheet's pool */
}

view pool_surrogate(struct keyed_domain *keys, enum sheet sheet, enum pool p, view key)
{
    const struct pool_word *w = pool_find(sheet, key);
    if (w && w->pool == p && w->index != POOL_NO_INDEX)
        return pool_word(p, permutation_apply(keyed_permutation(keys, p), w->index));
    return hashed(keys, p, key);
}

bool name_pool_knows(view key)
{
    const struct pool_word *w = pool_find(SHEET_NAME, key);
    return w && w->pool != POOL_NONE;
}

view name_pool_word(struct keyed_domain *keys, view key, bool family)
{
    const struct pool_word *w = pool_find(SHEET_NAME, key);
    if (w && w->pool != POOL_NONE) {
        enum pool p = (enum pool)w->pool;
        return w->index == POOL_NO_INDEX
                   ? hashed(keys, p, key)
                   : pool_word(p, permutation_apply(keyed_permutation(keys, p), w->index));
    }
    return hashed(keys, family ? POOL_FAMILY : pool_by_ending(key), key);
}

char name_pool_initial(struct keyed_domain *keys, char letter)
{
    BUG_IF(letter < 'a' || letter > 'z');
    const struct permutation *p = keyed_permutation(keys, KEYED_LETTERS);
    return (char)('a' + permutation_apply(p, (uint32_t)(letter - 'a')));
}
