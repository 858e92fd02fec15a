/* format/reader.c — batches that depend on the bytes alone, never on how read(2) cut them.
 *
 * A batch is as many whole records as fit batch_bytes, at least one. So before a batch is cut `rest`
 * holds batch_bytes, or the whole of its first record, or all there is. What is left in `rest` after
 * that is less than a record, and moving it to the front costs little.
 */
#include "format/reader.h"

#include "base/tuning.h"
#include "format/formats.h"
#include "format/not_plain.h"

enum { HEAD_MAX = 4096 }; /* what a format is guessed from */
_Static_assert((int)READER_HEAD >= (int)HEAD_MAX, "one buffer holds either");

void reader_init(struct reader *r, int fd, const struct format *f, enum encoding enc,
                 size_t max_record, size_t batch_bytes)
{
    max_record = MIN(max_record, SIZE_MAX / 2);
    batch_bytes = MIN(batch_bytes, SIZE_MAX / 2);
    size_t max = MAX(MAX(max_record, batch_bytes), (size_t)READER_HEAD);
    *r = (struct reader){ .format = f,
                          .encoding = enc,
                          .max_record = max_record,
                          .batch_bytes = batch_bytes,
                          .record = 1 };
    unpacker_init(&r->source, fd);
    buf_init(&r->rest, max + 1); /* one byte more shows that a record is too large */
}

void reader_prepare(struct reader *r, const struct format_options *o, struct arena *a)
{
    r->options = o;
    r->arena = a;
}

void reader_clear(struct reader *r)
{
    unpacker_clear(&r->source);
    buf_clear(&r->rest);
}

/* Reads until `rest` holds `want` bytes or there are no more. */
static err fill(struct reader *r, size_t want, struct diag *d)
{
    err e = OK;
    while (r->rest.n < want && !r->at_end) {
        size_t more = MIN(want - r->rest.n, tune.read_chunk), got;
        e = buf_reserve(&r->rest, more);
        if (e) return DIAG(d, e, "no room to read into");
        TRY(unpacker_read(&r->source, r->rest.p + r->rest.n, more, &got, d));
        r->rest.n += got;
        r->at_end = got == 0;
    }
out:
    return e;
}

/* Forgets the first n bytes of `rest`. */
static void drop(struct reader *r, size_t n)
{
    size_t left = r->rest.n - n;
    if (n && left) memmove(r->rest.p, r->rest.p + n, left);
    if (n) mem_wipe(r->rest.p + left, n);
    r->rest.n = left;
    r->offset += n;
}

/* Takes the first n bytes by taking the whole buffer: what is left, which is less, moves to the other one. */
static err take_buffer(struct reader *r, size_t n, struct buf *out)
{
    const view left = view_sub(buf_view(&r->rest), n, r->rest.n);
    err e = buf_add(out, left);
    if (e) return e;
    mem_wipe(r->rest.p + n, left.n);
    r->rest.n = n;
    buf_swap(&r->rest, out);
    r->offset += n;
    return OK;
}

/* Takes the first n bytes, which are `records` records. */
static err take(struct reader *r, size_t n, uint64_t records, struct batch *out, struct diag *d)
{
    err e;
    if (r->rest.n - n < n && n <= r->batch_bytes) {
        e = take_buffer(r, n, &out->bytes);
    } else { /* a buffer that grew for one record stays where the next such one is read */
        e = buf_add(&out->bytes, view_of(r->rest.p, n));
        if (!e) drop(r, n);
    }
    if (e) return DIAG(d, e, "no room for a batch");
    r->record += records;
    return OK;
}

/* Bytes of the record at `from` with its end; 0 when `rest` does not hold the end. */
static size_t record_length(const struct reader *r, size_t from, size_t searched)
{
    return r->format->split(r->format, buf_view(&r->rest), from, searched, r->at_end);
}

/* Length of what is left of the first record from `from` on, which is not its beginning unless *state
 * is 0; else as record_length. */
static size_t resume(const struct reader *r, size_t from, uint32_t *state)
{
    if (!r->format->resume) return record_length(r, from, 0);
    return r->format->resume(r->format, view_sub(buf_view(&r->rest), from, r->rest.n), state,
                             r->at_end);
}

