#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/guarded.h"
#include "base/random.h"
#include "deid/patient_inside.h"
#include "deid/piece_value.h"
#include "deid/record_known.h"
#include "lexicon/lexicon.h"

/* ---- the file ---- */

static int open_unnamed(void)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    if (!folder || !*folder) folder = "/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)) return fd;
    if (snprintf(path, sizeof path, "%s/.cordon-XXXXXX", folder) >= (int)sizeof path) return -1;
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0) (void)unlink(path);
    return fd;
}

err patient_index_new(struct patient_index **out, struct diag *d)
{
    err e = OK;
    *out = NULL;
    if (sodium_init() < 0) return DIAG(d, ERR_SYSTEM, "no source of random numbers");
    struct patient_index *x = mem_alloc_zero(sizeof *x);
    if (!x) return ERR_MEMORY;
    x->fd = -1;
    (void)pthread_mutex_init(&x->lock, NULL);
    x->secrets = guarded_alloc(sizeof *x->secrets);
    x->slots = mem_alloc_zero(FIRST_SLOTS * sizeof *x->slots);
    if (!x->secrets || !x->slots) TRY(ERR_MEMORY);
    x->cap = FIRST_SLOTS;
    x->told.v = mem_alloc_zero(FIRST_SAID * sizeof *x->told.v);
    if (!x->told.v) TRY(ERR_MEMORY);
    x->told.cap = FIRST_SAID;
    random_bytes(x->secrets, sizeof *x->secrets);
    TRY(guarded_seal(x->secrets));
    x->fd = open_unnamed();
    if (x->fd < 0) TRY(DIAG_OS(d, "no temporary file for the patient index"));
    *out = x;
    x = NULL;
out:
    patient_index_free(x);
    return e;
}

void patient_index_free(struct patient_index *x)
{
    if (!x) return;
    if (x->fd >= 0) close(x->fd);
    guarded_free(x->secrets);
    mem_free(x->slots);
    mem_free(x->told.v);
    mem_free(x->inputs.v);
    (void)pthread_mutex_destroy(&x->lock);
    mem_free(x);
}

uint64_t patient_index_patients(const struct patient_index *x)
{
    return x->patients;
}

static err write_at(int fd, const uint8_t *p, size_t n, uint64_t at)
{
    while (n > 0) {
        ssize_t wrote = pwrite(fd, p, n, (off_t)at);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return err_from_errno(wrote < 0 ? errno : ENOSPC);
        p += wrote;
        at += (uint64_t)wrote;
        n -= (size_t)wrote;
    }
    return OK;
}

/* ---- the table ---- */

uint64_t patient_hash(const struct patient_index *x, view v, bool is_person, enum patient_chain of)
{
    uint8_t h[crypto_shorthash_BYTES];
    uint64_t bits;
    crypto_shorthash(h, (const unsigned char *)v.p, v.n, x->secrets->table);
    memcpy(&bits, h, sizeof bits);
    return patient_chain_hash(bits, is_person, of);
}

