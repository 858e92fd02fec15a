#include "deid/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/guarded.h"
#include "base/hash.h"
#include "base/random.h"

#define STREAM_KEY crypto_secretstream_xchacha20poly1305_KEYBYTES
#define STREAM_HEAD crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define STREAM_MORE crypto_secretstream_xchacha20poly1305_ABYTES
enum {
    MAGIC = 8,
    VERSION = 1,
    AT_KEY = 12,
    AT_SALT = 20,
    SALT = 16,
    AT_STREAM = 36,
    AT_SUM = 60,
    HEAD = 92,
    FRAME = 64 << 10, /* clear bytes of a frame */
    FRAME_MAX = FRAME + 64,
    ENTRY_HEAD = 4 + VAULT_DIGEST + 4,
    SWAP_HEAD = 12,
};
_Static_assert(STREAM_HEAD == 24 && AT_STREAM + 24 == AT_SUM, "as drawn in vault.h");
static const struct {
    char magic[9];
    view purpose; /* of the key that is derived */
} kinds[] = {
    [VAULT_RECORDS] = { "CRDNVLT\n", { "vault 1", 7 } },
    [VAULT_FAILURES] = { "CRDNFLD\n", { "failures 1", 10 } },
};
static const size_t PENDING_MAX = (size_t)1 << 30;

struct vault {
    enum vault_kind kind;
    int fd;
    crypto_secretstream_xchacha20poly1305_state *stream; /* guarded */
    struct buf pending;                                  /* not yet sealed */
    pthread_mutex_t lock;
    err failed;
};

static void put32(char *to, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        to[i] = (char)(uint8_t)(v >> (8 * i));
}

