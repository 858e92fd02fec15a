/* format/fhir_people.c — who of no patient's record has to do with whom: bulk exports keep Practitioners apart
 * from the resources that name them, and a note says "told Dr. Okwundu" where its Encounter knows her id. */
#include "format/fhir_walk.h"

bool fhir_is_of_clinicians(unsigned type)
{
    return type == FHIR_T_Practitioner || type == FHIR_T_PractitionerRole;
}

err fhir_add_link(struct fhir_walk *w, struct record_link l)
{
    struct record *r = w->out;
    struct record_link *v = arena_more(w->arena, r->links, sizeof *v, r->n_links, &w->link_cap, 8);
    if (!v) return ERR_MEMORY;
    r->links = v;
    v[r->n_links++] = l;
    return OK;
}

err fhir_note_person(struct fhir_walk *w, view reference)
{
    const struct fhir_link *l = fhir_link_of(w, reference);
    if (!l->id.n || !fhir_is_of_clinicians(l->resource)) return OK;
    /* "Practitioner/4": the two stand beside each other */
    view to = view_of(l->type.p, (size_t)(l->id.p + l->id.n - l->type.p));
    return fhir_add_link(w, (struct record_link){ .to = to });
}

err fhir_settle_people(struct fhir_walk *w, const struct fhir_frame *f)
{
    struct record *r = w->out;
    view own = f->patient;
    bool is_person = !own.n && f->about.n && fhir_is_of_clinicians(f->type);
    if (is_person) {
        view type = fhir_resource_name(f->type);
        char *p = arena_alloc(w->arena, type.n + 1 + f->about.n);
        if (!p) return ERR_MEMORY;
        memcpy(p, type.p, type.n);
        p[type.n] = '/';
        memcpy(p + type.n + 1, f->about.p, f->about.n);
        own = view_of(p, type.n + 1 + f->about.n);
        for (uint32_t i = f->first; i < r->n; i++)
            r->pieces[i].owner = own;
    }
    for (uint32_t i = f->first_link; i < r->n_links && own.n; i++) {
        if (r->links[i].from.n) continue;
        r->links[i].from = own;
        r->links[i].is_from_person = is_person;
    }
    return OK;
}
