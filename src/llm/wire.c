#include "llm/wire.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/little.h"

err wire_put_u64(struct buf *b, uint64_t x)
{
    char p[8];
    little_put64(p, x);
    return buf_add(b, view_of(p, sizeof p));
}

err wire_put_u32(struct buf *b, uint32_t x)
{
    char p[4];
    little_put32(p, x);
    return buf_add(b, view_of(p, sizeof p));
}

err wire_put_float(struct buf *b, float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return wire_put_u32(b, bits);
}

err wire_put_str(struct buf *b, view v)
{
    err e = OK;
    if (v.n > WIRE_FRAME_MAX) return ERR_LIMIT;
    TRY(wire_put_u32(b, (uint32_t)v.n));
    TRY(buf_add(b, v));
out:
    return e;
}

static err take(struct wire_reader *r, size_t n, view *out)
{
    if (r->rest.n < n) return ERR_CORRUPT;
    *out = view_sub(r->rest, 0, n);
    r->rest = view_sub(r->rest, n, r->rest.n);
    return OK;
}

err wire_get_u64(struct wire_reader *r, uint64_t *x)
{
    view v;
    err e = take(r, 8, &v);
    if (!e) *x = little_get64(v.p);
    return e;
}

err wire_get_u32(struct wire_reader *r, uint32_t *x)
{
    view v;
    err e = take(r, 4, &v);
    if (!e) *x = little_get32(v.p);
    return e;
}

err wire_get_float(struct wire_reader *r, float *x)
{
    uint32_t bits;
    err e = wire_get_u32(r, &bits);
    if (!e) memcpy(x, &bits, sizeof bits);
    return e;
}

err wire_get_str(struct wire_reader *r, view *v)
{
    uint32_t n;
    err e = wire_get_u32(r, &n);
    return e ? e : take(r, n, v);
}

static err send_all(int fd, view v)
{
    while (v.n > 0) {
        ssize_t n = send(fd, v.p, v.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return ERR_SYSTEM;
        v = view_sub(v, (size_t)n, v.n);
    }
    return OK;
}

err wire_send(int fd, enum wire_type type, view payload)
{
    err e = OK;
    struct buf head;
    if (payload.n > WIRE_FRAME_MAX) return ERR_LIMIT;
    buf_init(&head, 8);
    TRY(wire_put_u32(&head, type));
    TRY(wire_put_u32(&head, (uint32_t)payload.n));
    TRY(send_all(fd, buf_view(&head)));
    TRY(send_all(fd, payload));
out:
    buf_clear(&head);
    return e;
}

/* Milliseconds until `end`, for poll. */
static int left_ms(uint64_t end)
{
    uint64_t now = clock_mono_ns();
    if (now >= end) return 0;
    return (int)MIN((end - now) / 1000000 + 1, (uint64_t)INT32_MAX);
}

static err receive_all(int fd, uint64_t end, char *p, size_t n)
{
    while (n > 0) {
        struct pollfd ready = { .fd = fd, .events = POLLIN };
        int k = poll(&ready, 1, end == UINT64_MAX ? -1 : left_ms(end));
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) return ERR_SYSTEM;
        if (k == 0) return ERR_TIMEOUT;
        ssize_t got = recv(fd, p, n, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return ERR_SYSTEM;
        p += got;
        n -= (size_t)got;
    }
    return OK;
}

err wire_receive(int fd, int timeout_ms, uint32_t *type, struct buf *out)
{
    err e = OK;
    char head[8];
    struct wire_reader r = { view_of(head, sizeof head) };
    uint32_t n;
    uint64_t end = timeout_ms < 0 ? UINT64_MAX : clock_mono_ns() + (uint64_t)timeout_ms * 1000000;
    buf_reset(out);
    TRY(receive_all(fd, end, head, sizeof head));
    TRY(wire_get_u32(&r, type));
    TRY(wire_get_u32(&r, &n));
    if (n > WIRE_FRAME_MAX) TRY(ERR_CORRUPT);
    TRY(buf_reserve(out, n));
    TRY(receive_all(fd, end, out->p, n));
    out->n = n;
out:
    return e;
}
