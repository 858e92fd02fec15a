/* fuzz/encoding.c — the first byte chooses the encoding; what decodes is written back byte for byte. */
#include "format/format.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_record(const struct record *r, struct buf *out)
{
    const struct piece *p = &r->pieces[0];
    struct edits edits = { 0 };
    uint32_t before = 0;
    BUG_IF(r->n != 1 || utf8_bad_at(p->text) < p->text.n);
    BUG_IF(format_write(r, &edits, out, NULL) || !view_eq(buf_view(out), r->bytes));
    /* Each character leads to bytes that mean it. */
    for (size_t at = 0; at < p->text.n;) {
        uint32_t first = (uint32_t)at;
        (void)utf8_next(p->text, &at);
        uint32_t from = offset_start(&p->map, first), to = offset_end(&p->map, (uint32_t)at);
        BUG_IF(from >= to || to > r->bytes.n || (first && from != before));
        before = to;
        buf_reset(out);
        BUG_IF(encoding_encode(p->encoding, view_sub(p->text, first, at), out));
        BUG_IF(!view_eq(buf_view(out), view_sub(r->bytes, from, to)));
    }
    BUG_IF(p->text.n && before != r->bytes.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    view bytes = { (const char *)data + 1, size - 1 };
    enum encoding enc = (enum encoding)(data[0] % 6);
    struct record r;
    struct arena a;
    struct buf out;
    struct diag d = { 0 };
    arena_init(&a, 64 << 20);
    buf_init(&out, 64 << 20);
    err e = format_decode(format_by_name(VIEW("text")), bytes, enc, &a, &r, &d);
    BUG_IF(e && (e != ERR_ENCODING || !d.has_offset || d.offset > bytes.n));
    if (!e) check_record(&r, &out);
    buf_clear(&out);
    arena_clear(&a);
    return 0;
}
