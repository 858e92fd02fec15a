#include "cli/text_lines.h"

#include "base/tuning.h"
#include "format/reader.h"

enum { SCRATCH_MAX = 1 << 30 };

struct text_lines {
    struct arena arena; /* of all that are open */
    struct detect_scratch *scratch;
    struct text_line alone, ahead[TUNE_TOGETHER_MAX];
    view bytes[TUNE_TOGETHER_MAX];
    bool failed[TUNE_TOGETHER_MAX]; /* it could not be opened or looked through */
    uint32_t n, next;               /* of those ahead: how many there are, and whose turn it is */
};

err text_lines_new(struct text_lines **out)
{
    struct text_lines *l = mem_alloc_zero(sizeof *l);
    if (!l) return ERR_MEMORY;
    err e = detect_scratch_new(&l->scratch);
    if (e) {
        mem_free(l);
        return e;
    }
    arena_init(&l->arena, SCRATCH_MAX);
    findings_init(&l->alone.found, DETECT_MAX);
    for (unsigned i = 0; i < TUNE_TOGETHER_MAX; i++)
        findings_init(&l->ahead[i].found, DETECT_MAX);
    *out = l;
    return OK;
}

void text_lines_free(struct text_lines *l)
{
    if (!l) return;
    arena_clear(&l->arena);
    detect_scratch_free(l->scratch);
    findings_clear(&l->alone.found);
    for (unsigned i = 0; i < TUNE_TOGETHER_MAX; i++)
        findings_clear(&l->ahead[i].found);
    mem_free(l);
}

static void drop(struct text_lines *l)
{
    l->n = l->next = 0;
    arena_reset(&l->arena);
}

static const struct piece *text_piece(const struct record *rec, const struct format *f, view field)
{
    for (uint32_t i = 0; i < rec->n && !rec->is_header; i++)
        if (!f->has_fields || view_eq(rec->pieces[i].field, field)) return &rec->pieces[i];
    return NULL;
}

static err open_line(struct text_lines *l, const struct text_work *w, const struct batch_record *r,
                     view bytes, struct text_line *x, struct diag *d)
{
    err e = OK;
    x->found.n = 0;
    TRY(format_decode(r->format, bytes, r->encoding, &l->arena, &x->record, d));
    x->piece = text_piece(&x->record, r->format, w->field);
out:
    return e;
}

/* Those that have a text and could be opened. */
static void look_through(struct text_lines *l, const struct text_work *w)
{
    struct detect_task tasks[TUNE_TOGETHER_MAX];
    uint32_t of[TUNE_TOGETHER_MAX], n = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        struct text_line *x = &l->ahead[i];
        if (l->failed[i] || !x->piece) continue;
        tasks[n] = (struct detect_task){ .text = x->piece->text, .out = &x->found };
        of[n++] = i;
    }
    detect_together(w->detect, l->scratch, tasks, n);
    for (uint32_t k = 0; k < n; k++)
        l->failed[of[k]] = tasks[k].result != OK;
}

size_t text_lines_ahead(struct text_lines *l, const struct text_work *w,
                        const struct batch_record *r, view block)
{
    size_t pos = 0, end = 0;
    drop(l);
    if (!r->format->is_stream) return block.n;
    while (pos < block.n && l->n < tune.together) {
        struct diag unsaid = { 0 };
        view bytes = reader_record(r->format, block, &end);
        if (end > tune.together_bytes) break;
        l->bytes[l->n] = bytes;
        l->failed[l->n] = open_line(l, w, r, bytes, &l->ahead[l->n], &unsaid) != OK;
        l->n++;
        pos = end;
    }
    look_through(l, w);
    return pos ? pos : end;
}

/* The one whose turn it is, when that is `bytes`. */
static bool take_ahead(struct text_lines *l, view bytes, struct text_line **out)
{
    while (l->next < l->n && l->bytes[l->next].p < bytes.p)
        l->next++; /* blank lines, which nobody takes */
    if (l->next == l->n || l->bytes[l->next].p != bytes.p || l->bytes[l->next].n != bytes.n) {
        drop(l);
        return false;
    }
    *out = &l->ahead[l->next];
    return !l->failed[l->next++];
}

err text_lines_take(struct text_lines *l, const struct text_work *w, const struct batch_record *r,
                    struct text_line **out, struct diag *d)
{
    err e = OK;
    if (take_ahead(l, r->bytes, out)) return OK;
    struct text_line *x = *out = &l->alone;
    TRY(open_line(l, w, r, r->bytes, x, d));
    if (x->piece) TRY(detect_text(w->detect, l->scratch, x->piece->text, VIEW(""), &x->found));
out:
    return e;
}
