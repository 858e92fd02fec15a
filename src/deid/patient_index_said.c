/* deid/patient_index_said.c — what has been said of whom: most messages of a patient say the same. */
#include "base/hash.h"
#include "deid/patient_inside.h"

static uint64_t *place_of(uint64_t *v, uint32_t cap, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (cap - 1);
    while (v[i] && v[i] != hash)
        i = (i + 1) & (cap - 1);
    return &v[i];
}

err patient_note_said(struct patient_index *x, uint64_t chain, view what, bool *is_new)
{
    struct said *s = &x->told;
    const uint64_t both[2] = { chain, patient_hash(x, what, false, CHAIN_VALUES) };
    uint64_t hash = patient_hash(x, view_of((const char *)both, sizeof both), false, CHAIN_VALUES);
    uint64_t *place = place_of(s->v, s->cap, hash);
    *is_new = !*place;
    if (*place) return OK;
    x->all_told += hash64(what, 0);
    if ((uint64_t)s->n * 4 >= (uint64_t)s->cap * 3) {
        if (s->cap >= PATIENT_SAID_MAX) return ERR_LIMIT;
        uint64_t *more = mem_alloc_zero((size_t)s->cap * 2 * sizeof *more);
        if (!more) return ERR_MEMORY;
        for (uint32_t i = 0; i < s->cap; i++)
            if (s->v[i]) *place_of(more, s->cap * 2, s->v[i]) = s->v[i];
        mem_free(s->v);
        s->v = more;
        s->cap *= 2;
        place = place_of(s->v, s->cap, hash);
    }
    *place = hash;
    s->n++;
    return OK;
}
