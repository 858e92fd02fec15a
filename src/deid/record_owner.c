#include "deid/record_owner.h"

#include <endian.h>

#include "base/hash.h"
#include "deid/patient_cache.h"
#include "deid/record_known.h"

enum { TWO_NUMBERS = UINT32_MAX };

/* Each patient's number, once for the record: a bundle may hold ten thousand. */
static err list_numbers(struct record_owner *o)
{
    err e = OK;
    uint32_t at;
    if (o->has_numbers) return OK;
    map_init(&o->numbers, &o->s->arena);
    for (uint32_t i = 0; i < o->r->n_links; i++) {
        const struct record_link *l = &o->r->links[i];
        if (l->kind != LINK_NUMBER || !l->to.n) continue;
        bool has_other = map_get(&o->numbers, l->from, &at) &&
                         (at == TWO_NUMBERS || !view_eq(o->r->links[at].to, l->to));
        TRY(map_put(&o->numbers, l->from, has_other ? TWO_NUMBERS : i));
    }
    o->has_numbers = true;
out:
    return e;
}

/* The number that a record which is all there is says of its patient; else the patient, also where it says two. */
static err number_said(struct record_owner *o, view patient, view *out)
{
    err e = OK;
    uint32_t at;
    *out = patient;
    if (!o->is_whole || !o->r->n_links) return OK;
    TRY(list_numbers(o));
    if (map_get(&o->numbers, patient, &at) && at != TWO_NUMBERS) *out = o->r->links[at].to;
out:
    return e;
}

/* By whatever name a record calls the patient, the one by which messages, tables and resources mean the same person:
 * the number, where a Patient resource among the inputs tells it. */
static err same_patient(struct record_owner *o, view patient, view *out)
{
    err e = OK;
    if (!o->asked.n || !view_eq(o->asked, patient)) {
        view others = patient;
        if (o->d->patients) TRY(patient_cache_number(o->d, o->s, patient, &others));
        o->asked = patient;
        o->same_as = others;
        if (view_eq(others, patient)) TRY(number_said(o, patient, &o->same_as));
    }
    *out = o->same_as;
out:
    return e;
}

/* Dates go by patient. Under a profile that keeps documents apart, what is known to be one patient's stays together. */
static err domains_of(struct record_owner *o, view patient, bool is_known,
                      struct redact_domains *out)
{
    err e = OK;
    view content = { (const char *)o->content, sizeof o->content };
    if (is_known) TRY(same_patient(o, patient, &patient));
    view own = is_known ? patient : content;
    *out = (struct redact_domains){
        .patient = patient.n ? patient : content,
        .project = o->d->row->per_document ? own : buf_view(&o->d->project),
        .memo = o->s->memo,
        .shifts = &o->s->shifts,
    };
out:
    return e;
}

/* What the field that the user named says; "" when there is none. */
static view named_patient(const struct record_owner *o)
{
    for (uint32_t i = 0; i < o->r->n && o->d->patient_field.n > 0; i++)
        if (view_eq(o->r->pieces[i].field, buf_view(&o->d->patient_field)))
            return view_trim(o->r->pieces[i].text);
    return VIEW("");
}

view record_owner_patient(const struct record_owner *o, const struct piece *p)
{
    if (!o->d->patients) return VIEW("");
    if (p->patient.n || o->r->patient.n) return piece_patient(o->r, p);
    return o->given.n ? o->given : named_patient(o);
}

/* Tells documents apart that nothing else tells apart. It is no proof of anything and no secret: what is
 * made from it goes through the key. Two documents that met in all of it would share their surrogates. */
static void hash_content(view bytes, uint64_t out[2])
{
    hash128(bytes, out);
    for (int k = 0; k < 2; k++)
        out[k] = htole64(out[k]); /* the same domain on every machine */
}

/* Worked out at the first finding: hashing every clean record would cost more than it gives. */
static err know_owner(struct record_owner *o)
{
    if (o->known) return OK;
    o->known = true;
    view patient = o->given.n ? o->given : named_patient(o);
    bool is_known = false;
    if (patient.n == 0) {
        patient = o->r->patient;
        is_known = patient.n > 0;
    }
    if (patient.n == 0) patient = o->r->id;
    if (patient.n == 0 || (o->d->row->per_document && !is_known))
        hash_content(o->r->bytes, o->content);
    return domains_of(o, patient, is_known, &o->dom);
}

/* Where domains are the documents' own, what is derived for one serves the pieces that follow. */
err record_owner_domains(struct record_owner *o, const struct piece *p, struct redact_domains *out)
{
    err e = OK;
    TRY(know_owner(o));
    *out = o->dom;
    if (p->patient.n && !o->given.n) TRY(domains_of(o, p->patient, true, out));
    if (o->d->prepared) return OK;
    struct keyed_domain *keys = &o->s->keys;
    if (!keys->key || !view_eq(keys->project, out->project)) {
        keyed_domain_wipe(keys);
        keyed_domain_init(keys, o->d->usual.key, out->project);
    }
    out->working = keys;
out:
    return e;
}

void record_owner_init(struct record_owner *o, const struct deid *d, struct deid_scratch *s,
                       const struct record *r, view given, bool is_whole)
{
    *o = (struct record_owner){ .d = d, .r = r, .given = given, .s = s, .is_whole = is_whole };
}
