/* fuzz/jsonl.c — lines that decode are written back byte for byte, and changed where asked alone. */
#include "format/json.h"
#include "format/reader.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_identity(const struct record *r, struct edits *edits, struct buf *out)
{
    buf_reset(out);
    BUG_IF(format_write(r, edits, out, NULL));
    BUG_IF(!view_eq(buf_view(out), r->bytes));
}

static uint32_t next_boundary(view text, uint32_t at)
{
    do
        at++;
    while (at < text.n && (text.p[at] & 0xC0) == 0x80);
    return at;
}

/* Every piece replaced: the result is JSON again and says what was asked. */
static void check_replaced(const struct format *f, const struct record *r, struct edits *edits,
                           struct edit *v, struct arena *a, struct buf *out)
{
    const view with = VIEW("\"\\\n\x01 \xC3\xA9");
    struct record again;
    for (uint32_t i = 0; i < r->n; i++) {
        v[i] = (struct edit){ 0, (uint32_t)r->pieces[i].text.n, with };
        edits[i] = (struct edits){ &v[i], 1 };
    }
    buf_reset(out);
    BUG_IF(format_write(r, edits, out, NULL));
    BUG_IF(format_decode(f, buf_view(out), ENC_UTF8, a, &again, NULL));
    BUG_IF(again.n < r->n);
    for (uint32_t i = 0, k = 0; i < r->n; i++, k++) {
        while (!view_eq(again.pieces[k].text, with))
            BUG_IF(++k == again.n);
    }
    /* One character of one piece: all before it and behind it stays. */
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        memset(edits, 0, r->n * sizeof *edits);
        if (!p->text.n) continue;
        v[0] = (struct edit){ 0, next_boundary(p->text, 0), VIEW("7") };
        edits[i] = (struct edits){ v, 1 };
        buf_reset(out);
        BUG_IF(format_write(r, edits, out, NULL));
        if (p->spelling == SPELL_JSON_NUMBER) continue;
        size_t from = p->base + offset_start(&p->map, v[0].start);
        size_t to = p->base + offset_end(&p->map, v[0].end);
        BUG_IF(out->n != r->bytes.n - (to - from) + 1);
        BUG_IF(!view_eq(view_sub(buf_view(out), 0, from), view_sub(r->bytes, 0, from)));
        BUG_IF(!view_eq(view_sub(buf_view(out), from + 1, out->n),
                        view_sub(r->bytes, to, r->bytes.n)));
        if (i > 20) break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view bytes = { (const char *)data, size };
    const struct format *f = format_by_name(VIEW("jsonl"));
    struct arena a;
    struct buf out;
    size_t pos = 0;
    arena_init(&a, 64 << 20);
    buf_init(&out, 64 << 20);
    (void)format_sniff(view_sub(bytes, 0, 4096));
    while (pos < size) {
        struct record r;
        struct diag d = { 0 };
        view line = reader_record(f, bytes, &pos);
        err e = format_decode(f, line, ENC_UTF8, &a, &r, &d);
        BUG_IF(e && (d.code != e || !d.has_offset || d.offset > line.n));
        if (e) continue;
        struct edits *edits = arena_array(&a, r.n + 1, sizeof *edits);
        struct edit *v = arena_array(&a, r.n + 1, sizeof *v);
        BUG_IF(!edits || !v);
        memset(edits, 0, (r.n + 1) * sizeof *edits);
        for (uint32_t i = 0; i < r.n; i++)
            BUG_IF(utf8_bad_at(r.pieces[i].text) < r.pieces[i].text.n);
        check_identity(&r, edits, &out);
        check_replaced(f, &r, edits, v, &a, &out);
    }
    buf_clear(&out);
    arena_clear(&a);
    return 0;
}
