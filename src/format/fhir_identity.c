/* format/fhir_identity.c — who is meant by an identifier: "Patient?identifier=system|value" where a reference leads to
 * whoever has it, and a Reference with an identifier and no address.
 *
 * "system|value" is then as good as an id: values of a resource that refers to its patient so are that patient's, by
 * another name (record.links), which the Patient of another record or of this one resolves. Without a system any
 * patient with the value may be meant, so that what leads there leads to all of them; and an identifier never leads from
 * one patient to another who has the same, as those have that somebody filled in with "unknown".
 */
#include "format/fhir_walk.h"

/* "system|value" in the arena. */
static err join(struct fhir_walk *w, view namespace, view value, view *out)
{
    char *p = arena_alloc(w->arena, namespace.n + 1 + value.n);
    if (!p) return ERR_MEMORY;
    if (namespace.n) memcpy(p, namespace.p, namespace.n);
    p[namespace.n] = '|';
    if (value.n) memcpy(p + namespace.n + 1, value.p, value.n);
    *out = view_of(p, namespace.n + 1 + value.n);
    return OK;
}

static int hex_of(char c)
{
    c = ascii_lower(c);
    if (ascii_is_digit(c)) return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What is written in percents as it is meant. */
static err plain(struct fhir_walk *w, view v, view *out)
{
    size_t n = 0;
    *out = v;
    if (view_find_byte(v, 0, '%') == v.n) return OK;
    char *p = arena_alloc(w->arena, v.n);
    if (!p) return ERR_MEMORY;
    for (size_t i = 0; i < v.n; i++) {
        int high = v.p[i] == '%' && i + 2 < v.n ? hex_of(v.p[i + 1]) : -1;
        int low = high >= 0 ? hex_of(v.p[i + 2]) : -1;
        p[n++] = low >= 0 ? (char)(high * 16 + low) : v.p[i];
        if (low >= 0) i += 2;
    }
    *out = view_of(p, n);
    return OK;
}

err fhir_identity_of_value(struct fhir_walk *w, view value, view *out)
{
    err e = OK;
    const char *bar;
    TRY(plain(w, value, out));
    bar = out->n ? memrchr(out->p, '|', out->n) : NULL;
    if (!bar) TRY(join(w, (view){ "", 0 }, *out, out));
out:
    return e;
}

err fhir_identity_of_link(struct fhir_walk *w, const struct fhir_link *l, view *out)
{
    static const char name[] = "identifier=";
    *out = (view){ "", 0 };
    /* one parameter: with more of them, or several values, it is a search for somebody */
    if (!view_starts(l->query, view_of_str(name)) ||
        view_find_byte(l->query, 0, '&') < l->query.n ||
        view_find_byte(l->query, 0, ',') < l->query.n)
        return OK;
    view value = view_sub(l->query, sizeof name - 1, l->query.n);
    return value.n ? fhir_identity_of_value(w, value, out) : OK;
}

static err push_identity(struct fhir_walk *w, view key, view value)
{
    struct fhir_identity *v =
        arena_more(w->arena, w->identities, sizeof *v, w->n_identities, &w->identity_cap, 8);
    if (!v) return ERR_MEMORY;
    w->identities = v;
    v[w->n_identities++] = (struct fhir_identity){ .key = key, .value = value };
    return OK;
}

static err await_role(struct fhir_walk *w, uint32_t piece, view key)
{
    struct fhir_awaiting *v =
        arena_more(w->arena, w->awaiting, sizeof *v, w->n_awaiting, &w->awaiting_cap, 8);
    if (!v) return ERR_MEMORY;
    w->awaiting = v;
    v[w->n_awaiting++] = (struct fhir_awaiting){ piece, key };
    return OK;
}

err fhir_note_identifier(struct fhir_walk *w, const struct fhir_frame *f, view value, bool is_said,
                         struct fhir_frame *holder)
{
    err e = OK;
    view key;
    enum piece_role role = w->out->pieces[f->value - 1].role;
    if (!value.n) return OK;
    TRY(join(w, f->about, value, &key));
    bool is_of_reference = holder && holder->type == FHIR_T_Reference;
    if (role == ROLE_NUMBER || (is_of_reference && !is_said))
        TRY(await_role(w, f->value - 1, key));
    else
        TRY(map_put(&w->roles, key, (uint32_t)role));
    if (is_of_reference) holder->identity = key;
    if (holder && holder->type == FHIR_T_Patient && holder->is_resource)
        TRY(push_identity(w, key, value));
out:
    return e;
}

/* `from` leads to the patient in this record, and in others. */
static err lead(struct fhir_walk *w, view from, view patient)
{
    err e = fhir_note_alias(w, from, patient);
    return e ? e
             : fhir_add_link(
                   w, (struct record_link){ .from = from, .to = patient, .kind = LINK_NAME });
}

err fhir_settle_identities(struct fhir_walk *w, struct fhir_frame *f, bool is_contained)
{
    err e = OK;
    for (uint32_t i = f->first_identity; i < w->n_identities && !is_contained; i++) {
        const struct fhir_identity *x = &w->identities[i];
        view any;
        if (!f->patient.n && x->key.p[0] != '|') f->patient = x->key; /* it has no id */
        if (!f->patient.n) continue;
        if (!view_eq(f->patient, x->key)) TRY(lead(w, x->key, f->patient));
        TRY(join(w, (view){ "", 0 }, x->value, &any));
        if (!view_eq(any, x->key)) TRY(lead(w, any, f->patient));
    }
    w->n_identities = f->first_identity;
out:
    return e;
}

err fhir_settle_number(struct fhir_walk *w, const struct fhir_frame *f)
{
    err e = OK;
    if (!f->patient.n || view_eq(f->patient, f->number)) return OK;
    TRY(fhir_add_link(
        w, (struct record_link){ .from = f->patient, .to = f->number, .kind = LINK_NUMBER }));
    TRY(fhir_add_link(
        w, (struct record_link){ .from = f->number, .to = f->patient, .kind = LINK_ALSO }));
out:
    return e;
}

err fhir_settle_address(struct fhir_walk *w, const struct fhir_link *l, view patient)
{
    err e = OK;
    TRY(lead(w, l->id, patient));
    if (l->is_uuid) /* nobody else has it: what is said under it is known to the patient too */
        TRY(fhir_add_link(w,
                          (struct record_link){ .from = patient, .to = l->id, .kind = LINK_ALSO }));
out:
    return e;
}

err fhir_await_role(struct fhir_walk *w, view value)
{
    view key;
    err e = fhir_identity_of_value(w, value, &key);
    return e ? e : await_role(w, w->out->n - 1, key);
}

void fhir_give_roles(struct fhir_walk *w)
{
    uint32_t role;
    for (uint32_t i = 0; i < w->n_awaiting; i++) {
        struct piece *p = &w->out->pieces[w->awaiting[i].piece];
        if (map_get(&w->roles, w->awaiting[i].key, &role)) p->role = (enum piece_role)role;
    }
}
