/* format/format.c — the table of formats, and the one way all of them are written back. */
#include "format/format.h"

#include "format/formats.h"
#include "format/json.h"
#include "text/utf8.h"

/* In the order in which they are asked whether they know a head. */
static const struct format *const formats[] = { &format_jsonl, &format_json, &format_text };

const struct format *format_by_name(view name)
{
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (view_eq(name, view_of_str(formats[i]->name))) return formats[i];
    return NULL;
}

const struct format *format_sniff(view head)
{
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (formats[i]->sniff(head)) return formats[i];
    return &format_text;
}

err format_decode(const struct format *f, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    return f->decode(f, bytes, enc, a, out, d);
}

size_t format_split_lines(const struct format *self, view bytes, size_t from, size_t searched,
                          bool at_end)
{
    (void)self;
    size_t nl = view_find_byte(bytes, MIN(from + searched, bytes.n), '\n');
    if (nl < bytes.n) return nl + 1 - from;
    return at_end ? bytes.n - from : 0;
}

static bool is_boundary(view text, uint32_t at)
{
    return at <= text.n && (at == text.n || (text.p[at] & 0xC0) != 0x80);
}

/* Edits that are out of order or cut a character in two are a bug of whoever made them. */
static void check_edits(const struct piece *p, const struct edits *edits)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < edits->n; i++) {
        const struct edit *x = &edits->v[i];
        BUG_IF(x->start < end || x->end < x->start);
        BUG_IF(!is_boundary(p->text, x->start) || !is_boundary(p->text, x->end));
        end = x->end;
    }
}

static err spell(const struct piece *p, view with, struct buf *out)
{
    return p->spelling == SPELL_JSON_STRING ? json_escape(with, out)
                                            : encoding_encode(p->encoding, with, out);
}

struct writer {
    const struct record *r;
    struct buf *out;
    size_t pos; /* of the record's bytes, what is written or replaced */
};

static err copy_to(struct writer *w, size_t to)
{
    if (to <= w->pos) return OK; /* an edit has taken these bytes already */
    err e = buf_add(w->out, view_sub(w->r->bytes, w->pos, to));
    if (!e) w->pos = to;
    return e;
}

static err write_piece(struct writer *w, const struct piece *p, const struct edits *edits)
{
    err e = OK;
    for (uint32_t i = 0; i < edits->n; i++) {
        const struct edit *x = &edits->v[i];
        size_t from = (size_t)p->base + offset_start(&p->map, x->start);
        size_t to = (size_t)p->base + offset_end(&p->map, x->end);
        TRY(copy_to(w, from));
        TRY(spell(p, x->with, w->out));
        w->pos = MAX(w->pos, to); /* to < from: nothing is replaced before removed bytes */
    }
out:
    return e;
}

/* A number stays one when the edits allow; else it becomes a string. */
static err write_number(struct writer *w, const struct piece *p, const struct edits *edits)
{
    err e = OK;
    struct buf text;
    uint32_t pos = 0;
    buf_init(&text, w->out->max);
    for (uint32_t i = 0; i < edits->n; i++) {
        TRY(buf_add(&text, view_sub(p->text, pos, edits->v[i].start)));
        TRY(buf_add(&text, edits->v[i].with));
        pos = edits->v[i].end;
    }
    TRY(buf_add(&text, view_sub(p->text, pos, p->text.n)));
    TRY(copy_to(w, p->base));
    if (json_is_number(buf_view(&text))) {
        TRY(buf_add(w->out, buf_view(&text)));
    } else {
        TRY(buf_add_char(w->out, '"'));
        TRY(json_escape(buf_view(&text), w->out));
        TRY(buf_add_char(w->out, '"'));
    }
    w->pos = p->base + p->text.n;
out:
    buf_clear(&text);
    return e;
}

err format_write(const struct record *r, const struct edits *edits, struct buf *out, struct diag *d)
{
    err e = OK;
    size_t before = out->n;
    struct writer w = { .r = r, .out = out };
    TRY(buf_reserve(out, r->bytes.n));
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        if (edits[i].n == 0) continue;
        check_edits(p, &edits[i]);
        if (p->spelling == SPELL_JSON_NUMBER)
            TRY(write_number(&w, p, &edits[i]));
        else
            TRY(write_piece(&w, p, &edits[i]));
    }
    TRY(copy_to(&w, r->bytes.n));
out:
    if (e) {
        if (out->n > before) mem_wipe(out->p + before, out->n - before);
        out->n = before;
        DIAG(d, e, "could not write a record back");
    }
    return e;
}
