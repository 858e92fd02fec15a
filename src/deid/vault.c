#include "deid/vault.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/guarded.h"
#include "base/hash.h"
#include "base/random.h"
#include "deid/vault_inside.h"

struct vault {
    enum vault_kind kind;
    int fd;
    char
        *made; /* the path of a file that this run made and has put no entry into; owned; or NULL */
    crypto_secretstream_xchacha20poly1305_state *stream; /* guarded */
    struct buf pending;                                  /* not yet sealed */
    pthread_mutex_t lock;
    err failed;
};

void vault_digest(view v, uint8_t out[VAULT_DIGEST])
{
    while (v.n > 0 && (v.p[v.n - 1] == '\n' || v.p[v.n - 1] == '\r'))
        v.n--;
    crypto_generichash(out, VAULT_DIGEST, (const unsigned char *)v.p, v.n, NULL, 0);
}

static err seal_frame(struct vault *v, view clear, unsigned char tag)
{
    unsigned char frame[4 + VAULT_FRAME_MAX];
    unsigned long long n;
    BUG_IF(clear.n > VAULT_FRAME);
    crypto_secretstream_xchacha20poly1305_push(
        v->stream, frame + 4, &n, (const unsigned char *)clear.p, clear.n, NULL, 0, tag);
    little_put32(frame, (uint32_t)n);
    return file_write_fd(v->fd, view_of((const char *)frame, 4 + (size_t)n), NULL);
}

/* Under the lock: seals whole frames, or everything. */
static err seal_pending(struct vault *v, bool all)
{
    err e = v->failed;
    size_t at = 0;
    while (!e && (v->pending.n - at >= VAULT_FRAME || (all && at < v->pending.n))) {
        view clear = view_sub(buf_view(&v->pending), at, MIN(at + VAULT_FRAME, v->pending.n));
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
    char head[VAULT_HEAD] = { 0 };
    uint8_t *secret = guarded_alloc(VAULT_STREAM_KEY);
    if (!secret) return ERR_MEMORY;
    memcpy(head, vault_magic(v->kind), VAULT_MAGIC);
    little_put32(head + VAULT_MAGIC, VAULT_VERSION);
    memcpy(head + VAULT_AT_KEY, key_id(k).p, VAULT_AT_SALT - VAULT_AT_KEY);
    random_bytes(head + VAULT_AT_SALT, VAULT_SALT);
    vault_stream_key(v->kind, k, view_of(head + VAULT_AT_SALT, VAULT_SALT), secret);
    crypto_secretstream_xchacha20poly1305_init_push(
        v->stream, (unsigned char *)head + VAULT_AT_STREAM, secret);
    guarded_free(secret);
    checksum32(view_of(head, VAULT_AT_SUM), (uint8_t *)head + VAULT_AT_SUM);
    return file_write_fd(v->fd, view_of(head, VAULT_HEAD), NULL);
}

/* A vault that exists: of this key, and without the torn frame that a killed run may have left. */
static err go_behind(struct vault *v, const char *path, const struct key *k, struct diag *d)
{
    err e = OK;
    struct file_map map = { 0 };
    size_t at = 0;
    TRY(file_map(&map, path, d));
    while (at < map.bytes.n) {
        if (vault_is_cut_head(map.bytes, v->kind, at)) break;
        TRY(vault_check_head(view_sub(map.bytes, at, map.bytes.n), v->kind, k, d));
        size_t end = vault_segment_end(map.bytes, at);
        at = end;
        if (at < map.bytes.n && !vault_is_segment(map.bytes, v->kind, at)) break;
    }
    if (ftruncate(v->fd, (off_t)at) != 0 || lseek(v->fd, (off_t)at, SEEK_SET) < 0)
        TRY(DIAG_OS(d, "the vault can't be continued"));
out:
    file_unmap(&map);
    return e;
}

/* Is the file still the one at that path? A run that was refused may have taken it away before its lock was free. */
static bool is_at(const char *path, const struct stat *file)
{
    struct stat now;
    return stat(path, &now) == 0 && now.st_dev == file->st_dev && now.st_ino == file->st_ino;
}

/* Only under the lock: the file may be another run's. */
static err remember_made(struct vault *v, const char *path)
{
    size_t n = strlen(path) + 1;
    v->made = mem_alloc(n);
    if (!v->made) return ERR_MEMORY;
    memcpy(v->made, path, n);
    return OK;
}

/* From now on the file stays, whatever happens. */
static void keep_file(struct vault *v)
{
    mem_free(v->made);
    v->made = NULL;
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
    buf_init(&v->pending, VAULT_CLEAR_MAX);
    (void)pthread_mutex_init(&v->lock, NULL);
    v->stream = guarded_alloc(sizeof *v->stream);
    if (!v->stream) TRY(ERR_MEMORY);
    v->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
    bool is_made = v->fd >= 0;
    if (!is_made) v->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (v->fd < 0 || fstat(v->fd, &st) != 0) TRY(DIAG_OS(d, "the vault can't be opened"));
    if (!S_ISREG(st.st_mode)) TRY(DIAG(d, ERR_USAGE, "the vault is no regular file"));
    if (flock(v->fd, LOCK_EX | LOCK_NB) != 0)
        TRY(DIAG(d, ERR_EXISTS, "another run writes to this vault"));
    if (!is_at(path, &st)) TRY(DIAG(d, ERR_EXISTS, "another run has taken this vault away"));
    if (is_made) TRY(remember_made(v, path));
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
    char head[VAULT_SWAP_HEAD];
    if (s->with.n > UINT32_MAX || s->was.n > UINT32_MAX) return ERR_LIMIT;
    little_put32(head, s->at);
    little_put32(head + 4, (uint32_t)s->with.n);
    little_put32(head + 8, (uint32_t)s->was.n);
    TRY(buf_add(to, view_of(head, sizeof head)));
    TRY(buf_add(to, s->with));
    TRY(buf_add(to, s->was));
out:
    return e;
}

err vault_add(struct vault *v, view written, const struct vault_swap *swaps, uint32_t n)
{
    err e = OK;
    char head[VAULT_ENTRY_HEAD] = { 0 };
    vault_digest(written, (uint8_t *)head + 4);
    little_put32(head + 4 + VAULT_DIGEST, n);
    (void)pthread_mutex_lock(&v->lock);
    size_t before = v->pending.n;
    keep_file(v);
    TRY(v->failed);
    TRY(buf_add(&v->pending, view_of(head, sizeof head)));
    for (uint32_t i = 0; i < n; i++)
        TRY(add_swap(&v->pending, &swaps[i]));
    size_t bytes = v->pending.n - before - 4;
    if (bytes > UINT32_MAX) TRY(ERR_LIMIT);
    little_put32(v->pending.p + before, (uint32_t)bytes);
out:
    if (e && v->pending.n > before) {
        mem_wipe(v->pending.p + before, v->pending.n - before);
        v->pending.n = before;
    }
    if (!e && v->pending.n >= VAULT_FRAME) e = seal_pending(v, false);
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
    keep_file(v);
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
    if (v->made) (void)unlink(v->made); /* a run that was refused leaves nothing */
    keep_file(v);
    if (v->fd >= 0) close(v->fd);
    guarded_free(v->stream);
    buf_clear(&v->pending);
    (void)pthread_mutex_destroy(&v->lock);
    mem_free(v);
}
