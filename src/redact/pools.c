#include "redact/pools.h"

#include "base/hash.h"
#include "redact/pools_image.h"

static uint32_t fnv1a(view v)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < v.n; i++)
        h = (h ^ (uint8_t)v.p[i]) * 16777619u;
    return h;
}

const struct pool_word *pool_find(enum sheet s, view key)
{
    const struct pool_sheet *t = &pools_sheets[s];
    for (uint32_t at = fnv1a(key) & t->mask; t->slots[at]; at = (at + 1) & t->mask) {
        const struct pool_word *w = &t->words[t->slots[at] - 1];
        if (w->len == key.n && memcmp(pools_text + w->text, key.p, key.n) == 0) return w;
    }
    return NULL;
}

uint32_t pool_size(enum pool p)
{
    return pools_lists[p].n;
}

view pool_word(enum pool p, uint32_t index)
{
    const struct pool_list *l = &pools_lists[p];
    BUG_IF(index >= l->n);
    const struct pool_word *w = &l->words[l->at[index]];
    return view_of(pools_text + w->text, w->len);
}

bool zip3_may_stay(unsigned area)
{
    return area < 1000 && (pools_zip3[area / 8] >> (area % 8) & 1);
}

void zip3_checksum(uint8_t out[32])
{
    checksum32(view_of((const char *)pools_zip3, sizeof pools_zip3), out);
}
