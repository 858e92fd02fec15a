#include "deid/patient_index.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <unistd.h>

#include "base/guarded.h"
#include "base/random.h"
#include "deid/piece_value.h"
#include "deid/record_known.h"
#include "lexicon/lexicon.h"

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    MAC = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    HEAD = 8 + 4 + 2,
    VALUE_HEAD = 1 + 1 + 1 + 2 + 2,
    BLOCK_MAX = 1 << 20,
    VALUES_IN_BLOCK = 4000,
    FIRST_SLOTS = 1 << 10,
};

struct secrets {
    uint8_t seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    uint8_t table[crypto_shorthash_KEYBYTES];
};
struct slot {
    uint64_t hash; /* of the patient; 0: empty */
    uint64_t at;   /* the latest block */
    uint32_t n;    /* its bytes */
    uint32_t blocks;
    uint64_t last; /* hash of its values: most messages of a patient say the same */
};
struct patient_index {
    struct secrets *secrets;
    int fd;
    uint64_t end;
    struct slot *slots;
    uint32_t n, cap; /* cap: a power of two */
    pthread_mutex_t lock;
    err failed; /* the first thing that went wrong while it was filled */
};

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
    (void)pthread_mutex_destroy(&x->lock);
    mem_free(x);
}

uint64_t patient_index_patients(const struct patient_index *x)
{
    return x->n;
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

/* ---- the table ---- */

static uint64_t hash_of(const struct patient_index *x, view v)
{
    uint8_t h[crypto_shorthash_BYTES];
    uint64_t bits;
    crypto_shorthash(h, (const unsigned char *)v.p, v.n, x->secrets->table);
    memcpy(&bits, h, sizeof bits);
    return bits ? bits : 1;
}

static struct slot *slot_of(struct slot *slots, uint32_t cap, uint64_t hash)
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
        if (x->slots[i].hash) *slot_of(more, x->cap * 2, x->slots[i].hash) = x->slots[i];
    mem_free(x->slots);
    x->slots = more;
    x->cap *= 2;
    return OK;
}

/* ---- a block ---- */

struct place { /* sealed before the values */
    uint64_t at;
    uint32_t n;
};

static void put_le(uint8_t *to, uint64_t v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (uint8_t)(v >> (8 * i));
}

static uint64_t get_le(const uint8_t *from, size_t n)
{
    uint64_t v = 0;
    for (size_t i = n; i-- > 0;)
        v = v << 8 | from[i];
    return v;
}

/* Under the lock: seals plain[0 … n) (its head is still empty) behind the patient's other blocks. */
static err append(struct patient_index *x, uint64_t hash, uint64_t values, uint8_t *plain, size_t n,
                  uint8_t *sealed)
{
    err e = OK;
    uint8_t patient[8];
    unsigned long long len;
    TRY(grow(x));
    struct slot *s = slot_of(x->slots, x->cap, hash);
    if (s->hash && s->last == values) return OK; /* said before */
    put_le(plain, s->at, 8);
    put_le(plain + 8, s->hash ? s->n : 0, 4);
    put_le(patient, hash, 8);
    random_bytes(sealed, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, &len, plain, n, patient, 8, NULL,
                                               sealed, x->secrets->seal);
    TRY(write_at(x->fd, sealed, NONCE + (size_t)len, x->end));
    if (!s->hash) x->n++;
    *s = (struct slot){ .hash = hash,
                        .at = x->end,
                        .n = (uint32_t)(NONCE + len),
                        .blocks = s->hash ? s->blocks + 1 : 1,
                        .last = values };
    x->end += NONCE + len;
out:
    return e;
}

struct item {
    view patient;
    struct known_value value;
};

static int by_patient(const void *a, const void *b)
{
    return view_cmp(((const struct item *)a)->patient, ((const struct item *)b)->patient);
}

