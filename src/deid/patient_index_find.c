/* deid/patient_index_find.c — what was sealed of one patient, and of who had to do with him, opened. */
#include <errno.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/map.h"
#include "deid/patient_inside.h"

static err read_at(int fd, uint8_t *p, size_t n, uint64_t at)
{
    while (n > 0) {
        ssize_t got = pread(fd, p, n, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got < 0 ? ERR_IO : ERR_CORRUPT;
        p += got;
        at += (uint64_t)got;
        n -= (size_t)got;
    }
    return OK;
}

struct found {
    struct known_value value;
    uint64_t person; /* a hash of the whole name */
    uint32_t at;     /* among what is said of the name */
};
struct linked {
    view to; /* as in piece.owner, or piece.patient */
    bool is_person;
};
struct list {
    struct arena *arena;
    struct found *v;
    uint32_t n, cap;
    struct linked *links;
    uint32_t n_links, cap_links;
    struct map seen[2]; /* patients, persons */
};

/* Room for one more element of `size` bytes in *v. What was there before stays in the arena. */
static err room_for(struct list *l, void *v, uint32_t n, uint32_t *cap, size_t size)
{
    void **old = v, *to = arena_more(l->arena, *old, size, n, cap, 32);
    if (!to) return ERR_MEMORY;
    *old = to;
    return OK;
}

static err add_link(struct list *to, view whose, bool is_person)
{
    err e = OK;
    uint32_t at;
    if (map_get(&to->seen[is_person], whose, &at)) return OK;
    if (to->n_links == PATIENT_PERSONS_MAX) return ERR_LIMIT;
    TRY(room_for(to, &to->links, to->n_links, &to->cap_links, sizeof *to->links));
    TRY(map_put(&to->seen[is_person], whose, to->n_links));
    to->links[to->n_links++] = (struct linked){ whose, is_person };
out:
    return e;
}

static err take_values(const uint8_t *p, size_t n, struct list *to)
{
    err e = OK;
    size_t at = HEAD, left = get_le(p + 12, 2);
    struct found last = { 0 };
    for (; left > 0; left--) {
        if (n - at < VALUE_HEAD) return ERR_CORRUPT;
        struct found f = { .value = { .label = p[at], .part = p[at + 1], .role = p[at + 2] } };
        struct known_value *k = &f.value;
        size_t len = get_le(p + at + VALUE_LENGTH, 4);
        f.person = get_le(p + at + VALUE_PERSON, 8);
        at += VALUE_HEAD;
        bool is_link = k->label == VALUE_LINK || k->label == VALUE_SAME;
        if (n - at < len || (k->label >= LABEL_COUNT && !is_link)) return ERR_CORRUPT;
        k->text = view_of((const char *)p + at, len);
        at += len;
        if (is_link) {
            TRY(add_link(to, k->text, k->label == VALUE_LINK));
            continue;
        }
        f.at = f.person == last.person ? last.at + 1 : 0;
        last = f;
        TRY(room_for(to, &to->v, to->n, &to->cap, sizeof *to->v));
        to->v[to->n++] = f;
    }
out:
    return e;
}

/* By what they say: the order in which records came, and which thread read them, must not show. Clinicians, whose
 * names may be kept, are last: the first that fits counts. */
static int by_content(const void *pa, const void *pb)
{
    const struct found *a = pa, *b = pb;
    const struct known_value *u = &a->value, *v = &b->value;
    if (u->label != v->label) return u->label - v->label;
    if (u->role != v->role) return u->role - v->role;
    if (a->person != b->person) return a->person < b->person ? -1 : 1;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return u->part != v->part ? u->part - v->part : view_cmp(u->text, v->text);
}

/* In order, each once, persons numbered from 1. */
static err values_of(struct list *l, struct known_value **out, uint32_t *n)
{
    uint32_t person = 0;
    *n = 0;
    *out = arena_array(l->arena, MAX(l->n, 1U), sizeof **out);
    if (!*out) return ERR_MEMORY;
    if (l->n) qsort(l->v, l->n, sizeof *l->v, by_content);
    for (uint32_t i = 0; i < l->n; i++) {
        if (i && by_content(&l->v[i - 1], &l->v[i]) == 0) continue;
        person += !i || l->v[i].person != l->v[i - 1].person;
        (*out)[*n] = l->v[i].value;
        (*out)[(*n)++].person = person;
    }
    return OK;
}

/* All of one chain, the latest block first. */
static err read_chain(const struct patient_index *x, uint64_t hash, struct list *to)
{
    err e = OK;
    uint8_t ad[8];
    const struct slot *s = patient_slot(x->slots, x->cap, hash);
    struct place at = { s->at, s->hash ? s->n : 0 };
    put_le(ad, hash, 8);
    while (at.n) {
        unsigned long long len;
        if (at.n < NONCE + MAC + HEAD) TRY(ERR_CORRUPT);
        uint8_t *sealed = arena_alloc(to->arena, at.n), *plain = arena_alloc(to->arena, at.n);
        if (!sealed || !plain) TRY(ERR_MEMORY);
        TRY(read_at(x->fd, sealed, at.n, at.at));
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &len, NULL, sealed + NONCE,
                                                       at.n - NONCE, ad, 8, sealed,
                                                       x->secrets->seal) != 0)
            TRY(ERR_CORRUPT);
        TRY(take_values(plain, (size_t)len, to));
        at = (struct place){ get_le(plain, 8), (uint32_t)get_le(plain + 8, 4) };
    }
