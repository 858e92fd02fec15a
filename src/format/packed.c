#include "format/packed.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>
#define ZSTD_STATIC_LINKING_ONLY /* for allocators of our own: what was clear text is wiped when freed */
#include <zstd.h>
#include <zstd_errors.h>

#include "base/tuning.h"

enum { MAGIC_MAX = 4, GZIP_WINDOW = 15 + 16, ZSTD_WINDOW_LOG = 27, IN_MAX = 256 << 10 };
enum { GZIP_LEVEL = 6, ZSTD_LEVEL = 3 };

static void *zlib_alloc(void *ctx, unsigned n, unsigned size)
{
    size_t bytes;
    (void)ctx;
    return size_mul(n, size, &bytes) ? mem_alloc_zero(bytes) : NULL;
}

static void zlib_free(void *ctx, void *p)
{
    (void)ctx;
    mem_free(p);
}

static void *zstd_alloc(void *ctx, size_t n)
{
    (void)ctx;
    return mem_alloc(n);
}

static const ZSTD_customMem zstd_memory = { zstd_alloc, zlib_free, NULL };

void unpacker_init(struct unpacker *u, int fd)
{
    *u = (struct unpacker){ .fd = fd };
    buf_init(&u->in, IN_MAX);
}

void unpacker_clear(struct unpacker *u)
{
    if (u->state && u->how == PACKED_GZIP) {
        (void)inflateEnd(u->state);
        mem_free(u->state);
    } else if (u->state) {
        ZSTD_freeDCtx(u->state);
    }
    u->state = NULL;
    buf_clear(&u->in);
}

/* One read(2) of at most n bytes; 0 at the end. */
static err read_some(struct unpacker *u, char *to, size_t n, size_t *got, struct diag *d)
{
    *got = 0;
    while (!u->fd_at_end) {
        ssize_t k = read(u->fd, to, n);
        if (k > 0) {
            *got = (size_t)k;
            u->taken += (uint64_t)k;
            return OK;
        }
        if (k == 0)
            u->fd_at_end = true;
        else if (errno == EAGAIN)
            (void)poll(&(struct pollfd){ .fd = u->fd, .events = POLLIN }, 1, -1);
        else if (errno != EINTR)
            return DIAG_OS(d, "could not read an input");
    }
    return OK;
}

/* More bytes behind those in `in` that are not used yet. */
static err read_in(struct unpacker *u, struct diag *d)
{
    err e = OK;
    size_t left = u->in.n - u->pos, got;
    if (u->pos) {
        memmove(u->in.p, u->in.p + u->pos, left);
        u->in.n = left;
        u->pos = 0;
    }
    size_t room = MIN(tune.read_chunk, IN_MAX - left);
    e = buf_reserve(&u->in, room);
    if (e) return DIAG(d, e, "no room to read into");
    TRY(read_some(u, u->in.p + u->in.n, room, &got, d));
    u->in.n += got;
out:
    return e;
}

static view rest(const struct unpacker *u)
{
    return view_sub(buf_view(&u->in), u->pos, u->in.n);
}

static bool is_zstd(view v)
{
    bool skippable = v.n >= MAGIC_MAX && (v.p[0] & 0xF0) == 0x50 &&
                     view_eq(view_sub(v, 1, MAGIC_MAX), VIEW("\x2A\x4D\x18"));
    return skippable || view_starts(v, VIEW("\x28\xB5\x2F\xFD"));
}

static err start(struct unpacker *u, struct diag *d)
{
    err e = OK;
    while (u->in.n < MAGIC_MAX && !u->fd_at_end)
        TRY(read_in(u, d));
    u->is_started = true;
    if (view_starts(rest(u), VIEW("\x1F\x8B"))) {
        z_stream *z = mem_alloc_zero(sizeof *z);
        if (!z) return DIAG(d, ERR_MEMORY, "no room to unpack");
        z->zalloc = zlib_alloc;
        z->zfree = zlib_free;
        if (inflateInit2(z, GZIP_WINDOW) != Z_OK) {
            mem_free(z);
            return DIAG(d, ERR_MEMORY, "no room to unpack");
        }
        u->how = PACKED_GZIP;
        u->state = z;
        u->in_frame = true;
    } else if (is_zstd(rest(u))) {
        u->state = ZSTD_createDCtx_advanced(zstd_memory);
        if (!u->state) return DIAG(d, ERR_MEMORY, "no room to unpack");
        u->how = PACKED_ZSTD;
        (void)ZSTD_DCtx_setParameter(u->state, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
        u->in_frame = true;
    }
out:
    return e;
}

static err corrupt(const struct unpacker *u, struct diag *d)
{
    return DIAG_AT(d, ERR_CORRUPT, "the compressed data are damaged", u->taken - rest(u).n, 0);
}

/* Between members: another one, or the end, perhaps after the zeros of a tape's block. */
static err next_member(struct unpacker *u, bool *more, struct diag *d)
{
    err e = OK;
    *more = false;
    for (;;) {
        while (rest(u).n < MAGIC_MAX && !u->fd_at_end)
            TRY(read_in(u, d));
        view v = rest(u);
        if (!v.n) return OK;
        if (u->how == PACKED_GZIP ? view_starts(v, VIEW("\x1F\x8B")) : is_zstd(v)) break;
        if (v.p[0])
            return DIAG_AT(d, ERR_CORRUPT, "something follows the compressed data", u->taken - v.n,
                           0);
        /* Zeros, and nothing but zeros after them. */
        size_t zeros = 0;
        while (zeros < v.n && !v.p[zeros])
            zeros++;
        u->pos += zeros;
        if (zeros < v.n) return corrupt(u, d);
    }
    if (u->how == PACKED_GZIP && inflateReset(u->state) != Z_OK) return corrupt(u, d);
    u->in_frame = *more = true;
out:
    return e;
}

static err gunzip(struct unpacker *u, char *to, size_t room, size_t *got, struct diag *d)
{
    z_stream *z = u->state;
    view v = rest(u);
    z->next_in = (Bytef *)(uintptr_t)v.p;
    z->avail_in = (uInt)v.n;
    z->next_out = (Bytef *)to;
    z->avail_out = (uInt)MIN(room, (size_t)1 << 30);
    uInt had = z->avail_out;
    int r = inflate(z, Z_NO_FLUSH);
    u->pos = u->in.n - z->avail_in;
    *got = had - z->avail_out;
    if (r == Z_STREAM_END) u->in_frame = false;
    if (r == Z_MEM_ERROR) return DIAG(d, ERR_MEMORY, "no room to unpack");
    if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR) return corrupt(u, d);
    return OK;
}

