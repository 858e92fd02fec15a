/* format/reader.h — a descriptor as batches of whole records, in flat memory.
 *
 * For streams a batch is as many whole records as fit batch_bytes, at least one, however the
 * bytes arrive; else it is the whole input. An empty input has no batch.
 * A record over max_record is skipped, not buffered (a 2 GB line costs nothing), and reported as a
 * batch of its own with too_large set, so that order and ordinals hold.
 * A format with `open` is made for the input from its first READER_HEAD bytes, in the caller's arena:
 * it must live until the last batch of the input is done with.
 * Input compressed with gzip or zstd is read as what is in it: offsets and limits are of that.
 * Threads: one owner.
 */
#pragma once
#include "format/format.h"
#include "format/format_options.h"
#include "format/packed.h"

enum { READER_HEAD = 64 << 10 }; /* what `open` of a format gets to see, at most */

struct batch {
    /* whole records; its max must hold a batch and a record: the caller inits it */
    struct buf bytes;
    uint64_t first_record; /* 1-based ordinal of the first record in it */
    uint64_t offset;       /* of its first byte in the input */
    bool too_large;        /* one record over the limit: bytes is empty */
};
struct reader {
    struct unpacker source;      /* of a borrowed descriptor; tells how the input is packed */
    const struct format *format; /* NULL: sniffed at the first read; then that input's own */
    enum encoding
        encoding; /* ENC_AUTO: of a whole input guessed, of a stream the format's matter */
    const struct format_options *options; /* borrowed */
    struct arena *arena;                  /* borrowed; where the format of the input is made */
    size_t max_record, batch_bytes;
    struct buf rest; /* read, not yet handed out */
    uint64_t offset, record;
    bool at_end;
    bool started;
    /* The format was sniffed: what is taken for text must look like it (not_plain.h). */
    bool is_guess;
};
void reader_init(struct reader *r, int fd, const struct format *f, enum encoding enc,
                 size_t max_record, size_t batch_bytes);
/* Before the first reader_next: what `open` of the input's format gets. Without it a format that has
 * to be opened is ERR_USAGE. `o` may be NULL. */
void reader_prepare(struct reader *r, const struct format_options *o, struct arena *a);
void reader_clear(struct reader *r);
/* Fills *out (bytes is reset first). *done when there is nothing more. ERR_IO, ERR_MEMORY, at the first call
 * what `open` of the format says, and what not_plain_check says of an input that was taken for text. */
MUST_USE err reader_next(struct reader *r, struct batch *out, bool *done, struct diag *d);
/* The record of `bytes` that begins at *pos (moved past it), or all of them when it is no stream. */
view reader_record(const struct format *f, view bytes, size_t *pos);