out:
    return e;
}

static err read_all(const struct patient_index *x, view of, bool is_person, struct list *to)
{
    static const enum patient_chain all[] = { CHAIN_VALUES, CHAIN_LINKS, CHAIN_NAMES };
    err e = OK;
    for (size_t i = 0; i < COUNT_OF(all) && !e; i++)
        e = read_chain(x, patient_hash(x, of, is_person, all[i]), to);
    return e;
}

static void list_init(struct list *l, struct arena *a)
{
    *l = (struct list){ .arena = a };
    map_init(&l->seen[0], a);
    map_init(&l->seen[1], a);
}

/* The one patient that a chain leads to; else `patient` itself. */
static err only_link(const struct patient_index *x, view patient, enum patient_chain of,
                     struct arena *a, view *out)
{
    err e = OK;
    struct list list;
    *out = patient;
    if (!patient.n || !x->has_names) return OK;
    list_init(&list, a);
    TRY(read_chain(x, patient_hash(x, patient, false, of), &list));
    if (list.n_links == 1) *out = list.links[0].to;
out:
    return e;
}

err patient_index_number(const struct patient_index *x, view patient, struct arena *a, view *out)
{
    view own;
    err e = only_link(x, patient, CHAIN_NAMES, a, &own);
    return e ? e : only_link(x, own, CHAIN_NUMBERS, a, out);
}

/* Whoever is reached, by whatever way. */
static err read_every(const struct patient_index *x, uint64_t name, bool is_person, struct list *to)
{
    static const enum patient_chain every[] = { CHAIN_VALUES, CHAIN_LINKS, CHAIN_NAMES,
                                                CHAIN_NUMBERS };
    err e = OK;
    for (size_t i = 0; i < COUNT_OF(every) && !e; i++)
        e = read_chain(x, patient_chain_hash(name, is_person, every[i]), to);
    return e;
}

err patient_index_digest(const struct patient_index *x, uint64_t chain, struct arena *a,
                         uint64_t *out)
{
    err e = OK;
    struct known_value *values;
    uint32_t n;
    struct list list;
    list_init(&list, a);
    *out = 0;
    TRY(read_every(x, chain, false, &list));
    for (uint32_t i = 0; i < list.n_links; i++) { /* grows */
        const struct linked *l = &list.links[i];
        TRY(read_every(x, patient_hash(x, l->to, false, CHAIN_VALUES), l->is_person, &list));
        *out += hash64(l->to, l->is_person); /* in whatever order they were said */
    }
    TRY(values_of(&list, &values, &n));
    for (uint32_t i = 0; i < n; i++) {
        const struct known_value *k = &values[i];
        uint64_t kind = (uint64_t)k->label << 16 | (uint64_t)k->part << 8 | k->role;
        *out = hash64(k->text, *out ^ kind);
    }
out:
    return e;
}

err patient_index_find(const struct patient_index *x, view patient, const struct known_help *help,
                       struct arena *a, const struct known **out, struct patient_said *said)
{
    err e = OK;
    struct known *made = NULL;
    struct known_value *values;
    uint32_t n;
    view number;
    *out = NULL;
    if (said) *said = (struct patient_said){ 0 };
    if (!patient.n || !x->n) return OK;
    struct list list;
    list_init(&list, a);
    TRY(add_link(&list, patient, false));
    for (uint32_t i = 0; i < list.n_links; i++) /* grows: a role leads to who has it */
        TRY(read_all(x, list.links[i].to, list.links[i].is_person, &list));
    /* What messages and tables say of the number; not of whom else it may lead to. */
    TRY(patient_index_number(x, patient, a, &number));
    if (!view_eq(number, patient))
        TRY(read_chain(x, patient_hash(x, number, false, CHAIN_VALUES), &list));
    TRY(values_of(&list, &values, &n));
    TRY(known_new(&made, values, n, help, a));
    *out = made;
    if (said) *said = (struct patient_said){ values, n };
out:
    return e;
}