static err unzstd(struct unpacker *u, char *to, size_t room, size_t *got, struct diag *d)
{
    view v = rest(u);
    ZSTD_inBuffer in = { v.p, v.n, 0 };
    ZSTD_outBuffer out = { to, room, 0 };
    size_t r = ZSTD_decompressStream(u->state, &out, &in);
    u->pos += in.pos;
    *got = out.pos;
    if (r == 0) u->in_frame = false;
    if (!ZSTD_isError(r)) return OK;
    switch (ZSTD_getErrorCode(r)) {
    case ZSTD_error_memory_allocation: return DIAG(d, ERR_MEMORY, "no room to unpack");
    case ZSTD_error_frameParameter_windowTooLarge:
        return DIAG(d, ERR_LIMIT, "compressed with a window over 128 MB");
    default: return corrupt(u, d);
    }
}

static err unpack(struct unpacker *u, char *to, size_t room, size_t *got, struct diag *d)
{
    err e = OK;
    for (*got = 0; *got == 0;) {
        bool more;
        if (!u->in_frame) {
            TRY(next_member(u, &more, d));
            if (!more) return OK;
        }
        /* With all input used there may still be output inside. */
        size_t before = u->pos;
        TRY(u->how == PACKED_GZIP ? gunzip(u, to, room, got, d) : unzstd(u, to, room, got, d));
        if (*got || !u->in_frame || u->pos != before) continue;
        if (rest(u).n == u->in.max) return corrupt(u, d);
        size_t had = u->in.n - u->pos;
        TRY(read_in(u, d));
        if (rest(u).n == had && u->fd_at_end)
            return DIAG_AT(d, ERR_CORRUPT, "the compressed data end too early", u->taken, 0);
    }
    u->given += *got;
    if (u->given > PACKED_RATIO_FROM && u->given / PACKED_RATIO > u->taken)
        return DIAG(d, ERR_LIMIT, "compressed data that grow more than two-hundredfold");
out:
    return e;
}

err unpacker_read(struct unpacker *u, char *to, size_t room, size_t *got, struct diag *d)
{
    err e = OK;
    *got = 0;
    if (!u->is_started) TRY(start(u, d));
    if (u->how != PACKED_NOT) return unpack(u, to, room, got, d);
    view v = rest(u);
    if (!v.n) return read_some(u, to, room, got, d);
    *got = MIN(v.n, room);
    memcpy(to, v.p, *got);
    u->pos += *got;
out:
    return e;
}

/* ---- packing ---- */

static err add_gzip(view bytes, struct buf *out)
{
    err e = OK;
    z_stream z = { .zalloc = zlib_alloc, .zfree = zlib_free };
    if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return ERR_MEMORY;
    if (bytes.n > UINT32_MAX / 2) TRY(ERR_LIMIT);
    size_t room = deflateBound(&z, (uLong)bytes.n);
    if (room > UINT32_MAX) TRY(ERR_LIMIT);
    TRY(buf_reserve(out, room));
    z.next_in = (Bytef *)(uintptr_t)bytes.p;
    z.avail_in = (uInt)bytes.n;
    z.next_out = (Bytef *)(out->p + out->n);
    z.avail_out = (uInt)room;
    BUG_IF(deflate(&z, Z_FINISH) != Z_STREAM_END); /* the bound holds */
    out->n += room - z.avail_out;
out:
    (void)deflateEnd(&z);
    return e;
}

static err add_zstd(view bytes, struct buf *out)
{
    err e = OK;
    ZSTD_CCtx *z = ZSTD_createCCtx_advanced(zstd_memory);
    if (!z) return ERR_MEMORY;
    size_t room = ZSTD_compressBound(bytes.n);
    (void)ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, ZSTD_LEVEL);
    (void)ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
    TRY(buf_reserve(out, room));
    size_t n = ZSTD_compress2(z, out->p + out->n, room, bytes.p, bytes.n);
    if (ZSTD_isError(n)) TRY(ERR_MEMORY); /* the bound holds: nothing else can fail */
    out->n += n;
out:
    ZSTD_freeCCtx(z);
    return e;
}

err packed_add(enum packing how, view bytes, struct buf *out)
{
    switch (how) {
    case PACKED_GZIP: return add_gzip(bytes, out);
    case PACKED_ZSTD: return add_zstd(bytes, out);
    default: return buf_add(out, bytes);
    }
}
