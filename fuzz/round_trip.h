/* fuzz/round_trip.h — records that decode are written back byte for byte, and with all pieces replaced. */
#pragma once
#include "format/formats.h"
#include "format/reader.h"
#include "text/utf8.h"

/* Judges the record `r` after all its pieces were replaced: `out`, when writing it gave `e`. */
typedef void replaced_fn(const struct record *r, err e, view out, struct arena *a);

/* Pieces lie inside the record, or what is embedded in it, and in step with their bytes. One without text may end
 * before it begins. */
static inline void check_piece(const struct record *r, const struct piece *p)
{
    size_t most = p->inside ? r->embedded[p->inside - 1].bytes.n : r->bytes.n;
    size_t from = (size_t)p->base + offset_start(&p->map, 0);
    size_t to = (size_t)p->base + offset_end(&p->map, (uint32_t)p->text.n);
    BUG_IF(utf8_bad_at(p->text) < p->text.n);
    BUG_IF((from > to && p->text.n) || MAX(from, to) > most);
    BUG_IF(!p->text.n && p->role != ROLE_TEXT);
}

static inline void check_record(const struct record *r, view with, replaced_fn *judge,
                                struct arena *a, struct buf *out)
{
    struct edits *edits = arena_array(a, (size_t)r->n + 1, sizeof *edits);
    struct edit *v = arena_array(a, (size_t)r->n + 1, sizeof *v);
    if (!edits || !v) return;
    for (uint32_t i = 0; i < r->n; i++) {
        check_piece(r, &r->pieces[i]);
        edits[i] = (struct edits){ 0 };
    }
    buf_reset(out);
    BUG_IF(format_write(r, edits, out, NULL) || !view_eq(buf_view(out), r->bytes));
    for (uint32_t i = 0; i < r->n; i++) {
        v[i] = (struct edit){ 0, (uint32_t)r->pieces[i].text.n, with };
        edits[i] = (struct edits){ &v[i], 1 };
    }
    buf_reset(out);
    err e = format_write(r, edits, out, NULL);
    judge(r, e, buf_view(out), a);
}

/* All records of `input`, their pieces replaced by `with`. */
static inline void round_trip(const struct format *f, view input, view with, replaced_fn *judge)
{
    struct arena a;
    struct buf out;
    arena_init(&a, 256 << 20);
    buf_init(&out, 64 << 20);
    for (size_t pos = 0; pos < input.n; arena_reset(&a)) {
        struct record r;
        struct diag d = { 0 };
        view bytes = reader_record(f, input, &pos);
        BUG_IF(!bytes.n);
        err e = format_decode(f, bytes, ENC_AUTO, &a, &r, &d);
        BUG_IF(e && (d.code != e || (d.has_offset && d.offset > bytes.n)));
        if (!e) check_record(&r, with, judge, &a, &out);
    }
    buf_clear(&out);
    arena_clear(&a);
}
