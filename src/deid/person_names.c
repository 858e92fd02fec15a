#include "deid/person_names.h"

#include "base/sorted.h"
#include "deid/record_known.h"

enum { FIRST_SETS = 4 };

struct naming_piece {
    view patient;
    uint32_t at; /* in `found` */
};

void person_names_init(struct person_names *pn, const struct record *r, const struct finding *all,
                       const struct found_range *found, uint32_t n, struct arena *a)
{
    *pn = (struct person_names){ .r = r, .all = all, .found = found, .n_found = n, .arena = a };
    map_init(&pn->sets[0], a);
    map_init(&pn->sets[1], a);
}

/* A finding that reaches over something else is no name that could be read. */
static bool is_name(const struct finding *f)
{
    return f->label == LABEL_NAME && !f->is_mixed;
}

static bool has_name(const struct person_names *pn, const struct found_range *f)
{
    for (uint32_t i = f->at; i < f->zips_at; i++)
        if (is_name(&pn->all[i])) return true;
    return false;
}

static int by_patient(const void *pa, const void *pb)
{
    const struct naming_piece *a = pa, *b = pb;
    int c = view_cmp(a->patient, b->patient);
    if (c) return c;
    return a->at < b->at ? -1 : a->at > b->at;
}

static err list_pieces(struct person_names *pn)
{
    bool sorted = true;
    if (pn->is_listed) return OK;
    pn->pieces = arena_array(pn->arena, (size_t)pn->n_found + 1, sizeof *pn->pieces);
    if (!pn->pieces) return ERR_MEMORY;
    for (uint32_t i = 0; i < pn->n_found; i++) {
        if (!has_name(pn, &pn->found[i])) continue;
        struct naming_piece *x = &pn->pieces[pn->n++];
        *x = (struct naming_piece){ piece_patient(pn->r, &pn->r->pieces[pn->found[i].piece]), i };
        sorted &= pn->n == 1 || by_patient(x - 1, x) <= 0;
    }
    if (!sorted) qsort(pn->pieces, pn->n, sizeof *pn->pieces, by_patient);
    pn->is_listed = true;
    return OK;
}

static bool is_part(const struct piece *p)
{
    return p->role == ROLE_FAMILY || p->role == ROLE_GIVEN;
}

/* Names of one person in several fields come together; all that a text says are whole. */
static err add_pieces(const struct person_names *pn, uint32_t from, uint32_t to, struct persons *p)
{
    err e = OK;
    struct person_part parts[PERSON_WORDS_MAX];
    uint32_t n = 0;
    const struct piece *last = NULL;
    for (uint32_t i = from; i < to; i++) {
        const struct found_range *of = &pn->found[pn->pieces[i].at];
        const struct piece *x = &pn->r->pieces[of->piece];
        bool goes_on = n && n < PERSON_WORDS_MAX && is_part(x) && last->person == x->person;
        if (n && !goes_on) {
            TRY(persons_add(p, parts, n));
            n = 0;
        }
        for (uint32_t k = of->at; k < of->zips_at; k++) {
            const struct finding *f = &pn->all[k];
            const struct person_part one = { view_sub(x->text, f->start, f->end), f->part,
                                             f->role == WHO_CLINICIAN };
            if (!is_name(f)) continue;
            if (is_part(x) && x->person && n < PERSON_WORDS_MAX)
                parts[n++] = one;
            else
                TRY(persons_add(p, &one, 1));
        }
        last = x;
    }
    if (n) TRY(persons_add(p, parts, n));
out:
    return e;
}

static err add_said(const struct known_value *v, uint32_t n, struct persons *p)
{
    err e = OK;
    struct person_part parts[PERSON_WORDS_MAX];
    for (uint32_t i = 0, k; i < n; i = k) {
        uint32_t n_parts = 0;
        bool is_whole = v[i].part == PART_WHOLE;
        for (k = i; k < n && (k == i || (!is_whole && v[k].part != PART_WHOLE &&
                                         v[k].label == v[i].label && v[k].person == v[i].person));
             k++)
            if (v[k].label == LABEL_NAME && n_parts < PERSON_WORDS_MAX)
                parts[n_parts++] =
                    (struct person_part){ v[k].text, v[k].part, v[k].role == WHO_CLINICIAN };
        if (n_parts) TRY(persons_add(p, parts, n_parts));
    }
out:
    return e;
}

static bool is_before(const void *piece, const void *patient)
{
    return view_cmp(((const struct naming_piece *)piece)->patient, *(const view *)patient) < 0;
}

static uint32_t first_of(const struct person_names *pn, view patient)
{
    return sorted_first(pn->pieces, pn->n, sizeof *pn->pieces, &patient, is_before);
}

/* Pieces of nobody's come first. */
static err make_nobodys(struct person_names *pn)
{
    err e = OK;
    struct persons *p;
    uint32_t n = 0;
    if (pn->nobodys) return OK;
    while (n < pn->n && !pn->pieces[n].patient.n)
        n++;
    TRY(persons_new(&p, pn->arena));
    TRY(add_pieces(pn, 0, n, p));
    TRY(persons_close(p));
    pn->nobodys = p;
out:
    return e;
}

static err make_set(struct person_names *pn, view patient, const struct known_value *said,
                    uint32_t n_said, const struct persons **out)
{
    err e = OK;
    struct persons *p;
    uint32_t own = patient.n ? first_of(pn, patient) : 0, end = own;
    while (end < pn->n && (!patient.n || view_eq(pn->pieces[end].patient, patient)))
        end++;
    if (patient.n) TRY(make_nobodys(pn));
    *out = pn->nobodys;
    if (patient.n && own == end && !n_said) return OK;
    TRY(persons_new_over(&p, patient.n ? pn->nobodys : NULL, pn->arena));
    TRY(add_pieces(pn, own, end, p));
    TRY(add_said(said, n_said, p));
    TRY(persons_close(p));
    *out = p;
out:
    return e;
}

err person_names_for(struct person_names *pn, const struct piece *p, const struct known_value *said,
                     uint32_t n_said, const struct persons **out)
{
    err e = OK;
    const struct persons *persons;
    uint32_t at;
    view patient = piece_patient(pn->r, p);
    struct map *sets = &pn->sets[n_said > 0];
    if (map_get(sets, patient, &at)) {
        *out = pn->made[at];
        return OK;
    }
    TRY(list_pieces(pn));
    TRY(make_set(pn, patient, said, n_said, &persons));
    const struct persons **made =
        arena_more(pn->arena, pn->made, sizeof *made, pn->n_made, &pn->cap_made, FIRST_SETS);
    if (!made) TRY(ERR_MEMORY);
    pn->made = made;
    made[pn->n_made] = persons;
    TRY(map_put(sets, patient, pn->n_made++));
    *out = persons;
out:
    return e;
}