struct slot *patient_slot(struct slot *slots, uint32_t cap, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (cap - 1);
    while (slots[i].hash && slots[i].hash != hash)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static err grow(struct patient_index *x)
{
    if ((uint64_t)x->n * 4 < (uint64_t)x->cap * 3) return OK;
    if (x->cap >= PATIENT_SLOTS_MAX) return ERR_LIMIT;
    struct slot *more = mem_alloc_zero((size_t)x->cap * 2 * sizeof *more);
    if (!more) return ERR_MEMORY;
    for (uint32_t i = 0; i < x->cap; i++)
        if (x->slots[i].hash) *patient_slot(more, x->cap * 2, x->slots[i].hash) = x->slots[i];
    mem_free(x->slots);
    x->slots = more;
    x->cap *= 2;
    return OK;
}

/* ---- a block ---- */

/* Under the lock: seals plain[0 … n) (its head is still empty) behind the patient's other blocks. */
static err append(struct patient_index *x, uint64_t hash, uint8_t *plain, size_t n, uint8_t *sealed)
{
    err e = OK;
    uint8_t patient[8];
    unsigned long long len;
    TRY(grow(x));
    struct slot *s = patient_slot(x->slots, x->cap, hash);
    put_le(plain, s->at, 8);
    put_le(plain + 8, s->hash ? s->n : 0, 4);
    put_le(patient, hash, 8);
    random_bytes(sealed, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, &len, plain, n, patient, 8, NULL,
                                               sealed, x->secrets->seal);
    TRY(write_at(x->fd, sealed, NONCE + (size_t)len, x->end));
    if (!s->hash) x->n++;
    *s = (struct slot){ .hash = hash, .at = x->end, .n = (uint32_t)(NONCE + len) };
    x->end += NONCE + len;
out:
    return e;
}

struct item {
    view owner; /* a patient, or a person of no patient's record */
    bool is_person;
    uint32_t at; /* as it stands in the record */
    struct known_value value;
};

static int by_owner(const struct item *a, const struct item *b)
{
    return a->is_person != b->is_person ? a->is_person - b->is_person
                                        : view_cmp(a->owner, b->owner);
}

/* One person's name in parts comes together, in an order that the name alone decides: each kind of part as it is
 * written, the first given name first. */
static int by_content(const void *pa, const void *pb)
{
    const struct item *a = pa, *b = pb;
    const struct known_value *u = &a->value, *v = &b->value;
    int c = by_owner(a, b);
    if (c) return c;
    if (u->label != v->label) return u->label - v->label;
    if (u->role != v->role) return u->role - v->role;
    if (u->person != v->person) return u->person - v->person;
    if (u->part != v->part) return u->part - v->part;
    if (u->person) return a->at < b->at ? -1 : a->at > b->at;
    return view_cmp(u->text, v->text);
}

static bool is_same_person(const struct known_value *a, const struct known_value *b)
{
    return a->person && a->person == b->person && a->label == b->label && a->role == b->role;
}

static size_t put_value(uint8_t *to, uint8_t label, const struct known_value *k)
{
    to[0] = label;
    to[1] = k->part;
    to[2] = k->role;
    put_le(to + VALUE_PERSON, 0, 8);
    put_le(to + VALUE_LENGTH, k->text.n, 4);
    memcpy(to + VALUE_HEAD, k->text.p, k->text.n);
    return VALUE_HEAD + k->text.n;
}

/* How many of v belong together: the parts of one person's name, as far as they go into one block. */
static uint32_t group_of(const struct item *v, uint32_t n, size_t *bytes)
{
    uint32_t j = 0;
    for (*bytes = 0; j < n && j < VALUES_IN_BLOCK; j++) {
        size_t more = VALUE_HEAD + v[j].value.text.n;
        if (j && (!is_same_person(&v[0].value, &v[j].value) || *bytes + more > BLOCK_MAX - HEAD))
            break;
        *bytes += more;
    }
    return j;
}

/* Puts a group down, each value once, and tells its person by a hash of all of it. No key: the order of what is
 * found must be the same in the next run. */
static size_t put_group(uint8_t *to, const struct item *v, uint32_t n, uint32_t *count)
{
    static const uint8_t same_key[crypto_shorthash_KEYBYTES];
    uint8_t person[crypto_shorthash_BYTES];
    size_t end = 0;
    *count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i && v[i].value.part == v[i - 1].value.part &&
            view_eq(v[i].value.text, v[i - 1].value.text))
            continue;
        end += put_value(to + end, v[i].value.label, &v[i].value);
        ++*count;
    }
    crypto_shorthash(person, to, end, same_key);
    for (size_t at = 0; at < end; at += VALUE_HEAD + get_le(to + at + VALUE_LENGTH, 4))
        memcpy(to + at + VALUE_PERSON, person, sizeof person);
    return end;
}

/* Under the lock: what is new among items of one owner, in as many blocks as it needs. */
static err add_new(struct patient_index *x, uint64_t hash, const struct item *v, uint32_t n,
                   uint8_t *plain, uint8_t *sealed)
{
    err e = OK;
    size_t at = HEAD, bytes;
    uint32_t count = 0, more;
    bool is_new;
    for (uint32_t i = 0, group; i < n; i += group) {
        group = group_of(v + i, n - i, &bytes);
        if (count && (at + bytes > BLOCK_MAX || count + group > VALUES_IN_BLOCK)) {
            put_le(plain + 12, count, 2);
            TRY(append(x, hash, plain, at, sealed));
            at = HEAD;
            count = 0;
        }
        bytes = put_group(plain + at, v + i, group, &more);
        TRY(patient_note_said(x, hash, view_of((const char *)plain + at, bytes), &is_new));
        if (!is_new) continue;
        at += bytes;
        count += more;
    }
    put_le(plain + 12, count, 2);
    if (count) TRY(append(x, hash, plain, at, sealed));
out:
    return e;
}