/* Items of one patient, in as many blocks as they need. */
static err add_items(struct patient_index *x, const struct item *v, uint32_t n, uint8_t *plain,
                     uint8_t *sealed)
{
    err e = OK;
    uint64_t hash = hash_of(x, v->patient);
    for (uint32_t i = 0; i < n;) {
        size_t at = HEAD;
        uint32_t first = i;
        for (; i < n && i - first < VALUES_IN_BLOCK; i++) {
            const struct known_value *k = &v[i].value;
            if (at + VALUE_HEAD + k->text.n > BLOCK_MAX) break;
            plain[at++] = k->label;
            plain[at++] = k->part;
            plain[at++] = k->role;
            put_le(plain + at, k->person, 2);
            put_le(plain + at + 2, k->text.n, 2);
            memcpy(plain + at + 4, k->text.p, k->text.n);
            at += 4 + k->text.n;
        }
        put_le(plain + 12, i - first, 2);
        uint64_t values = hash_of(x, view_of((const char *)plain + 12, at - 12));
        (void)pthread_mutex_lock(&x->lock);
        e = append(x, hash, values, plain, at, sealed);
        if (e && !x->failed) x->failed = e;
        (void)pthread_mutex_unlock(&x->lock);
        if (e) break;
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
    size_t most = 0;
    for (uint32_t i = 0; i < r->n; i++)
        values += r->pieces[i].role >= ROLE_NAME;
    if (!values) return OK;
    struct item *v = arena_array(a, values, sizeof *v);
    if (!v) return ERR_MEMORY;
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        view patient = piece_patient(r, p);
        if (!patient.n || !is_of_the_person(p) || p->text.n > KNOWN_VALUE_BYTES) continue;
        if (!piece_known(lexicon_builtin(), p, a, &v[n].value)) continue;
        most += VALUE_HEAD + v[n].value.text.n;
        v[n++].patient = patient;
    }
    if (!n) return OK;
    qsort(v, n, sizeof *v, by_patient);
    most = MIN(most, (size_t)BLOCK_MAX) + HEAD;
    uint8_t *plain = arena_alloc(a, most), *sealed = arena_alloc(a, most + NONCE + MAC);
    if (!plain || !sealed) return ERR_MEMORY;
    for (uint32_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && view_eq(v[j].patient, v[i].patient);)
            j++;
        TRY(add_items(x, v + i, j - i, plain, sealed));
    }
out:
    return e;
}

/* ---- searching ---- */

struct list {
    struct known_value *v;
    size_t n, cap;
};

static err take_values(const uint8_t *p, size_t n, struct arena *a, struct list *to,
                       uint16_t persons)
{
    size_t at = HEAD, left = get_le(p + 12, 2);
    for (; left > 0; left--) {
        if (n - at < VALUE_HEAD) return ERR_CORRUPT;
        struct known_value k = { .label = p[at], .part = p[at + 1], .role = p[at + 2] };
        size_t len = get_le(p + at + 5, 2);
        k.person = (uint16_t)get_le(p + at + 3, 2);
        if (k.person) k.person = (uint16_t)(k.person + persons); /* of another record */
        at += VALUE_HEAD;
        if (n - at < len || k.label >= LABEL_COUNT) return ERR_CORRUPT;
        k.text = view_of((const char *)p + at, len);
        at += len;
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

err patient_index_find(const struct patient_index *x, view patient, const struct known_help *help,
                       struct arena *a, const struct known **out)
{
    err e = OK;
    struct list values = { 0 };
    struct known *made = NULL;
    uint8_t ad[8];
    *out = NULL;
    if (!patient.n || !x->n) return OK;
    uint64_t hash = hash_of(x, patient);
    const struct slot *s = slot_of(x->slots, x->cap, hash);
    if (!s->hash) return OK;
    struct place at = { s->at, s->n };
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
        TRY(take_values(plain, (size_t)len, a, &values, (uint16_t)(i * 251)));
        at = (struct place){ get_le(plain, 8), (uint32_t)get_le(plain + 8, 4) };
    }
    TRY(known_new(&made, values.v, values.n, help, a));
    *out = made;
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
