/* format/write_steps.c — records whose texts run over structure, or that hold others: the replaced ranges of all their
 * pieces are written in the order of their bytes. */
#include "format/base64.h"
#include "format/sha1.h"
#include "format/spell.h"
#include "format/write_inside.h"

/* One replaced range of the record's bytes. */
enum step_kind { STEP_PIECE, STEP_EMBEDDED, STEP_DERIVED };
struct step {
    size_t from, to;
    uint32_t of, order; /* of: the piece, embedded or derived value */
    enum step_kind kind;
    view with; /* borrowed from the edit; "" for all but the first range of it */
};
struct steps {
    struct step *v; /* NULL: only counted */
    uint32_t n;
};

static void add_step(struct steps *s, enum step_kind kind, uint32_t of, size_t from, size_t to,
                     view with)
{
    if (s->v) s->v[s->n] = (struct step){ from, MAX(from, to), of, s->n, kind, with };
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
        add_step(s, STEP_PIECE, piece, from, (size_t)p->base + m->marks[i].from, with);
        from = (size_t)p->base + m->marks[i + 1].from;
        with = VIEW("");
    }
    add_step(s, STEP_PIECE, piece, from, (size_t)p->base + offset_end(m, x->end), with);
}

/* What is embedded changes exactly when it was written anew. */
static bool is_changed(const struct writer *w, uint32_t embedded)
{
    return w->inner[embedded].p != NULL;
}

static void collect_steps(const struct writer *w, const struct edits *edits, struct steps *s)
{
    const struct record *r = w->r;
    s->n = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        if (!edits[i].n || p->inside != w->inside) continue;
        if (write_is_whole(p)) add_step(s, STEP_PIECE, i, p->base, p->base, VIEW(""));
        for (uint32_t k = 0; k < edits[i].n && !write_is_whole(p); k++)
            add_steps(s, i, p, &edits[i].v[k]);
    }
    for (uint32_t i = 0; i < r->n_embedded; i++) {
        const struct embedded *x = &r->embedded[i];
        if (x->inside == w->inside && is_changed(w, i))
            add_step(s, STEP_EMBEDDED, i, x->base, (size_t)x->base + x->length, VIEW(""));
    }
    for (uint32_t i = 0; i < r->n_derived; i++) {
        const struct derived *x = &r->derived[i];
        if (r->embedded[x->of].inside == w->inside && is_changed(w, x->of))
            add_step(s, STEP_DERIVED, i, x->base, (size_t)x->base + x->length, VIEW(""));
    }
}

static err write_derived(struct writer *w, const struct derived *x)
{
    view of = buf_view(&w->inner[x->of]);
    uint8_t digest[SHA1_BYTES];
    switch (x->kind) {
    case DERIVED_SIZE: return buf_add_u64(w->out, of.n);
    case DERIVED_TYPE: return buf_add(w->out, VIEW("text/plain"));
    case DERIVED_HL7_TYPE: return buf_add(w->out, VIEW("TEXT"));
    case DERIVED_HL7_SUBTYPE: return buf_add(w->out, VIEW("plain"));
    case DERIVED_SHA1: break;
    }
    sha1(of, digest);
    return base64_encode(view_of((const char *)digest, sizeof digest), w->out);
}

static err write_step(struct writer *w, const struct step *s, const struct edits *edits)
{
    const struct piece *p;
    switch (s->kind) {
    case STEP_EMBEDDED: return base64_encode(buf_view(&w->inner[s->of]), w->out);
    case STEP_DERIVED: return write_derived(w, &w->r->derived[s->of]);
    case STEP_PIECE: break;
    }
    p = &w->r->pieces[s->of];
    return write_is_whole(p) ? write_whole(w, p, &edits[s->of]) : spell(w->r, p, s->with, w->out);
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

err write_steps(struct writer *w, const struct edits *edits)
{
    err e = OK;
    size_t bytes;
    struct steps s = { 0 };
    collect_steps(w, edits, &s);
    if (!size_mul((size_t)s.n + 1, sizeof *s.v, &bytes)) return ERR_LIMIT;
    s.v = mem_alloc(bytes);
    if (!s.v) return ERR_MEMORY;
    collect_steps(w, edits, &s);
    sort_steps(s.v, s.n);
    for (uint32_t i = 0; i < s.n; i++) {
        TRY(write_copy_to(w, s.v[i].from));
        TRY(write_step(w, &s.v[i], edits));
        w->pos = MAX(w->pos, s.v[i].to);
    }
    TRY(write_copy_to(w, w->bytes.n));
out:
    mem_free(s.v);
    return e;
}
