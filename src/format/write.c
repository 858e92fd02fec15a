/* format/write.c — the one way all formats are written back: copy, but for what is replaced. */
#include "format/csv.h"
#include "format/json.h"
#include "format/spell.h"

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
        TRY(p->spelling == SPELL_CSV_QUOTED ? csv_spell_quoted(p, x, w->out)
                                            : spell(w->r, p, x->with, w->out));
        w->pos = MAX(w->pos, to); /* to < from: nothing is replaced before removed bytes */
    }
out:
    return e;
}

/* Pieces that are written anew as a whole, not range by range. */
static bool is_whole(const struct piece *p)
{
    return p->spelling == SPELL_JSON_NUMBER || p->spelling == SPELL_CSV_BARE;
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

/* A cell without quotes may need them now. */
static err write_bare_cell(struct writer *w, const struct piece *p, const struct edits *edits)
{
    err e = OK;
    size_t length = p->map.n ? p->map.marks[p->map.n - 1].from : p->text.n;
    TRY(copy_to(w, p->base));
    TRY(csv_write_bare(p, view_sub(w->r->bytes, p->base, p->base + length), edits, w->out));
    w->pos = p->base + length;
out:
    return e;
}

static err write_whole(struct writer *w, const struct piece *p, const struct edits *edits)
{
    return p->spelling == SPELL_JSON_NUMBER ? write_number(w, p, edits)
                                            : write_bare_cell(w, p, edits);
}

/* ---- records whose texts run over structure ---- */

/* One replaced range of the record's bytes. */
struct step {
    size_t from, to;
    uint32_t piece, order;
    view with; /* borrowed from the edit; "" for all but the first range of it */
};
struct steps {
    struct step *v; /* NULL: only counted */
    uint32_t n;
};

static void add_step(struct steps *s, uint32_t piece, size_t from, size_t to, view with)
{
    if (s->v) s->v[s->n] = (struct step){ from, MAX(from, to), piece, s->n, with };
    s->n++;
}

/* The ranges of one edit: its source but for the gaps inside it. */
static void add_steps(struct steps *s, uint32_t piece, const struct piece *p, const struct edit *x)
{
    const struct offset_map *m = &p->map;
    size_t from = (size_t)p->base + offset_start(m, x->start);
    view with = x->with;
    for (uint32_t i = p->has_gaps ? offset_mark_after(m, x->start) : m->n;
         i + 1 < m->n && m->marks[i].to < x->end; i++) {
        if (m->marks[i + 1].to != m->marks[i].to) continue;
        add_step(s, piece, from, (size_t)p->base + m->marks[i].from, with);
        from = (size_t)p->base + m->marks[i + 1].from;
        with = VIEW("");
    }
    add_step(s, piece, from, (size_t)p->base + offset_end(m, x->end), with);
}

static void collect_steps(const struct record *r, const struct edits *edits, struct steps *s)
{
    s->n = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        if (edits[i].n && is_whole(p)) add_step(s, i, p->base, p->base, VIEW(""));
        for (uint32_t k = 0; k < edits[i].n && !is_whole(p); k++)
            add_steps(s, i, p, &edits[i].v[k]);
    }
}

static bool is_before(const struct step *a, const struct step *b)
{
    return a->from != b->from ? a->from < b->from : a->order < b->order;
}

static void sift(struct step *v, uint32_t n, uint32_t i)
{
    for (;;) {
        uint32_t top = i;
        for (uint32_t child = 2 * i + 1; child < n && child <= 2 * i + 2; child++)
            if (is_before(&v[top], &v[child])) top = child;
        if (top == i) return;
        struct step t = v[i];
        v[i] = v[top];
        v[top] = t;
        i = top;
    }
}

static void sort_steps(struct step *v, uint32_t n)
{
    for (uint32_t i = n / 2; i-- > 0;)
        sift(v, n, i);
    for (uint32_t left = n; left-- > 1;) {
        struct step t = v[0];
        v[0] = v[left];
        v[left] = t;
        sift(v, left, 0);
    }
}

static err write_steps(struct writer *w, const struct edits *edits)
{
    err e = OK;
    size_t bytes;
    struct steps s = { 0 };
    for (uint32_t i = 0; i < w->r->n; i++)
        if (edits[i].n) check_edits(&w->r->pieces[i], &edits[i]);
    collect_steps(w->r, edits, &s);
    if (!size_mul((size_t)s.n + 1, sizeof *s.v, &bytes)) return ERR_LIMIT;
    s.v = mem_alloc(bytes);
    if (!s.v) return ERR_MEMORY;
    collect_steps(w->r, edits, &s);
    sort_steps(s.v, s.n);
    for (uint32_t i = 0; i < s.n; i++) {
        const struct piece *p = &w->r->pieces[s.v[i].piece];
        TRY(copy_to(w, s.v[i].from));
        if (is_whole(p))
            TRY(write_whole(w, p, &edits[s.v[i].piece]));
        else
            TRY(spell(w->r, p, s.v[i].with, w->out));
        w->pos = MAX(w->pos, s.v[i].to);
    }
out:
    mem_free(s.v);
    return e;
}

static err write_in_order(struct writer *w, const struct edits *edits)
{
    err e = OK;
    for (uint32_t i = 0; i < w->r->n; i++) {
        const struct piece *p = &w->r->pieces[i];
        if (edits[i].n == 0) continue;
        check_edits(p, &edits[i]);
        if (is_whole(p))
            TRY(write_whole(w, p, &edits[i]));
        else
            TRY(write_piece(w, p, &edits[i]));
    }
out:
    return e;
}

static bool has_gaps(const struct record *r, const struct edits *edits)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (edits[i].n && r->pieces[i].has_gaps) return true;
    return false;
}

err format_write(const struct record *r, const struct edits *edits, struct buf *out, struct diag *d)
{
    err e = OK;
    size_t before = out->n;
    struct writer w = { .r = r, .out = out };
    TRY(buf_reserve(out, r->bytes.n));
    TRY(has_gaps(r, edits) ? write_steps(&w, edits) : write_in_order(&w, edits));
    TRY(copy_to(&w, r->bytes.n));
out:
    if (e) {
        if (out->n > before) mem_wipe(out->p + before, out->n - before);
        out->n = before;
        DIAG(d, e, "could not write a record back");
    }
    return e;
}
