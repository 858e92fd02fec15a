#include "cli/diff.h"

#include <utf8proc.h>

#include "text/utf8.h"

enum { SCRATCH_MAX = 1 << 30, TAB = 4 };

#define DIM "\033[2m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define PLAIN "\033[0m"

struct diff_scratch {
    struct deid_scratch *deid;
    struct arena arena; /* cells of one block of lines */
};

static void scratch_free(void *scratch)
{
    struct diff_scratch *s = scratch;
    if (!s) return;
    deid_scratch_free(s->deid);
    arena_clear(&s->arena);
    mem_free(s);
}

static err scratch_new(void **out)
{
    struct diff_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    arena_init(&s->arena, SCRATCH_MAX);
    err e = deid_scratch_new(&s->deid);
    if (e) {
        scratch_free(s);
        return e;
    }
    *out = s;
    return OK;
}

/* One character on the screen. */
struct cell {
    char bytes[4];
    uint8_t n, width;
    bool changed;
};
struct cells {
    struct cell *v;
    uint32_t n, cap;
};

static err cell_add(struct cells *c, struct arena *a, struct cell x)
{
    struct cell *v = arena_more(a, c->v, sizeof *v, c->n, &c->cap, 256);
    if (!v) return ERR_MEMORY;
    c->v = v;
    c->v[c->n++] = x;
    return OK;
}

/* The characters of v; line ends stay as '\n' cells, tabs become blanks, what acts becomes '?'. */
static err cells_add(struct cells *c, struct arena *a, view v, bool changed)
{
    err e = OK;
    for (size_t at = 0; at < v.n;) {
        uint32_t cp = utf8_next(v, &at);
        struct cell x = { .changed = changed, .n = 1, .width = 1 };
        unsigned copies = 1;
        if (cp == '\r') continue;
        if (cp == '\n') {
            x.bytes[0] = '\n';
        } else if (cp == '\t') {
            x.bytes[0] = ' ';
            copies = TAB;
        } else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x202a && cp <= 0x202e) ||
                   (cp >= 0x2066 && cp <= 0x2069)) {
            x.bytes[0] = '?'; /* also what turns the writing direction round */
        } else {
            int width = utf8proc_charwidth((utf8proc_int32_t)cp);
            x.n = (uint8_t)utf8_put(cp, x.bytes);
            x.width = (uint8_t)MAX(0, width);
        }
        for (; copies > 0; copies--)
            TRY(cell_add(c, a, x));
    }
out:
    return e;
}

/* The cells of one row from *at: up to the line's end, or to the last blank that fits in `width`. */
static uint32_t next_row(const struct cells *c, uint32_t *at, unsigned width)
{
    uint32_t i = *at, blank = 0;
    for (unsigned used = 0; i < c->n && c->v[i].bytes[0] != '\n'; i++) {
        if (used + c->v[i].width > width) {
            uint32_t end = blank > *at ? blank : i;
            *at = end;
            while (*at < c->n &&
                   c->v[*at].bytes[0] == ' ') /* where a row breaks no blank is shown */
                ++*at;
            return end;
        }
        used += c->v[i].width;
        if (c->v[i].bytes[0] == ' ') blank = i;
    }
    *at = i + 1;
    return i;
}

static err row_add(struct buf *out, const struct cells *c, uint32_t from, uint32_t to,
                   const char *colour, unsigned pad)
{
    err e = OK;
    unsigned used = 0;
    bool on = false;
    while (pad == 0 && to > from && to <= c->n && c->v[to - 1].bytes[0] == ' ')
        to--; /* nothing follows: blanks at the end are not seen */
    for (uint32_t i = from; i < to && i < c->n; i++) {
        const struct cell *x = &c->v[i];
        if (colour && x->changed != on) {
            TRY(buf_add(out, view_of_str(x->changed ? colour : PLAIN)));
            on = x->changed;
        }
        TRY(buf_add(out, view_of(x->bytes, x->n)));
        used += x->width;
    }
    if (on) TRY(buf_add(out, VIEW(PLAIN)));
    for (; used < pad; used++)
        TRY(buf_add_char(out, ' '));
out:
    return e;
}

/* Lines of a piece that belong together: as a rule one, more when an edit reaches over a line end. */
struct block {
    uint32_t start, end; /* bytes of the text, without the last line end */
    uint32_t edit, n_edits;
    bool begun;
};

static bool next_block(view text, const struct edits *edits, struct block *b)
{
    b->start = b->begun ? b->end + 1 : 0;
    b->begun = true;
    if (b->start >= text.n) return false;
    b->edit += b->n_edits;
    b->n_edits = 0;
    b->end = (uint32_t)view_find_byte(text, b->start, '\n');
    while (b->edit + b->n_edits < edits->n && edits->v[b->edit + b->n_edits].start < b->end) {
        uint32_t end = edits->v[b->edit + b->n_edits++].end;
        if (end > b->end) b->end = (uint32_t)view_find_byte(text, end, '\n');
    }
    return true;
}

