#include "detect/taken.h"

uint32_t taken_token_at(const struct doc *d, uint32_t at)
{
    uint32_t low = 0, high = d->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (token_end(&d->tok[mid]) > at)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

uint8_t *taken_by(const struct doc *d, const struct findings *f, uint32_t labels)
{
    uint8_t *taken = arena_alloc(d->arena, d->n + 1);
    if (!taken) return NULL;
    memset(taken, 0, d->n + 1);
    for (uint32_t k = 0; k < f->n; k++) {
        const struct finding *x = &f->v[k];
        if (!(labels & (1U << x->label))) continue;
        for (uint32_t i = taken_token_at(d, x->start); i < d->n && d->tok[i].start < x->end; i++)
            taken[i] = 1;
    }
    return taken;
}