static err add_items(struct patient_index *x, const struct item *v, uint32_t n, uint8_t *plain,
                     uint8_t *sealed)
{
    uint64_t hash = patient_hash(x, v->owner, v->is_person, CHAIN_VALUES);
    (void)pthread_mutex_lock(&x->lock);
    uint32_t before = x->n;
    err e = add_new(x, hash, v, n, plain, sealed);
    x->patients += !v->is_person && x->n > before;
    x->said++;
    if (e && !x->failed) x->failed = e;
    (void)pthread_mutex_unlock(&x->lock);
    return e;
}

/* Under the lock. The same two meet in a hundred resources: they are kept once. */
static err add_link_once(struct patient_index *x, const struct record_link *l, uint8_t *plain,
                         uint8_t *sealed)
{
    err e = OK;
    bool is_new;
    const struct known_value to = { .text = l->to };
    uint64_t chain = patient_hash(x, l->from, l->is_from_person,
                                  l->kind == LINK_NAME     ? CHAIN_NAMES
                                  : l->kind == LINK_NUMBER ? CHAIN_NUMBERS
                                                           : CHAIN_LINKS);
    put_le(plain + 12, 1, 2);
    size_t n =
        HEAD + put_value(plain + HEAD, l->kind == LINK_PERSON ? VALUE_LINK : VALUE_SAME, &to);
    TRY(patient_note_said(x, chain, view_of((const char *)plain + HEAD, n - HEAD), &is_new));
    if (is_new) TRY(append(x, chain, plain, n, sealed));
    x->has_names = x->has_names || l->kind == LINK_NAME;
out:
    return e;
}

static err add_links(struct patient_index *x, const struct record *r, struct arena *a)
{
    err e = OK;
    size_t most = 0;
    uint8_t *plain, *sealed;
    if (!r->n_links) return OK;
    for (uint32_t i = 0; i < r->n_links; i++)
        most = MAX(most, r->links[i].to.n);
    most += HEAD + VALUE_HEAD;
    plain = arena_alloc(a, most);
    sealed = arena_alloc(a, most + NONCE + MAC);
    if (!plain || !sealed) return ERR_MEMORY;
    for (uint32_t i = 0; i < r->n_links && !e; i++) {
        const struct record_link *l = &r->links[i];
        if (!l->from.n) continue;
        (void)pthread_mutex_lock(&x->lock);
        e = add_link_once(x, l, plain, sealed);
        if (e && !x->failed) x->failed = e;
        (void)pthread_mutex_unlock(&x->lock);
    }
    return e;
}

/* Of a visit or order, or what joins resources: it is searched in its own record, and is no one's name. */
static bool is_of_the_person(const struct piece *p)
{
    return p->role != ROLE_NUMBER && p->role != ROLE_LINK && p->role != ROLE_URL;
}

err patient_index_add(struct patient_index *x, const struct record *r, struct arena *a)
{
    err e = OK;
    uint32_t n = 0, values = 0;
    size_t most = 0, longest = 0;
    TRY(add_links(x, r, a));
    for (uint32_t i = 0; i < r->n; i++)
        values += r->pieces[i].role >= ROLE_NAME;
    if (!values) return OK;
    struct item *v = arena_array(a, values, sizeof *v);
    if (!v) return ERR_MEMORY;
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        view patient = piece_patient(r, p);
        bool is_person = !patient.n && p->owner.n;
        if (!patient.n && !is_person) continue;
        if (!is_of_the_person(p)) continue;
        if (!piece_known(lexicon_builtin(), p, a, &v[n].value)) continue;
        if (v[n].value.label != LABEL_NAME) v[n].value.person = 0; /* it matters for names alone */
        most += VALUE_HEAD + v[n].value.text.n;
        longest = MAX(longest, v[n].value.text.n);
        v[n].at = i;
        v[n].owner = is_person ? p->owner : patient;
        v[n++].is_person = is_person;
    }
    if (!n) return OK;
    qsort(v, n, sizeof *v, by_content);
    /* one value may be longer than a block otherwise is */
    most = MIN(most, MAX((size_t)BLOCK_MAX, VALUE_HEAD + longest)) + HEAD;
    uint8_t *plain = arena_alloc(a, most), *sealed = arena_alloc(a, most + NONCE + MAC);
    if (!plain || !sealed) return ERR_MEMORY;
    for (uint32_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && by_owner(&v[j], &v[i]) == 0;)
            j++;
        TRY(add_items(x, v + i, j - i, plain, sealed));
    }
out:
    return e;
}

bool patient_index_has_failed(const struct patient_index *x)
{
    return x->failed != OK;
}

err patient_index_fail(struct patient_index *x, err e)
{
    (void)pthread_mutex_lock(&x->lock);
    if (!x->failed) x->failed = e;
    e = x->failed;
    (void)pthread_mutex_unlock(&x->lock);
    return e;
}
