/* leak_pairs.c — which record of an original became which of an output.
 *
 * Names of outputs tell nothing. But a run adds no records: where as many inputs of each length came out as went in, no
 * record was lost, and the n-th record of an output is the n-th of an original that is as long. */
#include "base/hash.h"
#include "deid/leak_inside.h"

enum { INPUTS_MAX = 1 << 24, FIRST_INPUTS = 64 };

err leak_count(struct leak_inputs *x, const struct batch_record *r)
{
    if (r->input >= INPUTS_MAX) {
        x->is_cut = true;
        return OK;
    }
    if (r->input >= x->cap) {
        uint32_t cap = x->cap ? x->cap : FIRST_INPUTS;
        while (cap <= r->input)
            cap *= 2;
        struct leak_input *v = mem_resize(x->v, (size_t)cap * sizeof *v);
        if (!v) return ERR_MEMORY;
        memset(v + x->cap, 0, (cap - x->cap) * sizeof *v);
        x->v = v;
        x->cap = cap;
    }
    struct leak_input *i = &x->v[r->input];
    i->n++;
    i->last = MAX(i->last, r->number);
    return OK;
}

/* The lengths of all inputs, in any order. False when a record within one could not be read, which moves the others. */
static bool sum_lengths(const struct leak_inputs *x, uint64_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < x->cap; i++) {
        if (x->v[i].n != x->v[i].last) return false;
        if (x->v[i].n) *out += hash_mix(x->v[i].n, 0);
    }
    return !x->is_cut;
}

bool leak_inputs_match(const struct leak_inputs *originals, const struct leak_inputs *outputs)
{
    uint64_t before, after;
    return sum_lengths(originals, &before) && sum_lengths(outputs, &after) && before == after;
}

uint64_t leak_pair_of(const struct leak_check *c, const struct leak_inputs *x,
                      const struct batch_record *r)
{
    if (!c->is_paired || r->input >= x->cap) return 0;
    return hash_mix(r->number, x->v[r->input].n);
}