/* Reads past the record that begins `rest` and is over the limit, without keeping it. */
static err skip_record(struct reader *r, struct batch *out, struct diag *d)
{
    err e = OK;
    uint32_t state = 0; /* whether a line's end is the record's depends on all before it */
    out->too_large = true;
    r->record++;
    for (;;) {
        size_t len = resume(r, 0, &state);
        drop(r, len ? len : r->rest.n);
        if (len || r->at_end) return OK;
        TRY(fill(r, MIN(tune.read_chunk, r->rest.max), d));
    }
out:
    return e;
}

/* The first record, once `rest` is known not to hold its end within batch_bytes. */
static err next_long_record(struct reader *r, struct batch *out, struct diag *d)
{
    err e = OK;
    /* what is read beyond its end has to be moved */
    const size_t step = MIN((size_t)READER_HEAD, tune.read_chunk);
    size_t len = 0, searched = 0;
    uint32_t state = 0;
    for (;;) {
        len = r->format->resume ? resume(r, searched, &state) : record_length(r, 0, searched);
        if (len && r->format->resume) len += searched;
        if (len > r->max_record || (!len && r->rest.n > r->max_record))
            return skip_record(r, out, d);
        if (len) return take(r, len, 1, out, d);
        searched = r->rest.n;
        TRY(fill(r, MIN(r->rest.n + step, r->rest.max), d));
    }
out:
    return e;
}

static err next_records(struct reader *r, struct batch *out, struct diag *d)
{
    err e = OK;
    size_t n = 0, len;
    uint64_t records = 0;
    TRY(fill(r, r->batch_bytes, d));
    while (n < r->rest.n && (len = record_length(r, n, 0)) > 0) {
        if (len > r->max_record || (records && n + len > r->batch_bytes)) break;
        n += len;
        records++;
    }
    if (records) return take(r, n, records, out, d);
    if (r->rest.n) return next_long_record(r, out, d);
out:
    return e;
}

static err next_whole(struct reader *r, struct batch *out, struct diag *d)
{
    err e = OK;
    TRY(fill(r, r->max_record + 1, d));
    if (r->rest.n > r->max_record) {
        out->too_large = true;
        drop(r, r->rest.n);
        r->at_end = true; /* nothing can follow */
        r->record++;
        return OK;
    }
    if (r->encoding == ENC_AUTO) { /* when no guess is possible decoding says why */
        enum encoding guess;
        if (!encoding_guess(buf_view(&r->rest), &guess, NULL)) r->encoding = guess;
    }
    if (r->is_guess && r->format == &format_text)
        TRY(not_plain_check(buf_view(&r->rest), r->encoding, d));
    TRY(take(r, r->rest.n, 1, out, d));
out:
    return e;
}

/* What the head of this input says about the rest of it. */
static err open_format(struct reader *r, struct diag *d)
{
    static const struct format_options nothing_said = { 0 };
    err e = OK;
    const struct format *f = NULL;
    if (!r->arena) return DIAG(d, ERR_USAGE, "this format has to be opened for each input");
    TRY(fill(r, READER_HEAD, d));
    TRY(r->format->open(r->format, r->options ? r->options : &nothing_said,
                        view_sub(buf_view(&r->rest), 0, READER_HEAD), r->arena, &f, d));
    r->format = f;
out:
    return e;
}

static err start(struct reader *r, struct diag *d)
{
    err e = OK;
    if (!r->format) {
        TRY(fill(r, HEAD_MAX, d));
        r->format = format_sniff(view_sub(buf_view(&r->rest), 0, HEAD_MAX));
        r->is_guess = true;
    }
    if (r->format->open && (r->arena || !r->format->opens_bare)) TRY(open_format(r, d));
    r->started = true;
out:
    return e;
}

err reader_next(struct reader *r, struct batch *out, bool *done, struct diag *d)
{
    err e = OK;
    *done = false;
    buf_reset(&out->bytes);
    out->too_large = false;
    if (!r->started) TRY(start(r, d));
    TRY(fill(r, 1, d));
    out->first_record = r->record;
    out->offset = r->offset;
    if (r->rest.n == 0) {
        *done = true;
        return OK;
    }
    TRY(r->format->is_stream ? next_records(r, out, d) : next_whole(r, out, d));
out:
    return e;
}

view reader_record(const struct format *f, view bytes, size_t *pos)
{
    size_t from = *pos, end = bytes.n;
    if (f->is_stream && from < bytes.n) end = from + f->split(f, bytes, from, 0, true);
    *pos = end;
    return view_sub(bytes, from, end);
}
