/* deid/patient_index_inputs.c — which patients an input speaks of, and whether more is known of them than when it was
 * done: an output that is to stand must be what a run over all inputs would make of it today.
 *
 * In memory 16 bytes a patient and input, at most INPUTS_MAX of them. Past that, and where nobody can say whose an
 * input is before it is read (--patient-field), all that is said of anybody counts.
 */
#include "base/hash.h"
#include "base/sorted.h"
#include "deid/patient_inside.h"

enum { INPUTS_MAX = 1 << 24, FIRST_INPUTS = 1 << 10, DIGEST_ARENA = 64 << 20 };

void patient_index_watch(struct patient_index *x, bool all_matter)
{
    x->inputs.wanted = true;
    x->inputs.all_matter = all_matter;
}

static int by_input(const void *pa, const void *pb)
{
    const struct noted *a = pa, *b = pb;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    return a->chain == b->chain ? 0 : a->chain < b->chain ? -1 : 1;
}

/* In order, each once. */
static void settle(struct noted_inputs *s)
{
    uint32_t n = 0;
    if (!s->n) return;
    qsort(s->v, s->n, sizeof *s->v, by_input);
    for (uint32_t i = 0; i < s->n; i++)
        if (!i || by_input(&s->v[n - 1], &s->v[i]) != 0) s->v[n++] = s->v[i];
    s->n = n;
}

static err make_room(struct noted_inputs *s)
{
    if (s->n < s->cap) return OK;
    settle(s);
    if (s->n < s->cap / 2) return OK;
    if (s->cap >= INPUTS_MAX) {
        s->too_many = true;
        return OK;
    }
    uint32_t cap = s->cap ? s->cap * 2 : FIRST_INPUTS;
    struct noted *v = mem_resize(s->v, cap * sizeof *v);
    if (!v) return ERR_MEMORY;
    s->v = v;
    s->cap = cap;
    return OK;
}

static err note(struct patient_index *x, uint64_t input, view patient)
{
    err e = OK;
    struct noted_inputs *s = &x->inputs;
    const struct noted it = { input, patient_hash(x, patient, false, CHAIN_VALUES) };
    (void)pthread_mutex_lock(&x->lock);
    if (!s->too_many && !(s->n && by_input(&s->v[s->n - 1], &it) == 0)) e = make_room(s);
    if (!e && !s->too_many && !(s->n && by_input(&s->v[s->n - 1], &it) == 0)) s->v[s->n++] = it;
    (void)pthread_mutex_unlock(&x->lock);
    return e;
}

err patient_note_input(struct patient_index *x, const char *path, const struct record *r)
{
    err e = OK;
    uint64_t input = hash64(view_of_str(path), 0);
    view last = r->patient;
    if (!x->inputs.wanted) return OK;
    if (last.n) TRY(note(x, input, last));
    for (uint32_t i = 0; i < r->n; i++) {
        view patient = r->pieces[i].patient;
        if (!patient.n || view_eq(patient, last)) continue;
        TRY(note(x, input, patient));
        last = patient;
    }
out:
    return e;
}

void patient_inputs_done(struct patient_index *x)
{
    settle(&x->inputs);
}

static bool is_before(const void *noted, const void *input)
{
    return ((const struct noted *)noted)->input < *(const uint64_t *)input;
}

static uint32_t first_of(const struct noted_inputs *s, uint64_t input)
{
    return sorted_first(s->v, s->n, sizeof *s->v, &input, is_before);
}

err patient_index_told(const void *ctx, const char *path, uint64_t *out)
{
    err e = OK;
    const struct patient_index *x = ctx;
    const struct noted_inputs *s = &x->inputs;
    uint64_t input = hash64(view_of_str(path), 0), digest;
    struct arena a;
    *out = s->all_matter || s->too_many ? x->all_told : 0;
    arena_init(&a, DIGEST_ARENA);
    for (uint32_t i = first_of(s, input); i < s->n && s->v[i].input == input && !s->too_many; i++) {
        arena_reset(&a);
        e = patient_index_digest(x, s->v[i].chain, &a, &digest);
        if (e == ERR_LIMIT || e == ERR_MEMORY) { /* more is said than an arena holds */
            digest = x->all_told;
            e = OK;
        }
        TRY(e);
        *out += digest; /* hashes differ from run to run, and so does the order by them */
    }
out:
    arena_clear(&a);
    return e;
}