static uint32_t get32(const char *from)
{
    const unsigned char *p = (const unsigned char *)from;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

void vault_digest(view v, uint8_t out[VAULT_DIGEST])
{
    while (v.n > 0 && (v.p[v.n - 1] == '\n' || v.p[v.n - 1] == '\r'))
        v.n--;
    crypto_generichash(out, VAULT_DIGEST, (const unsigned char *)v.p, v.n, NULL, 0);
}

/* ---- heads ---- */

static err check_head(view head, enum vault_kind kind, const struct key *k, struct diag *d)
{
    uint8_t sum[32];
    if (head.n < HEAD || memcmp(head.p, kinds[kind].magic, MAGIC) != 0)
        return DIAG(d, ERR_CORRUPT, "this is no vault");
    checksum32(view_sub(head, 0, AT_SUM), sum);
    if (memcmp(sum, head.p + AT_SUM, sizeof sum) != 0)
        return DIAG(d, ERR_CORRUPT, "the head of the vault is damaged");
    if (get32(head.p + MAGIC) != VERSION)
        return DIAG(d, ERR_VERSION, "the vault was written by another version");
    if (!view_eq(view_sub(head, AT_KEY, AT_SALT), key_id(k)))
        return DIAG(d, ERR_KEY, "the vault was sealed with another key");
    return OK;
}

/* Where the segment that begins at `at` ends as far as its frames are whole. */
static size_t segment_end(view file, size_t at)
{
    at += HEAD;
    while (at + 4 <= file.n) {
        uint32_t n = get32(file.p + at);
        if (n < STREAM_MORE || n > FRAME_MAX || file.n - at - 4 < n) break;
        at += 4 + (size_t)n;
    }
    return at;
}

static bool is_segment(view file, enum vault_kind kind, size_t at)
{
    return file.n - at >= MAGIC && memcmp(file.p + at, kinds[kind].magic, MAGIC) == 0;
}

/* A run that was killed before its head was whole. */
static bool is_cut_head(view file, enum vault_kind kind, size_t at)
{
    size_t left = file.n - at;
    return left < HEAD && memcmp(file.p + at, kinds[kind].magic, MIN(left, (size_t)MAGIC)) == 0;
}

/* ---- writing ---- */

static err seal_frame(struct vault *v, view clear, unsigned char tag)
{
    unsigned char frame[4 + FRAME_MAX];
    unsigned long long n;
    BUG_IF(clear.n > FRAME);
    crypto_secretstream_xchacha20poly1305_push(
        v->stream, frame + 4, &n, (const unsigned char *)clear.p, clear.n, NULL, 0, tag);
    put32((char *)frame, (uint32_t)n);
    return file_write_fd(v->fd, view_of((const char *)frame, 4 + (size_t)n), NULL);
}

/* Under the lock: seals whole frames, or everything. */
static err seal_pending(struct vault *v, bool all)
{
    err e = v->failed;
    size_t at = 0;
    while (!e && (v->pending.n - at >= FRAME || (all && at < v->pending.n))) {
        view clear = view_sub(buf_view(&v->pending), at, MIN(at + FRAME, v->pending.n));
        e = seal_frame(v, clear, 0);
        at += clear.n;
    }
    if (e) {
        v->failed = e; /* the stream has a hole now: nothing more may be written */
        return e;
    }
    if (at) {
        memmove(v->pending.p, v->pending.p + at, v->pending.n - at);
        mem_wipe(v->pending.p + (v->pending.n - at), at);
        v->pending.n -= at;
    }
    return OK;
}

static err write_head(struct vault *v, const struct key *k)
{
    char head[HEAD] = { 0 };
    uint8_t *secret = guarded_alloc(STREAM_KEY);
    if (!secret) return ERR_MEMORY;
    memcpy(head, kinds[v->kind].magic, MAGIC);
    put32(head + MAGIC, VERSION);
    memcpy(head + AT_KEY, key_id(k).p, AT_SALT - AT_KEY);
    random_bytes(head + AT_SALT, SALT);
    key_derive(k, kinds[v->kind].purpose, view_of(head + AT_SALT, SALT), VIEW(""), secret);
    crypto_secretstream_xchacha20poly1305_init_push(v->stream, (unsigned char *)head + AT_STREAM,
                                                    secret);
    guarded_free(secret);
    checksum32(view_of(head, AT_SUM), (uint8_t *)head + AT_SUM);
    return file_write_fd(v->fd, view_of(head, HEAD), NULL);
}

/* A vault that exists: of this key, and without the torn frame that a killed run may have left. */
static err go_behind(struct vault *v, const char *path, const struct key *k, struct diag *d)
{
    err e = OK;
    struct file_map map = { 0 };
    size_t at = 0;
    TRY(file_map(&map, path, d));
    while (at < map.bytes.n) {
        if (is_cut_head(map.bytes, v->kind, at)) break;
        TRY(check_head(view_sub(map.bytes, at, map.bytes.n), v->kind, k, d));
        size_t end = segment_end(map.bytes, at);
        at = end;
        if (at < map.bytes.n && !is_segment(map.bytes, v->kind, at)) break;
    }
    if (ftruncate(v->fd, (off_t)at) != 0 || lseek(v->fd, (off_t)at, SEEK_SET) < 0)
        TRY(DIAG_OS(d, "the vault can't be continued"));
out:
    file_unmap(&map);
    return e;
}

err vault_open(struct vault **out, const char *path, const struct key *k, struct diag *d)
{
    return vault_open_as(out, VAULT_RECORDS, path, k, d);
}

err vault_open_as(struct vault **out, enum vault_kind kind, const char *path, const struct key *k,
                  struct diag *d)
{
    err e = OK;
    struct stat st;
    *out = NULL;
    if (sodium_init() < 0) return DIAG(d, ERR_SYSTEM, "no source of random numbers");
    struct vault *v = mem_alloc_zero(sizeof *v);
    if (!v) return ERR_MEMORY;
    v->fd = -1;
    v->kind = kind;
    buf_init(&v->pending, PENDING_MAX);
    (void)pthread_mutex_init(&v->lock, NULL);
    v->stream = guarded_alloc(sizeof *v->stream);
    if (!v->stream) TRY(ERR_MEMORY);
    v->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (v->fd < 0 || fstat(v->fd, &st) != 0) TRY(DIAG_OS(d, "the vault can't be opened"));
    if (!S_ISREG(st.st_mode)) TRY(DIAG(d, ERR_USAGE, "the vault is no regular file"));
    if (flock(v->fd, LOCK_EX | LOCK_NB) != 0)
        TRY(DIAG(d, ERR_EXISTS, "another run writes to this vault"));
    if (st.st_size > 0) TRY(go_behind(v, path, k, d));
    TRY(write_head(v, k));
    *out = v;
    v = NULL;
out:
    if (e) DIAG(d, e, "the vault can't be written");
    vault_abandon(v);
    return e;
}

static err add_swap(struct buf *to, const struct vault_swap *s)
{
    err e = OK;
    char head[SWAP_HEAD];
    if (s->with.n > UINT32_MAX || s->was.n > UINT32_MAX) return ERR_LIMIT;
    put32(head, s->at);
    put32(head + 4, (uint32_t)s->with.n);
    put32(head + 8, (uint32_t)s->was.n);
    TRY(buf_add(to, view_of(head, sizeof head)));
    TRY(buf_add(to, s->with));
    TRY(buf_add(to, s->was));
out:
    return e;
}

err vault_add(struct vault *v, view written, const struct vault_swap *swaps, uint32_t n)
{
    err e = OK;
    char head[ENTRY_HEAD] = { 0 };
    vault_digest(written, (uint8_t *)head + 4);
    put32(head + 4 + VAULT_DIGEST, n);
    (void)pthread_mutex_lock(&v->lock);
    size_t before = v->pending.n;
    TRY(v->failed);
    TRY(buf_add(&v->pending, view_of(head, sizeof head)));
    for (uint32_t i = 0; i < n; i++)
        TRY(add_swap(&v->pending, &swaps[i]));
    size_t bytes = v->pending.n - before - 4;
    if (bytes > UINT32_MAX) TRY(ERR_LIMIT);
    put32(v->pending.p + before, (uint32_t)bytes);
out:
    if (e && v->pending.n > before) {
        mem_wipe(v->pending.p + before, v->pending.n - before);
        v->pending.n = before;
    }
    if (!e && v->pending.n >= FRAME) e = seal_pending(v, false);
    (void)pthread_mutex_unlock(&v->lock);
    return e;
}

err vault_sync(struct vault *v, struct diag *d)
{
    (void)pthread_mutex_lock(&v->lock);
    err e = seal_pending(v, true);
    if (!e && fsync(v->fd) != 0) e = DIAG_OS(d, "the vault could not be written to disk");
    (void)pthread_mutex_unlock(&v->lock);
    if (e) DIAG(d, e, "the vault could not be written");
    return e;
}

err vault_close(struct vault *v, struct diag *d)
{
    if (!v) return OK;
    err e = vault_sync(v, d);
    if (!e) e = seal_frame(v, VIEW(""), crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    if (!e && fsync(v->fd) != 0) e = DIAG_OS(d, "the vault could not be written to disk");
    if (e) DIAG(d, e, "the vault could not be written");
    vault_abandon(v);
    return e;
}

void vault_abandon(struct vault *v)
{
    if (!v) return;
    if (v->fd >= 0) close(v->fd);
    guarded_free(v->stream);
    buf_clear(&v->pending);
    (void)pthread_mutex_destroy(&v->lock);
    mem_free(v);
}

/* ---- reading ---- */

bool vault_next_swap(view swaps, size_t *at, struct vault_swap *out, bool *bad)
{
    *bad = false;
    if (*at == swaps.n) return false;
    *bad = true;
    if (swaps.n - *at < SWAP_HEAD) return false;
    const char *p = swaps.p + *at;
    size_t with = get32(p + 4), was = get32(p + 8), left = swaps.n - *at - SWAP_HEAD;
    if (with > left || was > left - with) return false;
    *out = (struct vault_swap){ get32(p), view_of(p + SWAP_HEAD, with),
                                view_of(p + SWAP_HEAD + with, was) };
    *at += SWAP_HEAD + with + was;
    *bad = false;
    return true;
}

struct reading {
    enum vault_kind kind;
    vault_entry_fn *each;
    void *ctx;
    struct vault_facts *facts;
    struct buf clear; /* of entries not yet whole */
    crypto_secretstream_xchacha20poly1305_state *stream;
};

/* Hands out the entries that are whole. */
static err hand_out(struct reading *r)
{
    err e = OK;
    size_t at = 0;
    view all = buf_view(&r->clear);
    while (all.n - at >= 4) {
        size_t n = get32(all.p + at);
        if (n < ENTRY_HEAD - 4) TRY(ERR_CORRUPT);
        if (all.n - at - 4 < n) break;
        const char *p = all.p + at + 4;
        view swaps = view_of(p + VAULT_DIGEST + 4, n - VAULT_DIGEST - 4);
        uint32_t count = 0;
        struct vault_swap s;
        bool bad;
        for (size_t i = 0; vault_next_swap(swaps, &i, &s, &bad);)
            count++;
        if (bad || count != get32(p + VAULT_DIGEST)) TRY(ERR_CORRUPT);
        TRY(r->each(r->ctx, (const uint8_t *)p, swaps));
        r->facts->entries++;
        at += 4 + n;
    }
    if (at) {
        memmove(r->clear.p, r->clear.p + at, all.n - at);
        mem_wipe(r->clear.p + (all.n - at), at);
        r->clear.n = all.n - at;
    }
out:
    return e;
}

static err read_segment(struct reading *r, view file, size_t *at, const struct key *k,
                        struct diag *d)
{
    err e = OK;
    unsigned char *clear = NULL, tag = 0;
    bool is_whole = false;
    size_t end;
    uint8_t *secret = guarded_alloc(STREAM_KEY);
    if (!secret) return ERR_MEMORY;
    TRY(check_head(view_sub(file, *at, file.n), r->kind, k, d));
    key_derive(k, kinds[r->kind].purpose, view_sub(file, *at + AT_SALT, *at + AT_SALT + SALT),
               VIEW(""), secret);
    if (crypto_secretstream_xchacha20poly1305_init_pull(
            r->stream, (const unsigned char *)file.p + *at + AT_STREAM, secret) != 0)
        TRY(DIAG_AT(d, ERR_CORRUPT, "the vault is damaged", *at, 0));
    clear = mem_alloc(FRAME_MAX);
    if (!clear) TRY(ERR_MEMORY);
    end = segment_end(file, *at);
    for (*at += HEAD; *at < end && !is_whole;) {
        unsigned long long n;
        size_t len = get32(file.p + *at);
        if (crypto_secretstream_xchacha20poly1305_pull(r->stream, clear, &n, &tag,
                                                       (const unsigned char *)file.p + *at + 4, len,
                                                       NULL, 0) != 0)
            TRY(DIAG_AT(d, ERR_CORRUPT, "the vault is damaged or was tampered with", *at, 0));
        *at += 4 + len;
        TRY(buf_add(&r->clear, view_of((const char *)clear, (size_t)n)));
        TRY(hand_out(r));
        is_whole = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    }
    if (*at < end || (is_whole && r->clear.n))
        TRY(DIAG_AT(d, ERR_CORRUPT, "the vault goes on behind its end", *at, 0));
    buf_reset(&r->clear); /* an entry that a killed run could not finish */
    r->facts->segments++;
    r->facts->unfinished += !is_whole;
out:
    mem_free(clear);
    guarded_free(secret);
    return e;
}

err vault_read(view file, const struct key *k, vault_entry_fn *each, void *ctx,
               struct vault_facts *facts, struct diag *d)
{
    return vault_read_as(file, VAULT_RECORDS, k, each, ctx, facts, d);
}

err vault_read_as(view file, enum vault_kind kind, const struct key *k, vault_entry_fn *each,
                  void *ctx, struct vault_facts *facts, struct diag *d)
{
    err e = OK;
    size_t at = 0;
    struct reading r = { .kind = kind, .each = each, .ctx = ctx, .facts = facts };
    *facts = (struct vault_facts){ 0 };
    if (sodium_init() < 0) return DIAG(d, ERR_SYSTEM, "no source of random numbers");
    buf_init(&r.clear, PENDING_MAX);
    r.stream = guarded_alloc(sizeof *r.stream);
    if (!r.stream) TRY(ERR_MEMORY);
    do {
        TRY(read_segment(&r, file, &at, k, d));
        if (at < file.n && is_cut_head(file, kind, at)) {
            facts->unfinished++;
            break;
        }
        if (at == file.n || is_segment(file, kind, at)) continue;
        /* The torn frame of the last run; anything more was put there. */
        if (file.n - at > FRAME_MAX + 4 || facts->unfinished == 0)
            TRY(DIAG_AT(d, ERR_CORRUPT, "the vault is damaged", at, 0));
        break;
    } while (at < file.n);
out:
    guarded_free(r.stream);
    buf_clear(&r.clear);
    if (e) DIAG(d, e, "the vault can't be read");
    return e;
}
