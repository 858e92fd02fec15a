/* format/write.c — the one way all formats are written back: copy, but for what is replaced. */
#include "format/csv.h"
#include "format/json.h"
#include "format/spell.h"
#include "format/write_inside.h"

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

static err trace(struct writer *w, size_t to)
{
    struct format_copies *c = w->copies;
    struct format_copy *v = arena_more(c->arena, c->v, sizeof *v, c->n, &c->cap, 32);
    if (!v) return ERR_MEMORY;
    c->v = v;
    size_t at = w->out->n - w->begun;
    if (at > UINT32_MAX || to > UINT32_MAX) return ERR_LIMIT;
    c->v[c->n++] = (struct format_copy){ (uint32_t)w->pos, (uint32_t)at, (uint32_t)(to - w->pos) };
    return OK;
}

err write_copy_to(struct writer *w, size_t to)
{
    if (to <= w->pos) return OK; /* an edit has taken these bytes already */
    err e = w->copies ? trace(w, to) : OK;
    if (!e) e = buf_add(w->out, view_sub(w->bytes, w->pos, to));
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
        TRY(write_copy_to(w, from));
        TRY(p->spelling == SPELL_CSV_QUOTED ? csv_spell_quoted(p, x, w->out)
                                            : spell(w->r, p, x->with, w->out));
        w->pos = MAX(w->pos, to); /* to < from: nothing is replaced before removed bytes */
    }
out:
    return e;
}

static bool is_zeros(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] != '0') return false;
    return v.n > 0;
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
    TRY(write_copy_to(w, p->base));
    if (is_zeros(buf_view(&text))) {
        TRY(buf_add_char(w->out,
                         p->is_positive ? '1' : '0')); /* a mask, which must stay a number */
    } else if (json_is_number(buf_view(&text))) {
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

/* A cell without quotes may need them now. */
static err write_bare_cell(struct writer *w, const struct piece *p, const struct edits *edits)
{
    err e = OK;
    size_t length = p->map.n ? p->map.marks[p->map.n - 1].from : p->text.n;
    TRY(write_copy_to(w, p->base));
    TRY(csv_write_bare(p, view_sub(w->bytes, p->base, p->base + length), edits, w->out));
    w->pos = p->base + length;
out:
    return e;
}

err write_whole(struct writer *w, const struct piece *p, const struct edits *edits)
{
    return p->spelling == SPELL_JSON_NUMBER ? write_number(w, p, edits)
                                            : write_bare_cell(w, p, edits);
}

static err write_in_order(struct writer *w, const struct edits *edits)
{
    err e = OK;
    for (uint32_t i = 0; i < w->r->n; i++) {
        const struct piece *p = &w->r->pieces[i];
        if (edits[i].n == 0) continue;
        if (write_is_whole(p))
            TRY(write_whole(w, p, &edits[i]));
        else
            TRY(write_piece(w, p, &edits[i]));
    }
    TRY(write_copy_to(w, w->bytes.n));
out:
    return e;
}

/* ---- records with others inside ---- */

/* Is there anything to change in the bytes with that number? Those inside them are done. */
static bool has_changes(const struct record *r, const struct edits *edits, const struct buf *inner,
                        uint32_t inside)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (edits[i].n && r->pieces[i].inside == inside) return true;
    for (uint32_t i = inside; i < r->n_embedded; i++)
        if (r->embedded[i].inside == inside && inner[i].p) return true;
    return false;
}

/* From the innermost out: what is embedded lies behind what holds it. */
static err write_embedded(struct writer *w, const struct edits *edits)
{
    err e = OK;
    const struct record *r = w->r;
    for (uint32_t i = r->n_embedded; i-- > 0;) {
        BUG_IF(r->embedded[i].inside > i);
        if (!has_changes(r, edits, w->inner, i + 1)) continue;
        struct writer in = { .r = r,
                             .bytes = r->embedded[i].bytes,
                             .inside = i + 1,
                             .inner = w->inner,
                             .out = &w->inner[i] };
        TRY(buf_reserve(in.out, in.bytes.n + 1));
        TRY(write_steps(&in, edits));
    }
    TRY(write_steps(w, edits));
out:
    return e;
}

static err write_nested(struct writer *w, const struct edits *edits)
{
    err e = OK;
    size_t bytes;
    if (!size_mul(w->r->n_embedded, sizeof *w->inner, &bytes)) return ERR_LIMIT;
    w->inner = mem_alloc_zero(bytes);
    if (!w->inner) return ERR_MEMORY;
    for (uint32_t i = 0; i < w->r->n_embedded; i++)
        buf_init(&w->inner[i], w->out->max);
    e = write_embedded(w, edits);
    for (uint32_t i = 0; i < w->r->n_embedded; i++)
        buf_clear(&w->inner[i]);
    mem_free(w->inner);
    w->inner = NULL;
    return e;
}

/* Pieces that lie in gaps of others, or were added behind the rest (codes that are somebody's name). */
static bool is_unordered(const struct record *r, const struct edits *edits)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        if (!edits[i].n) continue;
        if (p->has_gaps || (!p->inside && p->base < last)) return true;
        if (!p->inside) last = p->base;
    }
    return false;
}

err format_write(const struct record *r, const struct edits *edits, struct buf *out, struct diag *d)
{
    return format_write_traced(r, edits, out, NULL, d);
}

err format_write_traced(const struct record *r, const struct edits *edits, struct buf *out,
                        struct format_copies *copies, struct diag *d)
{
    err e = OK;
    size_t before = out->n;
    struct writer w = { .r = r, .bytes = r->bytes, .out = out, .begun = before, .copies = copies };
    for (uint32_t i = 0; i < r->n; i++)
        if (edits[i].n) check_edits(&r->pieces[i], &edits[i]);
    TRY(buf_reserve(out, r->bytes.n));
    if (r->n_embedded)
        TRY(write_nested(&w, edits));
    else
        TRY(is_unordered(r, edits) ? write_steps(&w, edits) : write_in_order(&w, edits));
out:
    if (e) {
        if (out->n > before) mem_wipe(out->p + before, out->n - before);
        out->n = before;
        DIAG(d, e, "could not write a record back");
    }
    return e;
}
