#include <math.h>

#include "report/document.h"

enum { REPORT_MAX = 64 << 20 };

/* Appends x to the chain that starts at r->first and ends at r->last. */
#define CHAIN(first, last, x)                                                                      \
    do {                                                                                           \
        if (last)                                                                                  \
            (last)->next = (x);                                                                    \
        else                                                                                       \
            (first) = (x);                                                                         \
        (last) = (x);                                                                              \
    } while (0)

err report_new(struct report **out, const char *kind, view title, view subtitle)
{
    err e = OK;
    struct report *r = mem_alloc_zero(sizeof *r);
    if (!r) return ERR_MEMORY;
    arena_init(&r->arena, REPORT_MAX);
    r->kind = kind;
    TRY(arena_copy(&r->arena, title, &r->title));
    TRY(arena_copy(&r->arena, subtitle, &r->subtitle));
    *out = r;
    r = NULL;
out:
    report_free(r);
    return e;
}

void report_free(struct report *r)
{
    if (!r) return;
    arena_clear(&r->arena);
    mem_free(r);
}

bool report_cell_is_none(const struct cell *c)
{
    if (c->kind == CELL_SECONDS || c->kind == CELL_SHARE || c->kind == CELL_INTERVAL)
        return !isfinite(c->number);
    return c->kind == CELL_NONE;
}

bool report_is_one(view head)
{
    return view_starts(head, VIEW(REPORT_HTML_HEAD)) || view_starts(head, VIEW(REPORT_JSON_HEAD));
}

/* Zeroed; NULL once anything has failed. */
static void *take(struct report *r, size_t n)
{
    if (r->failed) return NULL;
    void *p = arena_alloc(&r->arena, n);
    if (!p) {
        r->failed = ERR_MEMORY;
        return NULL;
    }
    return memset(p, 0, n);
}

/* Both outputs are UTF-8. The strings are our own, so ASCII and well-formed sequences by their lengths are
 * all that is asked. */
static bool is_utf8(view v)
{
    for (size_t i = 0; i < v.n;) {
        unsigned char c = (unsigned char)v.p[i++];
        unsigned more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : (c & 0xF0) == 0xE0 ? 2 : 4;
        if (c >= 0xF0 && c < 0xF5) more = 3;
        if (more == 4) return false;
        for (; more > 0; more--, i++)
            if (i == v.n || ((unsigned char)v.p[i] & 0xC0) != 0x80) return false;
    }
    return true;
}

static view copy(struct report *r, view v)
{
    view mine = { 0 };
    if (r->failed) return mine;
    r->failed = is_utf8(v) ? arena_copy(&r->arena, v, &mine) : ERR_ENCODING;
    return mine;
}

static struct cell own(struct report *r, struct cell c)
{
    if (c.kind == CELL_TEXT || c.kind == CELL_CODE) c.text = copy(r, c.text);
    return c;
}

static struct report_fact *new_fact(struct report *r, const char *key, const char *label,
                                    struct cell c)
{
    struct report_fact *f = take(r, sizeof *f);
    if (!f) return NULL;
    f->key = key;
    f->label = label;
    f->cell = own(r, c);
    return f;
}

void report_tile(struct report *r, const char *key, const char *label, struct cell c)
{
    BUG_IF(r->parts);
    struct report_fact *f = new_fact(r, key, label, c);
    if (f) CHAIN(r->tiles, r->last_tile, f);
}

void report_section(struct report *r, const char *key, const char *title)
{
    struct report_part *p = take(r, sizeof *p);
    if (!p) return;
    p->key = key;
    p->title = title;
    CHAIN(r->parts, r->last_part, p);
}

void report_fact(struct report *r, const char *key, const char *label, struct cell c)
{
    struct report_fact *f = new_fact(r, key, label, c);
    if (!f) return;
    BUG_IF(!r->last_part);
    CHAIN(r->last_part->facts, r->last_part->last_fact, f);
}

void report_note(struct report *r, view text)
{
    struct report_text *t = take(r, sizeof *t);
    if (!t) return;
    BUG_IF(!r->last_part);
    t->text = copy(r, text);
    CHAIN(r->last_part->notes, r->last_part->last_note, t);
}

void report_json_text(struct report *r, const char *key, const char *title, view json)
{
    struct report_json *t = take(r, sizeof *t);
    if (!t) return;
    BUG_IF(!r->last_part);
    t->key = key;
    t->title = title;
    t->json = copy(r, view_trim(json));
    CHAIN(r->last_part->texts, r->last_part->last_text, t);
}

void report_table(struct report *r, const char *key, const char *title,
                  const struct report_column *columns, size_t n)
{
    BUG_IF(n == 0 || n > REPORT_COLUMNS_MAX);
    struct report_grid *g = take(r, sizeof *g);
    if (!g) return;
    BUG_IF(!r->last_part);
    g->key = key;
    g->title = title;
    g->n_columns = n;
    memcpy(g->column, columns, n * sizeof *columns);
    CHAIN(r->last_part->grids, r->last_part->last_grid, g);
}

void report_row(struct report *r, const struct cell *cells)
{
    if (r->failed) return;
    BUG_IF(!r->last_part || !r->last_part->last_grid);
    struct report_grid *g = r->last_part->last_grid;
    struct report_cells *row = take(r, sizeof *row + g->n_columns * sizeof *cells);
    if (!row) return;
    for (size_t i = 0; i < g->n_columns; i++)
        row->v[i] = own(r, cells[i]);
    g->n_rows++;
    CHAIN(g->first, g->last, row);
}
