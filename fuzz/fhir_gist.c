/* fuzz/fhir_gist.c — two resources, a line each: where both have the same gist and can be decoded, the same is said of
 * people by both; and nothing is said that the gist does not hold. */
#include "format/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a first pass over the inputs keeps (deid/patient_index.c). */
static bool is_told(const struct piece *p)
{
    return p->role >= ROLE_NAME && p->role != ROLE_NUMBER && p->role != ROLE_LINK &&
           p->role != ROLE_URL && p->role != ROLE_DATE && p->role != ROLE_AGE;
}

static const struct piece *next_told(const struct record *r, uint32_t *i)
{
    while (*i < r->n && !is_told(&r->pieces[*i]))
        ++*i;
    return *i < r->n ? &r->pieces[(*i)++] : NULL;
}

static bool holds(view gist, view part)
{
    return !part.n || memmem(gist.p, gist.n, part.p, part.n);
}

static void check_held(view gist, const struct record *r)
{
    const struct piece *p;
    BUG_IF(!holds(gist, r->patient));
    for (uint32_t i = 0; (p = next_told(r, &i));)
        BUG_IF(!holds(gist, p->text) || !holds(gist, p->owner));
    for (uint32_t i = 0; i < r->n; i++)
        BUG_IF(!holds(gist, r->pieces[i].patient));
    for (uint32_t i = 0; i < r->n_links; i++)
        BUG_IF(r->links[i].from.n &&
               (!holds(gist, r->links[i].from) || !holds(gist, r->links[i].to)));
}

/* The same patients, in any order of the pieces. */
static bool has_patients_of(const struct record *a, const struct record *b)
{
    for (uint32_t i = 0; i < a->n; i++) {
        bool is_there = !a->pieces[i].patient.n;
        for (uint32_t k = 0; k < b->n && !is_there; k++)
            is_there = view_eq(a->pieces[i].patient, b->pieces[k].patient);
        if (!is_there) return false;
    }
    return true;
}

static const struct record_link *next_link(const struct record *r, uint32_t *i)
{
    while (*i < r->n_links && !r->links[*i].from.n)
        ++*i;
    return *i < r->n_links ? &r->links[(*i)++] : NULL;
}

static void check_same(const struct record *a, const struct record *b)
{
    uint32_t i = 0, k = 0;
    const struct piece *p, *q;
    const struct record_link *l, *m;
    BUG_IF(!view_eq(a->patient, b->patient));
    BUG_IF(!has_patients_of(a, b) || !has_patients_of(b, a));
    do {
        p = next_told(a, &i);
        q = next_told(b, &k);
        BUG_IF(!p != !q);
        BUG_IF(p && (!view_eq(p->text, q->text) || p->role != q->role || p->who != q->who ||
                     !view_eq(p->patient, q->patient) || !view_eq(p->owner, q->owner)));
    } while (p);
    i = k = 0;
    do {
        l = next_link(a, &i);
        m = next_link(b, &k);
        BUG_IF(!l != !m);
        BUG_IF(l && (l->kind != m->kind || l->is_from_person != m->is_from_person ||
                     !view_eq(l->from, m->from) || !view_eq(l->to, m->to)));
    } while (l);
}

/* False: it has none, or is no resource. */
static bool read_one(view line, struct arena *a, view *gist, struct record *r)
{
    struct diag d = { 0 };
    if (!format_fhir_lines.gist(&format_fhir_lines, line, a, gist)) return false;
    if (format_decode(&format_fhir_lines, line, ENC_UTF8, a, r, &d)) return false;
    check_held(*gist, r);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view bytes = { (const char *)data, size }, gists[2];
    struct record r[2];
    struct arena a;
    size_t end = view_find_byte(bytes, 0, '\n');
    arena_init(&a, 256 << 20);
    bool first = read_one(view_sub(bytes, 0, end), &a, &gists[0], &r[0]);
    bool second = end < size && read_one(view_sub(bytes, end + 1, size), &a, &gists[1], &r[1]);
    if (first && second && view_eq(gists[0], gists[1])) check_same(&r[0], &r[1]);
    arena_clear(&a);
    return 0;
}
