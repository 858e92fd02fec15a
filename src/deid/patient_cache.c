#include "deid/patient_cache.h"

struct patient_set {
    struct patient_set *next;
    view patient;
    const struct known *known; /* NULL: nothing is known */
    struct patient_said said;
};
enum { CACHED_PATIENTS = 512 };

static void forget_sets(struct patient_cache *c)
{
    arena_reset(&c->arena);
    c->sets = NULL;
    c->n = 0;
    c->forgotten++;
}

err patient_cache_find(const struct deid *d, struct deid_scratch *s, view patient,
                       const struct known **out, struct patient_said *said)
{
    err e = OK;
    struct patient_cache *c = &s->cache;
    const struct known_help help = { d->lexicon, d->nicknames, d->usual.date_order };
    *out = NULL;
    *said = (struct patient_said){ 0 };
    if (!d->patients || !patient.n) return OK;
    for (struct patient_set **at = &c->sets; *at; at = &(*at)->next) {
        struct patient_set *x = *at;
        if (!view_eq(x->patient, patient)) continue;
        *at = x->next; /* to the front: the next piece is most often the same patient's */
        x->next = c->sets;
        c->sets = x;
        *out = x->known;
        *said = x->said;
        return OK;
    }
    for (int tries = 0; tries < 2; tries++) {
        struct patient_set *x = NULL;
        if (tries || c->n == CACHED_PATIENTS) {
            forget_sets(c);
        }
        e = ERR_MEMORY;
        x = arena_alloc(&c->arena, sizeof *x);
        if (x) e = arena_copy(&c->arena, patient, &x->patient);
        if (!e) e = patient_index_find(d->patients, patient, &help, &c->arena, &x->known, &x->said);
        if (e == ERR_MEMORY || e == ERR_LIMIT) continue; /* the arena may be full of others */
        if (e) break;
        x->next = c->sets;
        c->sets = x;
        c->n++;
        *out = x->known;
        *said = x->said;
        break;
    }
    return e;
}

err patient_cache_number(const struct deid *d, struct deid_scratch *s, view patient, view *out)
{
    err e = OK;
    struct patient_cache *c = &s->cache;
    if (c->asked_n && view_eq(view_of(c->asked, c->asked_n), patient))
        return arena_copy(&s->arena, view_of(c->number, c->number_n), out);
    TRY(patient_index_number(d->patients, patient, &s->arena, out));
    c->asked_n = 0;
    if (!patient.n || patient.n > sizeof c->asked || out->n > sizeof c->number) return OK;
    memcpy(c->asked, patient.p, c->asked_n = patient.n);
    memcpy(c->number, out->p, c->number_n = out->n);
out:
    return e;
}

void patient_cache_forget(struct deid_scratch *s)
{
    forget_sets(&s->cache);
    s->cache.asked_n = 0;
}
