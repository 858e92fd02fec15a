/* format/packed.h — compressed inputs read as if they were not, and outputs compressed as their inputs.
 *
 * gzip (RFC 1952, any number of members) and zstd (RFC 8878, any number of frames, skippable ones too)
 * are known by their first bytes, whatever a file is called. Everything is streamed: memory is one
 * window, at most 128 MB. What is cut short, damaged, followed by anything but zeros, or grows more
 * than PACKED_RATIO-fold is refused: a bomb fills no disk.   Threads: one owner each.
 */
#pragma once
#include "base/buf.h"
#include "base/diag.h"

enum packing { PACKED_NOT, PACKED_GZIP, PACKED_ZSTD };
enum { PACKED_RATIO = 200, PACKED_RATIO_FROM = 256 << 20 /* bytes that are never too many */ };

struct unpacker {
    int fd; /* borrowed */
    enum packing how;
    bool is_started, fd_at_end, in_frame;
    struct buf in; /* read, not yet unpacked */
    size_t pos;
    uint64_t taken, given; /* bytes read from fd, bytes handed out */
    void *state;           /* z_stream or ZSTD_DCtx */
};
void unpacker_init(struct unpacker *u, int fd);
void unpacker_clear(struct unpacker *u);
/* Up to `room` bytes to `to`; *got is 0 at the end alone. ERR_CORRUPT, ERR_LIMIT (a bomb, or a window
 * too large), ERR_IO, ERR_MEMORY. */
MUST_USE err unpacker_read(struct unpacker *u, char *to, size_t room, size_t *got, struct diag *d);

/* Appends `bytes` to out as one whole member or frame: such may follow each other. */
MUST_USE err packed_add(enum packing how, view bytes, struct buf *out);
