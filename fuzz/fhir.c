/* fuzz/fhir.c — a resource that decodes is written back byte for byte, and with every value replaced it
 * is a resource again. */
#include "format/formats.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replace_all(const struct format *f, const struct record *r, struct arena *a,
                        struct buf *out)
{
    struct edits *edits = arena_array(a, r->n + 1, sizeof *edits);
    struct edit *v = arena_array(a, r->n + 1, sizeof *v);
    struct record again;
    BUG_IF(!edits || !v);
    memset(edits, 0, (r->n + 1) * sizeof *edits);
    buf_reset(out);
    BUG_IF(format_write(r, edits, out, NULL));
    BUG_IF(!view_eq(buf_view(out), r->bytes));
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        BUG_IF(utf8_bad_at(p->text) < p->text.n);
        BUG_IF(p->inside > r->n_embedded);
        v[i] = (struct edit){ 0, (uint32_t)p->text.n, VIEW("a-1") };
        edits[i] = (struct edits){ &v[i], 1 };
    }
    buf_reset(out);
    BUG_IF(format_write(r, edits, out, NULL));
    /* What lies in base64 may be one text or another after it was replaced, never broken JSON. */
    struct diag d = { 0 };
    err e = format_decode(f, buf_view(out), ENC_UTF8, a, &again, &d);
    BUG_IF(e == ERR_ENCODING || (e == ERR_FORMAT && !r->n_embedded));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view bytes = { (const char *)data, size };
    struct arena a;
    struct buf out;
    struct record r;
    struct diag d = { 0 };
    arena_init(&a, 256 << 20);
    buf_init(&out, 64 << 20);
    (void)format_sniff(view_sub(bytes, 0, 4096));
    err e = format_decode(&format_fhir, bytes, ENC_UTF8, &a, &r, &d);
    BUG_IF(e && (d.code != e || !d.has_offset || d.offset > size));
    if (!e && r.n < 10000) replace_all(&format_fhir, &r, &a, &out);
    buf_clear(&out);
    arena_clear(&a);
    return 0;
}
