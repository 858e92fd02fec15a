/* fuzz/cda.c — documents that decode are written back byte for byte, and stay well-formed when changed. */
#include "format/formats.h"
#include "format/reader.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const view with = { "A[b] 7", 6 };

/* Pieces lie inside the record and in step with their bytes. */
static void check_piece(const struct record *r, const struct piece *p)
{
    size_t from = (size_t)p->base + offset_start(&p->map, 0);
    size_t to = (size_t)p->base + offset_end(&p->map, (uint32_t)p->text.n);
    BUG_IF(utf8_bad_at(p->text) < p->text.n);
    BUG_IF(from > to || to > r->bytes.n);
    BUG_IF(!p->text.n && p->role != ROLE_TEXT);
}

/* All pieces replaced: it decodes again, to what was asked. */
static void check_replaced(const struct record *r, struct edits *edits, struct edit *v,
                           struct arena *a, struct buf *out)
{
    struct record again;
    for (uint32_t i = 0; i < r->n; i++) {
        v[i] = (struct edit){ 0, (uint32_t)r->pieces[i].text.n, with };
        edits[i] = (struct edits){ &v[i], 1 };
    }
    buf_reset(out);
    BUG_IF(format_write(r, edits, out, NULL));
    BUG_IF(format_decode(&format_cda, buf_view(out), ENC_AUTO, a, &again, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view input = { (const char *)data, size };
    struct arena a;
    struct buf out;
    arena_init(&a, 256 << 20);
    buf_init(&out, 64 << 20);
    for (size_t pos = 0; pos < size; arena_reset(&a)) {
        struct record r;
        struct diag d = { 0 };
        view bytes = reader_record(&format_cda, input, &pos);
        BUG_IF(!bytes.n);
        err e = format_decode(&format_cda, bytes, ENC_AUTO, &a, &r, &d);
        if (e) {
            BUG_IF(d.code != e || (d.has_offset && d.offset > bytes.n));
            continue;
        }
        struct edits *edits = arena_array(&a, r.n + 1, sizeof *edits);
        struct edit *v = arena_array(&a, r.n + 1, sizeof *v);
        if (!edits || !v) break;
        memset(edits, 0, (r.n + 1) * sizeof *edits);
        for (uint32_t i = 0; i < r.n; i++)
            check_piece(&r, &r.pieces[i]);
        buf_reset(&out);
        BUG_IF(format_write(&r, edits, &out, NULL) || !view_eq(buf_view(&out), bytes));
        check_replaced(&r, edits, v, &a, &out);
    }
    buf_clear(&out);
    arena_clear(&a);
    return 0;
}
