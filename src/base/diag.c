#include "base/diag.h"

#include <errno.h>

#include "base/buf.h"

err diag_set(struct diag *d, err e, const char *literal)
{
    if (d && d->code == OK) {
        d->code = e;
        d->what = literal;
    }
    return e;
}

err diag_set_at(struct diag *d, err e, const char *literal, uint64_t offset, uint64_t length)
{
    if (d && d->code == OK) {
        d->code = e;
        d->what = literal;
        d->offset = offset;
        d->length = length;
        d->has_offset = true;
    }
    return e;
}

err diag_set_line(struct diag *d, err e, const char *literal, uint32_t line, uint32_t column)
{
    if (d && d->code == OK) {
        d->code = e;
        d->what = literal;
        d->line = line;
        d->column = column;
    }
    return e;
}

void diag_in_segment(struct diag *d, const char *segment, uint32_t number, uint32_t field)
{
    if (!d || d->code == OK) return;
    if (!d->segment_number) {
        d->segment = segment;
        d->segment_number = number;
    }
    if (!d->field && d->segment_number == number) d->field = field;
}

void diag_in_element(struct diag *d, view path)
{
    if (!d || d->code == OK || d->element[0]) return;
    size_t n = MIN(path.n, sizeof d->element - 1);
    memcpy(d->element, path.p, n);
    if (n < path.n) memcpy(d->element + n - 3, "...", 3);
    d->element[n] = '\0';
}

err diag_set_os(struct diag *d, const char *literal)
{
    int os = errno;
    err e = err_from_errno(os);
    if (d && d->code == OK) {
        d->code = e;
        d->what = literal;
        d->os = os;
    }
    return e;
}

err err_from_errno(int os)
{
    switch (os) {
    case 0: return ERR_IO; /* it failed, and nobody said why */
    case ENOMEM: return ERR_MEMORY;
    case ENOENT:
    case ENOTDIR:
    case ESRCH: return ERR_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS: return ERR_PERMISSION;
    case EEXIST:
    case ENOTEMPTY: return ERR_EXISTS;
    case ENOSPC:
    case EDQUOT: return ERR_NO_SPACE;
    case EFBIG:
    case EOVERFLOW:
    case ENAMETOOLONG:
    case ELOOP: return ERR_LIMIT;
    case ENOTSUP:
    case ENOSYS: return ERR_UNSUPPORTED;
    case ECANCELED:
    case EINTR: return ERR_CANCELLED;
    case EIO:
    case EPIPE:
    case EBADF:
    case EISDIR:
    case ENXIO:
    case ENODEV:
    case ESTALE: return ERR_IO;
    default: return ERR_SYSTEM;
    }
}

err diag_print(const struct diag *d, struct buf *out)
{
    err e = OK;
    size_t before = out->n;
    const struct {
        const char *name;
        uint64_t n;
        bool has;
    } place[] = {
        { "input ", d->input, d->input != 0 },
        { "line ", d->line, d->line != 0 },
        { "column ", d->column, d->column != 0 && d->line != 0 },
        { "record ", d->record, d->record != 0 },
        { "column ", d->column, d->column != 0 && d->line == 0 },
        { "segment ", d->segment_number, d->segment_number != 0 },
        { "field ", d->field, d->field != 0 },
        { "byte ", d->offset, d->has_offset },
    };

    for (size_t i = 0; i < COUNT_OF(place); i++) {
        if (!place[i].has) continue;
        if (out->n != before) TRY(buf_add(out, VIEW(", ")));
        TRY(buf_add(out, view_of_str(place[i].name)));
        TRY(buf_add_u64(out, place[i].n));
        if (place[i].n != d->segment_number || !d->segment || place[i].name[0] != 's') continue;
        TRY(buf_add(out, VIEW(" (")));
        TRY(buf_add(out, view_of_str(d->segment)));
        TRY(buf_add_char(out, ')'));
    }
    if (d->element[0]) {
        if (out->n != before) TRY(buf_add(out, VIEW(", ")));
        TRY(buf_add(out, view_of_str(d->element)));
    }
    if (out->n != before) TRY(buf_add(out, VIEW(": ")));
    TRY(buf_add(out, view_of_str(err_text(d->code))));
    if (d->what && d->what[0]) {
        TRY(buf_add(out, VIEW(": ")));
        TRY(buf_add(out, view_of_str(d->what)));
    }
    if (d->length) {
        TRY(buf_add(out, VIEW(" (")));
        TRY(buf_add_u64(out, d->length));
        TRY(buf_add(out, d->length == 1 ? VIEW(" byte)") : VIEW(" bytes)")));
    }
    if (d->lines) {
        TRY(buf_add(out, VIEW("; lines of the input in this record: ")));
        TRY(buf_add_u64(out, d->lines));
    }
    /* The system's own words tell more than our code only where the code is a collective one. */
    if (d->os && (d->code == ERR_IO || d->code == ERR_SYSTEM)) {
        const char *words = strerrordesc_np(d->os);
        TRY(buf_add(out, VIEW(" (")));
        TRY(buf_add(out, view_of_str(words ? words : "unknown errno")));
        TRY(buf_add_char(out, ')'));
    }
out:
    if (e) out->n = before;
    return e;
}
