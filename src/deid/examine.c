/* deid/examine.c — one record: decoded, looked through piece by piece, and what is to be replaced in it. */
#include <endian.h>

#include "base/hash.h"
#include "deid/address_value.h"
#include "deid/inside.h"
#include "deid/key_pieces.h"
#include "deid/misplaced_name.h"
#include "deid/patient_index.h"
#include "deid/person_names.h"
#include "deid/piece_value.h"
#include "deid/record_known.h"
#include "redact/keyed.h"

/* Whose record it is, for dates; and what keys everything else. */
struct owner {
    const struct deid *d;
    const struct record *r;
    view given;
    bool known;
    uint64_t content[2];
    struct redact_domains dom; /* of pieces that do not say whose they are */
    struct record_known values;
    struct keyed_domain *keys; /* the scratch's */
    struct value_memo *memo;   /* the scratch's, or NULL */
    struct arena *arena;
    struct deid_scratch *s;
    /* Where surrogates are wanted: who is in the record, for initials in the piece in hand. NULL: they are not. */
    struct person_names *names;
    const struct piece *at;
    struct persons_source source;
    bool is_whole;       /* the record is all there is: no other one speaks of its patients */
    view asked, same_as; /* what same_patient answered last, and to what */
    struct map numbers;  /* of patients whom links give one: the link's place, or TWO_NUMBERS */
    bool has_numbers;    /* they are listed */
};

enum { TWO_NUMBERS = UINT32_MAX };