static err block_cells(struct arena *a, view text, const struct edits *edits, const struct block *b,
                       struct cells *before, struct cells *after)
{
    err e = OK;
    uint32_t at = b->start;
    *before = *after = (struct cells){ 0 };
    for (uint32_t i = b->edit; i < b->edit + b->n_edits; i++) {
        const struct edit *x = &edits->v[i];
        TRY(cells_add(before, a, view_sub(text, at, x->start), false));
        TRY(cells_add(after, a, view_sub(text, at, x->start), false));
        TRY(cells_add(before, a, view_sub(text, x->start, x->end), true));
        TRY(cells_add(after, a, x->with, true));
        at = x->end;
    }
    TRY(cells_add(before, a, view_sub(text, at, b->end), false));
    TRY(cells_add(after, a, view_sub(text, at, b->end), false));
out:
    return e;
}

static err lines_add(struct buf *out, const struct cells *c, const char *mark, const char *colour)
{
    err e = OK;
    uint32_t at = 0;
    do {
        uint32_t from = at, to = next_row(c, &at, UINT32_MAX / 2);
        TRY(buf_add(out, view_of_str(mark)));
        TRY(row_add(out, c, from, to, colour, 0));
        TRY(buf_add_char(out, '\n'));
    } while (at < c->n);
out:
    return e;
}

static err inline_add(struct buf *out, const struct diff_options *o, const struct block *b,
                      const struct cells *before, const struct cells *after)
{
    if (b->n_edits == 0) return lines_add(out, before, "  ", NULL);
    err e = lines_add(out, before, "- ", o->colour ? RED : NULL);
    return e ? e : lines_add(out, after, "+ ", o->colour ? GREEN : NULL);
}

static err side_add(struct buf *out, const struct diff_options *o, const struct cells *before,
                    const struct cells *after)
{
    err e = OK;
    unsigned column = (o->width - 3) / 2;
    uint32_t left = 0, right = 0;
    do {
        uint32_t l = left, r = right;
        uint32_t l_end = left < before->n ? next_row(before, &left, column) : left;
        uint32_t r_end = right < after->n ? next_row(after, &right, column) : right;
        TRY(row_add(out, before, l, l_end, o->colour ? RED : NULL, column));
        TRY(buf_add(out, r_end > r ? VIEW(" | ") : VIEW(" |")));
        TRY(row_add(out, after, r, r_end, o->colour ? GREEN : NULL, 0));
        TRY(buf_add_char(out, '\n'));
    } while (left < before->n || right < after->n);
out:
    return e;
}

/* "── 3 · line 17 ──────" */
static err title_add(struct buf *out, const struct diff_options *o, const struct batch_record *r)
{
    err e = OK;
    unsigned used = 0;
    size_t before = out->n;
    if (o->colour) TRY(buf_add(out, VIEW(DIM)));
    size_t visible = out->n;
    TRY(buf_add(out, VIEW("-- text ")));
    TRY(buf_add_u64(out, r->input));
    if (r->format->is_stream) {
        TRY(buf_add(out, VIEW(", line ")));
        TRY(buf_add_u64(out, r->number));
    }
    TRY(buf_add_char(out, ' '));
    for (used = (unsigned)(out->n - visible); used < o->width; used++)
        TRY(buf_add_char(out, '-'));
    if (o->colour) TRY(buf_add(out, VIEW(PLAIN)));
    TRY(buf_add_char(out, '\n'));
out:
    if (e) out->n = before;
    return e;
}

static err piece_add(struct buf *out, const struct diff_options *o, struct arena *a, view text,
                     const struct edits *edits)
{
    err e = OK;
    struct block b = { 0 };
    struct cells before, after;
    while (next_block(text, edits, &b)) {
        arena_reset(a);
        TRY(block_cells(a, text, edits, &b, &before, &after));
        TRY(o->layout == DIFF_SIDE ? side_add(out, o, &before, &after)
                                   : inline_add(out, o, &b, &before, &after));
    }
out:
    return e;
}

err diff_text(struct buf *out, enum diff_layout layout, unsigned width, bool colour,
              struct arena *a, view text, const struct edits *edits)
{
    const struct diff_options o = { .layout = layout, .width = width, .colour = colour };
    return piece_add(out, &o, a, text, edits);
}

static err show_record(const void *ctx, void *scratch, const struct batch_record *r,
                       struct buf *out, struct deid_counts *counts, struct diag *d)
{
    err e = OK;
    const struct diff_options *o = ctx;
    struct diff_scratch *s = scratch;
    struct deid_exam exam;
    size_t start = out->n;
    TRY(deid_examine(o->deid, s->deid, r->format, r->encoding, r->bytes, VIEW(""), &exam, counts,
                     d));
    TRY(title_add(out, o, r));
    for (uint32_t i = 0; i < exam.record.n; i++)
        if (exam.edits[i].n > 0 || exam.record.pieces[i].role == ROLE_TEXT)
            TRY(piece_add(out, o, &s->arena, exam.record.pieces[i].text, &exam.edits[i]));
out:
    if (e) out->n = start;
    return e;
}

struct batch_work diff_work(const struct diff_options *o)
{
    return (struct batch_work){ .ctx = o,
                                .scratch_new = scratch_new,
                                .scratch_free = scratch_free,
                                .record = show_record,
                                .collect = true };
}
