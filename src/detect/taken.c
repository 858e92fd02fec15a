#include "detect/taken.h"

/* Halved without a branch: where in a text a finding lies can't be guessed. */
uint32_t taken_token_at(const struct doc *d, uint32_t at)
{
    /* the last token that begins at `at` or before, if any does */
    const struct token *first = d->tok;
    size_t n = d->n;
    if (!n) return 0;
    while (n > 1) {
        const size_t half = n / 2;
        first += half & -(size_t)(first[half].start <= at);
        n -= half;
    }
    return (uint32_t)(first - d->tok) + (token_end(first) <= at);
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