/* Each patient's number, once for the record: a bundle may hold ten thousand. */
static err list_numbers(struct owner *o)
{
    err e = OK;
    uint32_t at;
    if (o->has_numbers) return OK;
    map_init(&o->numbers, o->arena);
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
static err number_said(struct owner *o, view patient, view *out)
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

/* What all inputs say that the patient's number is. */
static err number_indexed(struct owner *o, view patient, view *out)
{
    err e = OK;
    struct patient_cache *c = &o->s->cache;
    if (c->asked_n && view_eq(view_of(c->asked, c->asked_n), patient))
        return arena_copy(o->arena, view_of(c->number, c->number_n), out);
    TRY(patient_index_number(o->d->patients, patient, o->arena, out));
    c->asked_n = 0;
    if (!patient.n || patient.n > sizeof c->asked || out->n > sizeof c->number) return OK;
    memcpy(c->asked, patient.p, c->asked_n = patient.n);
    memcpy(c->number, out->p, c->number_n = out->n);
out:
    return e;
}

/* By whatever name a record calls the patient, the one by which messages, tables and resources mean the same person:
 * the number, where a Patient resource among the inputs tells it. */
static err same_patient(struct owner *o, view patient, view *out)
{
    err e = OK;
    if (!o->asked.n || !view_eq(o->asked, patient)) {
        view others = patient;
        if (o->d->patients) TRY(number_indexed(o, patient, &others));
        o->asked = patient;
        o->same_as = others;
        if (view_eq(others, patient)) TRY(number_said(o, patient, &o->same_as));
    }
    *out = o->same_as;
out:
    return e;
}

/* Dates go by patient. Under a profile that keeps documents apart, what is known to be one patient's stays together. */
static err domains_of(struct owner *o, view patient, bool is_known, struct redact_domains *out)
{
    err e = OK;
    view content = { (const char *)o->content, sizeof o->content };
    if (is_known) TRY(same_patient(o, patient, &patient));
    view own = is_known ? patient : content;
    *out = (struct redact_domains){
        .patient = patient.n ? patient : content,
        .project = o->d->row->per_document ? own : buf_view(&o->d->project),
        .memo = o->memo,
        .shifts = &o->s->shifts,
    };
out:
    return e;
}

/* What the field that the user named says; "" when there is none. */
static view named_patient(const struct owner *o)
{
    for (uint32_t i = 0; i < o->r->n && o->d->patient_field.n > 0; i++)
        if (view_eq(o->r->pieces[i].field, buf_view(&o->d->patient_field)))
            return view_trim(o->r->pieces[i].text);
    return VIEW("");
}

/* Whose prose it is, for the patient index. */
static view patient_of(const struct owner *o, const struct piece *p)
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
static err know_owner(struct owner *o)
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
static err owner_domains(struct owner *o, const struct piece *p, struct redact_domains *out)
{
    err e = OK;
    TRY(know_owner(o));
    *out = o->dom;
    if (p->patient.n && !o->given.n) TRY(domains_of(o, p->patient, true, out));
    o->at = p;
    if (o->names) out->persons = &o->source;
    if (o->d->prepared) return OK;
    if (!o->keys->key || !view_eq(o->keys->project, out->project)) {
        keyed_domain_wipe(o->keys);
        keyed_domain_init(o->keys, o->d->usual.key, out->project);
    }
    out->working = o->keys;
out:
    return e;
}

struct patient_set {
    struct patient_set *next;
    view patient;
    const struct known *known; /* NULL: nothing is known */
    struct patient_said said;
};
enum { CACHED_PATIENTS = 512 };

/* What other records say about the patient. */
static err indexed(const struct deid *d, struct deid_scratch *s, view patient,
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
            arena_reset(&c->arena);
            c->sets = NULL;
            c->n = 0;
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

/* Whom initials in the piece in hand may mean. */
static err persons_of_piece(void *ctx, const struct persons **out)
{
    err e = OK;
    struct owner *o = ctx;
    const struct known *known;
    struct patient_said said = { 0 };
    /* Of prose it has been asked already; a row of a table says itself who is meant. */
    if (o->at->role < ROLE_NAME) TRY(indexed(o->d, o->s, patient_of(o, o->at), &known, &said));
    TRY(person_names_for(o->names, o->at, said.v, said.n, out));
out:
    return e;
}

static err redact_value(const struct deid *d, struct deid_scratch *s, struct owner *o,
                        const struct piece *p, const struct deid_found *found, struct edits *out,
                        struct deid_counts *now)
{
    err e = OK;
    const struct redact_params *params = found->usual.n ? &d->usual : &d->zip;
    const struct finding *f = found->usual.n ? found->usual.v : found->zips.v;
    const struct shaped how = piece_form(d, p);
    struct redact_domains dom;
    TRY(owner_domains(o, p, &dom));
    TRY(redact_shaped(params, &dom, &how, p->text, f, &s->arena, out, now->replaced, now->masked));
out:
    return e;
}

/* A key that is a name, as one. */
static err find_key(struct deid_scratch *s, const struct piece *p)
{
    s->found.n = 0;
    return findings_add(&s->found, (struct finding){ .end = (uint32_t)p->text.n,
                                                     .score = 0.8F,
                                                     .rule = RULE_NAME_KEY,
                                                     .label = LABEL_NAME,
                                                     .source = SOURCE_LEXICON });
}

/* A value of a field. A whole address is its parts, which are replaced as they are in prose, where ZIP codes are
 * treated otherwise than streets. */
static err add_value(const struct deid *d, struct deid_scratch *s, const struct piece *p,
                     const struct finding *value, bool *is_value)
{
    err e = OK;
    struct finding parts[ADDRESS_PARTS];
    uint32_t n = 0;
    bool is_place = value->part == PART_STREET || value->part == PART_TOWN;
    if ((d->zip_apart || d->row->keep_wide_places) && value->label == LABEL_LOCATION && is_place &&
        p->shape == SHAPE_ANY)
        address_parts(d->lexicon, p->text, value, &s->arena, parts, &n);
    if (!n) return findings_add(&s->found, *value);
    *is_value = false;
    for (uint32_t i = 0; i < n; i++)
        TRY(findings_add(&s->found, parts[i]));
out:
    return e;
}

/* What identifies in a piece that is no key, into s->found; *is_value: it is one value of a field. */
static err find_in_piece(const struct deid *d, struct deid_scratch *s, struct owner *o,
                         const struct piece *p, bool *is_value)
{
    err e = OK;
    struct finding value;
    bool has_value;
    struct known_list known = { .n = 2 };
    struct patient_said said;
    s->found.n = 0;
    *is_value = piece_value(d->lexicon, p, &s->arena, &value, &has_value);
    if (*is_value && !has_value) return OK;
    if (*is_value) return add_value(d, s, p, &value, is_value);
    TRY(record_known_for(&o->values, p, &known.v[0]));
    TRY(indexed(d, s, patient_of(o, p), &known.v[1], &said));
    TRY(detect_text_known(d->detect, s->detect, p->text, p->field, &known, &s->found));
    if (p->shape == SHAPE_DIGITS && s->found.n) { /* a number stays one */
        *is_value = true;
        s->found.n = 1;
        s->found.v[0].start = 0;
        s->found.v[0].end = (uint32_t)p->text.n;
    }
out:
    return e;
}

/* A key that is none of a person stays. */
static bool is_passed_over(const struct piece *p, const bool *names)
{
    return p->role == ROLE_KEY && !names[p->group];
}

/* What identifies in a piece and is to be replaced, in s->found and s->zips. */
static err look_through(const struct deid *d, struct deid_scratch *s, struct owner *o,
                        const struct piece *p, bool *is_value, struct deid_counts *now)
{
    err e = OK;
    *is_value = false;
    s->zips.n = 0;
    TRY(p->role == ROLE_KEY ? find_key(s, p) : find_in_piece(d, s, o, p, is_value));
    if (s->found.n) TRY(deid_select_found(d, s, now));
out:
    return e;
}

static err replace_found(const struct deid *d, struct deid_scratch *s, struct owner *o,
                         const struct piece *p, const struct deid_found *found, bool is_value,
                         struct edits *out, struct deid_counts *now)
{
    err e = OK;
    *out = (struct edits){ 0 };
    if (!found->usual.n && !found->zips.n) return OK;
    if (is_value) return redact_value(d, s, o, p, found, out, now);
    struct redact_domains dom;
    TRY(owner_domains(o, p, &dom));
    TRY(deid_redact_found(d, s, &dom, p->text, found, out, now));
out:
    return e;
}

/* Can what comes out hang on who else is in the record? */
static bool may_follow(const struct findings *f)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (f->v[i].label == LABEL_NAME || f->v[i].label == LABEL_EMAIL) return true;
    return false;
}

/* One range more than pieces, where the last one's findings end. */
static err room_for_range(struct deid_scratch *s)
{
    size_t bytes;
    if (s->n_ranges + 1 < s->cap_ranges) return OK;
    uint32_t cap = s->cap_ranges ? s->cap_ranges * 2 : 64;
    if (cap < s->cap_ranges || !size_mul(cap, sizeof *s->ranges, &bytes)) return ERR_LIMIT;
    struct found_range *v = mem_resize(s->ranges, bytes);
    if (!v) return ERR_MEMORY;
    s->ranges = v;
    s->cap_ranges = cap;
    return OK;
}

/* What was found in a piece, until all are looked through. */
static err keep_found(struct deid_scratch *s, uint32_t piece, bool is_value)
{
    err e = OK;
    TRY(room_for_range(s));
    s->ranges[s->n_ranges++] =
        (struct found_range){ piece, s->kept.n, s->kept.n + s->found.n, is_value };
    for (uint32_t i = 0; i < s->found.n; i++)
        TRY(findings_add(&s->kept, s->found.v[i]));
    for (uint32_t i = 0; i < s->zips.n; i++)
        TRY(findings_add(&s->kept, s->zips.v[i]));
    s->ranges[s->n_ranges].at = s->kept.n;
out:
    return e;
}

/* Names and addresses wait until all pieces are looked through: whose initials they are may stand in a later one. */
static err examine_pieces(const struct deid *d, struct deid_scratch *s, struct owner *o,
                          const bool *names, struct edits *out, struct deid_counts *now)
{
    err e = OK;
    struct person_names persons;
    s->kept.n = s->n_ranges = 0;
    for (uint32_t i = 0; i < o->r->n; i++) {
        const struct piece *p = &o->r->pieces[i];
        bool is_value;
        out[i] = (struct edits){ 0 };
        if (is_passed_over(p, names)) continue;
        TRY(look_through(d, s, o, p, &is_value, now));
        const struct deid_found found = { s->found, s->zips };
        if (d->follows && may_follow(&s->found))
            TRY(keep_found(s, i, is_value));
        else
            TRY(replace_found(d, s, o, p, &found, is_value, &out[i], now));
    }
    person_names_init(&persons, o->r, s->kept.v, s->ranges, s->n_ranges, &s->arena);
    o->names = &persons;
    o->source = (struct persons_source){ persons_of_piece, o };
    for (uint32_t i = 0; i < s->n_ranges; i++) {
        const struct found_range *r = &s->ranges[i];
        struct deid_found found = { .usual.n = r->zips_at - r->at, .zips.n = r[1].at - r->zips_at };
        found.usual.v = s->kept.v + r->at;
        if (found.zips.n) found.zips.v = s->kept.v + r->zips_at;
        const struct piece *p = &o->r->pieces[r->piece];
        TRY(replace_found(d, s, o, p, &found, r->is_value, &out[r->piece], now));
    }
out:
    o->names = NULL;
    return e;
}

static err domains_of_piece(void *owner, const struct piece *p, struct redact_domains *out)
{
    return owner_domains(owner, p, out);
}

/* What was looked up and derived for another engine says nothing to this one. */
static void serve(struct deid_scratch *s, const struct deid *d)
{
    if (s->memo) value_memo_serve(s->memo, d->number);
    if (s->engine == d->number) return;
    mem_wipe(&s->shifts, sizeof s->shifts);
    arena_reset(&s->cache.arena);
    s->cache.sets = NULL;
    s->cache.n = 0;
    s->cache.asked_n = 0;
    s->engine = d->number;
}

/* Takes a record apart and learns what its fields say. `r` and `o` lie with the caller; *names tells of the plain
 * keys which are names, by their group. */
static err open_record(const struct deid *d, struct deid_scratch *s, const struct format *f,
                       enum encoding enc, view bytes, view domain, struct record *r,
                       struct owner *o, const bool **names, struct deid_counts *now,
                       struct diag *diag)
{
    err e = OK;
    now->records = 1;
    now->bytes_in = bytes.n;
    keyed_domain_wipe(&s->keys); /* its project may lie in what is reset now */
    s->keys.key = NULL;
    arena_reset(&s->arena);
    if (bytes.n > d->max_document)
        return DIAG(diag, ERR_LIMIT, "larger than --max-document allows");
    TRY(format_decode(f, bytes, enc, &s->arena, r, diag));
    *o = (struct owner){ .d = d,
                         .r = r,
                         .given = domain,
                         .keys = &s->keys,
                         .memo = s->memo,
                         .s = s,
                         .arena = &s->arena,
                         .is_whole = !f->is_stream };
    serve(s, d);
    TRY(misplaced_names_take(d->lexicon, r, &s->arena));
    TRY(record_known_init(&o->values, d, r, &s->arena, diag));
    TRY(record_known_codes(&o->values, r));
    now->pieces = r->n;
    TRY(key_pieces_judge(d->lexicon, r, &s->arena, names));
out:
    return e;
}

static err give_up(err e, struct diag *diag)
{
    if (e == ERR_LIMIT) DIAG(diag, e, "too many words, signs or identifiers for one record");
    return DIAG(diag, e, "the record could not be examined");
}

err deid_list(const struct deid *d, struct deid_scratch *s, const struct format *f,
              enum encoding enc, view bytes, deid_list_fn *each, void *ctx,
              struct deid_counts *counts, struct diag *diag)
{
    err e = OK;
    struct record r = { 0 };
    struct owner owner;
    struct deid_counts now = { 0 };
    const bool *names;
    bool is_value;
    TRY(open_record(d, s, f, enc, bytes, VIEW(""), &r, &owner, &names, &now, diag));
    for (uint32_t i = 0; i < r.n; i++) {
        const struct piece *p = &r.pieces[i];
        if (is_passed_over(p, names)) continue;
        TRY(p->role == ROLE_KEY ? find_key(s, p) : find_in_piece(d, s, &owner, p, &is_value));
        for (uint32_t k = 0; k < s->found.n; k++)
            now.found[s->found.v[k].label]++;
        if (s->found.n) TRY(each(ctx, &r, p, &s->found));
    }
    deid_counts_add(counts, &now);
out:
    return e ? give_up(e, diag) : OK;
}

err deid_examine_record(const struct deid *d, struct deid_scratch *s, const struct format *f,
                        enum encoding enc, view bytes, view domain, struct deid_exam *out,
                        struct deid_counts *now, struct diag *diag)
{
    err e = OK;
    struct edits *edits = NULL;
    struct owner owner;
    const bool *names;
    *out = (struct deid_exam){ 0 };
    TRY(open_record(d, s, f, enc, bytes, domain, &out->record, &owner, &names, now, diag));
    edits = arena_array(&s->arena, (size_t)out->record.n + 1, sizeof *edits);
    if (!edits) TRY(ERR_MEMORY);
    TRY(examine_pieces(d, s, &owner, names, edits, now));
    out->edits = edits;
    if (d->reader) TRY(deid_read_again(d, s, out, domains_of_piece, &owner, edits, now, diag));
out:
    if (!e) return OK;
    *out = (struct deid_exam){ 0 };
    return give_up(e, diag);
}
