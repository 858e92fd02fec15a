/* fuzz/csv.c — any bytes as a table: rows cover the input, cells are written back as they were, a
 * replacement is read back as what was asked, and parts give the same rows as the whole. */
#include "format/csv.h"

#include "format/format_options.h"
#include "format/reader.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const view with = { "a \"b\\c\" d", 9 };

static void check_parts(const struct csv *c, view all, size_t from, size_t length, size_t step)
{
    uint32_t state = 0;
    size_t at = from, n = 0;
    while (!n && at < all.n) {
        size_t end = MIN(at + step, all.n);
        n = c->format.resume(&c->format, view_sub(all, at, end), &state, end == all.n);
        at = n ? at + n : end;
    }
    BUG_IF(at - from != length);
}

/* Every piece replaced as a whole: the row has the same cells, and they say what was asked. */
static void check_replaced(const struct csv *c, const struct record *r, struct edits *edits,
                           struct edit *v, struct arena *a, struct buf *out)
{
    struct record again;
    uint32_t k = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        v[i] = (struct edit){ 0, (uint32_t)r->pieces[i].text.n, with };
        edits[i] = (struct edits){ &v[i], 1 };
    }
    buf_reset(out);
    BUG_IF(format_write(r, edits, out, NULL));
    if (r->is_header) return;
    size_t pos = 0;
    (void)reader_record(&c->format, buf_view(out), &pos);
    BUG_IF(pos != out->n);
    BUG_IF(format_decode(&c->format, buf_view(out), ENC_AUTO, a, &again, NULL));
    for (uint32_t i = 0; i < r->n; i++) {
        while (k < again.n && !view_eq(again.pieces[k].text, with))
            k++;
        BUG_IF(k++ >= again.n);
    }
}

static void check_row(const struct csv *c, view row, struct arena *a, struct buf *out)
{
    struct record r;
    struct diag d = { 0 };
    err e = format_decode(&c->format, row, ENC_AUTO, a, &r, &d);
    BUG_IF(e && d.code != e);
    BUG_IF(e && d.has_offset && d.offset > row.n);
    if (e) return;
    struct edits *edits = arena_array(a, r.n + 1, sizeof *edits);
    struct edit *v = arena_array(a, r.n + 1, sizeof *v);
    BUG_IF(!edits || !v);
    memset(edits, 0, (r.n + 1) * sizeof *edits);
    for (uint32_t i = 0; i < r.n; i++)
        BUG_IF(utf8_bad_at(r.pieces[i].text) < r.pieces[i].text.n);
    buf_reset(out);
    BUG_IF(format_write(&r, edits, out, NULL));
    BUG_IF(!view_eq(buf_view(out), r.bytes));
    check_replaced(c, &r, edits, v, a, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena opened, a;
    struct buf out;
    struct csv *c;
    if (size < 1) return 0;
    view all = { (const char *)data + 1, size - 1 };
    struct csv_options o = { .header = data[0] & 3, .escape = (data[0] & 4) ? 'b' : 0 };
    if (o.header > CSV_HEADER_NO) o.header = CSV_HEADER_AUTO;
    arena_init(&opened, 64 << 20);
    arena_init(&a, 64 << 20);
    buf_init(&out, 64 << 20);
    (void)format_sniff(view_sub(all, 0, 4096));
    if (!csv_open(&c, &o, (data[0] & 8) ? '\t' : 0, view_sub(all, 0, READER_HEAD),
                  all.n <= READER_HEAD, &opened, NULL)) {
        BUG_IF(csv_columns_print(c, &out));
        for (size_t pos = 0, from = 0; pos < all.n; from = pos) {
            view row = reader_record(&c->format, all, &pos);
            BUG_IF(!row.n || row.p != all.p + from);
            check_parts(c, all, from, row.n, 1 + (data[0] >> 4));
            check_row(c, row, &a, &out);
            arena_reset(&a);
        }
    }
    buf_clear(&out);
    arena_clear(&a);
    arena_clear(&opened);
    return 0;
}
