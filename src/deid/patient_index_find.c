/* deid/patient_index_find.c — what was sealed of one patient, and of who had to do with him, opened. */
#include <errno.h>
#include <unistd.h>

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

enum { PERSONS_MAX = 256 }; /* who had to do with one patient */

struct list {
    struct known_value *v;
    size_t n, cap;
    view persons[PERSONS_MAX]; /* as in piece.owner */
    uint32_t n_persons;
    uint16_t number; /* what the numbers of persons in the next block are raised by */
};

static void add_person(struct list *to, view person)
{
    for (uint32_t i = 0; i < to->n_persons; i++)
        if (view_eq(to->persons[i], person)) return;
    if (to->n_persons < PERSONS_MAX) to->persons[to->n_persons++] = person;
}

static err take_values(const uint8_t *p, size_t n, struct arena *a, struct list *to)
{
    size_t at = HEAD, left = get_le(p + 12, 2);
    for (; left > 0; left--) {
        if (n - at < VALUE_HEAD) return ERR_CORRUPT;
        struct known_value k = { .label = p[at], .part = p[at + 1], .role = p[at + 2] };
        size_t len = get_le(p + at + 5, 2);
        k.person = (uint16_t)get_le(p + at + 3, 2);
        if (k.person) k.person = (uint16_t)(k.person + to->number); /* of another record */
        at += VALUE_HEAD;
        if (n - at < len || (k.label >= LABEL_COUNT && k.label != VALUE_LINK)) return ERR_CORRUPT;
        k.text = view_of((const char *)p + at, len);
        at += len;
        if (k.label == VALUE_LINK) {
            add_person(to, k.text);
            continue;
        }
        bool known = false;
        for (size_t i = 0; i < to->n && !known; i++)
            known = to->v[i].label == k.label && to->v[i].part == k.part &&
                    to->v[i].role == k.role && view_eq(to->v[i].text, k.text);
        if (known || to->n == KNOWN_VALUES_MAX) continue;
        if (to->n == to->cap) {
            size_t cap = to->cap ? to->cap * 2 : 32;
            struct known_value *more = arena_array(a, cap, sizeof *more);
            if (!more) return ERR_MEMORY;
            if (to->n) memcpy(more, to->v, to->n * sizeof *more);
            to->v = more;
            to->cap = cap;
        }
        to->v[to->n++] = k;
    }
    return OK;
}

/* All of one chain, the latest block first. */
static err read_chain(const struct patient_index *x, uint64_t hash, struct arena *a,
                      struct list *to)
{
    err e = OK;
    uint8_t ad[8];
    const struct slot *s = patient_slot(x->slots, x->cap, hash);
    struct place at = { s->at, s->hash ? s->n : 0 };
    put_le(ad, hash, 8);
    for (unsigned i = 0; at.n && i < PATIENT_BLOCKS_MAX; i++) {
        unsigned long long len;
        if (at.n < NONCE + MAC + HEAD) TRY(ERR_CORRUPT);
        uint8_t *sealed = arena_alloc(a, at.n), *plain = arena_alloc(a, at.n);
        if (!sealed || !plain) TRY(ERR_MEMORY);
        TRY(read_at(x->fd, sealed, at.n, at.at));
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &len, NULL, sealed + NONCE,
                                                       at.n - NONCE, ad, 8, sealed,
                                                       x->secrets->seal) != 0)
            TRY(ERR_CORRUPT);
        TRY(take_values(plain, (size_t)len, a, to));
        to->number = (uint16_t)(to->number + 251);
        at = (struct place){ get_le(plain, 8), (uint32_t)get_le(plain + 8, 4) };
    }
out:
    return e;
}

static err read_both(const struct patient_index *x, view of, bool is_person, struct arena *a,
                     struct list *to)
{
    err e = read_chain(x, patient_hash(x, of, is_person, CHAIN_VALUES), a, to);
    return e ? e : read_chain(x, patient_hash(x, of, is_person, CHAIN_LINKS), a, to);
}

err patient_index_find(const struct patient_index *x, view patient, const struct known_help *help,
                       struct arena *a, const struct known **out)
{
    err e = OK;
    struct known *made = NULL;
    *out = NULL;
    if (!patient.n || !x->n) return OK;
    struct list *values = arena_alloc(a, sizeof *values);
    if (!values) return ERR_MEMORY;
    *values = (struct list){ 0 };
    TRY(read_both(x, patient, false, a, values));
    for (uint32_t i = 0; i < values->n_persons; i++) /* grows: a role leads to who has it */
        TRY(read_both(x, values->persons[i], true, a, values));
    TRY(known_new(&made, values->v, values->n, help, a));
    *out = made;
out:
    return e;
}
