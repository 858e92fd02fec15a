/* fuzz/packed.c — any bytes as a compressed input: refused, or the same however they are read; and what is packed
 * comes out as it went in. */
#include <sys/mman.h>
#include <unistd.h>

#include "format/packed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUTPUT_MAX = 16 << 20 };

/* A file of these bytes, to be read from its beginning. */
static int file_of(view bytes)
{
    int fd = memfd_create("packed", MFD_CLOEXEC);
    BUG_IF(fd < 0);
    BUG_IF(write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n || lseek(fd, 0, SEEK_SET) != 0);
    return fd;
}

static err unpack(view bytes, size_t step, struct buf *out)
{
    err e = OK;
    char chunk[4096];
    struct unpacker u;
    struct diag d = { 0 };
    size_t got = 1;
    int fd = file_of(bytes);
    unpacker_init(&u, fd);
    while (!e && got && out->n < OUTPUT_MAX) {
        e = unpacker_read(&u, chunk, MIN(step, sizeof chunk), &got, &d);
        BUG_IF(e && d.code != e);
        if (!e) e = buf_add(out, view_of(chunk, got));
    }
    unpacker_clear(&u);
    (void)close(fd);
    return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum packing kinds[] = { PACKED_GZIP, PACKED_ZSTD };
    view bytes = view_of((const char *)data, size);
    struct buf whole, parts, packed;
    buf_init(&whole, 2 * OUTPUT_MAX);
    buf_init(&parts, 2 * OUTPUT_MAX);
    buf_init(&packed, 2 * OUTPUT_MAX);
    err e = unpack(bytes, 4096, &whole);
    if (whole.n < OUTPUT_MAX / 256) BUG_IF(unpack(bytes, 7, &parts) != e);
    if (!e && whole.n < OUTPUT_MAX / 256) BUG_IF(!view_eq(buf_view(&whole), buf_view(&parts)));
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        buf_reset(&packed);
        buf_reset(&whole);
        BUG_IF(packed_add(kinds[k], bytes, &packed));
        BUG_IF(unpack(buf_view(&packed), 4096, &whole) || !view_eq(buf_view(&whole), bytes));
    }
    buf_clear(&whole);
    buf_clear(&parts);
    buf_clear(&packed);
    return 0;
}
