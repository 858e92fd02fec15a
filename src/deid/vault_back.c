#include "deid/vault_back.h"

#include "base/arena.h"
#include "base/file.h"

static const size_t BACK_MAX = (size_t)8 << 30, SEARCH_MAX = (size_t)1 << 29;
enum { FIRST_ROWS = 1 << 8 };

struct others {
    struct others *next;
    view swaps;
};
struct row {
    uint8_t digest[VAULT_DIGEST];
    view swaps;            /* in the arena; p NULL: the row is empty */
    struct others *others; /* more originals became this record: nobody can tell which it was */
};
struct vault_back {
    struct arena arena;
    struct row *rows;
    size_t n, cap;          /* cap: a power of two */
    size_t bytes;           /* of all swaps, for searching */
    struct restore *search; /* NULL when only whole records count */
    struct vault_facts facts;
};

static struct row *row_of(struct row *rows, size_t cap, const uint8_t digest[VAULT_DIGEST])
{
    uint64_t h;
    memcpy(&h, digest, sizeof h);
    size_t i = (size_t)h & (cap - 1);
    while (rows[i].swaps.p && memcmp(rows[i].digest, digest, VAULT_DIGEST) != 0)
        i = (i + 1) & (cap - 1);
    return &rows[i];
}

static err grow(struct vault_back *b)
{
    size_t cap = b->cap ? b->cap * 2 : FIRST_ROWS, bytes;
    if (b->n * 2 < b->cap) return OK;
    if (!size_mul(cap, sizeof *b->rows, &bytes)) return ERR_LIMIT;
    struct row *more = mem_alloc_zero(bytes);
    if (!more) return ERR_MEMORY;
    for (size_t i = 0; i < b->cap; i++)
        if (b->rows[i].swaps.p) *row_of(more, cap, b->rows[i].digest) = b->rows[i];
    mem_free(b->rows);
    b->rows = more;
    b->cap = cap;
    return OK;
}

static err take_entry(void *ctx, const uint8_t digest[VAULT_DIGEST], view swaps)
{
    struct vault_back *b = ctx;
    err e = grow(b);
    if (e) return e;
    struct row *r = row_of(b->rows, b->cap, digest);
    view copy;
    if (r->swaps.p && view_eq(r->swaps, swaps)) return OK;
    for (const struct others *o = r->others; o; o = o->next)
        if (view_eq(o->swaps, swaps)) return OK;
    TRY(arena_copy(&b->arena, swaps, &copy));
    if (!copy.p) copy.p = "";
    if (r->swaps.p) {
        struct others *o = arena_alloc(&b->arena, sizeof *o);
        if (!o) TRY(ERR_MEMORY);
        *o = (struct others){ r->others, copy };
        r->others = o;
    } else {
        memcpy(r->digest, digest, VAULT_DIGEST);
        r->swaps = copy;
        b->n++;
    }
    b->bytes += swaps.n;
out:
    return e;
}

/* ---- searching ---- */

struct gather {
    struct buf text;    /* every replaced value, on a line of its own */
    struct edits edits; /* what was made of it; v NULL: only counted */
};

static err gather_swaps(struct gather *g, view swaps)
{
    err e = OK;
    struct vault_swap s;
    bool bad;
    for (size_t at = 0; vault_next_swap(swaps, &at, &s, &bad);) {
        if (!s.with.n || !s.was.n) continue;
        if (!g->edits.v) {
            if (g->edits.n++ == UINT32_MAX / 2) return ERR_LIMIT;
            continue;
        }
        uint32_t start = (uint32_t)g->text.n;
        TRY(buf_add(&g->text, s.was));
        g->edits.v[g->edits.n++] = (struct edit){ start, (uint32_t)g->text.n, s.with };
        TRY(buf_add_char(&g->text, '\n'));
    }
out:
    return e;
}

static err gather_all(const struct vault_back *b, struct gather *g)
{
    err e = OK;
    g->edits.n = 0;
    for (size_t i = 0; i < b->cap; i++) {
        if (!b->rows[i].swaps.p) continue;
        TRY(gather_swaps(g, b->rows[i].swaps));
        for (const struct others *o = b->rows[i].others; o; o = o->next)
            TRY(gather_swaps(g, o->swaps));
    }
out:
    return e;
}

/* A text in which every replaced value stands, and the edits that were made to it, are what a search needs. */
static err make_search(struct vault_back *b, struct diag *d)
{
    err e = OK;
    struct arena scratch;
    struct gather g = { 0 };
    arena_init(&scratch, SEARCH_MAX * 2);
    buf_init(&g.text, SEARCH_MAX * 2);
    if (b->bytes > SEARCH_MAX) TRY(ERR_LIMIT);
    TRY(gather_all(b, &g));
    g.edits.v = arena_array(&scratch, (size_t)g.edits.n + 1, sizeof *g.edits.v);
    if (!g.edits.v) TRY(ERR_MEMORY);
    TRY(gather_all(b, &g));
    TRY(restore_new(&b->search, buf_view(&g.text), &g.edits));
out:
    if (e == ERR_LIMIT) DIAG(d, e, "the vault is too large to search in: use --exact");
    arena_clear(&scratch);
    buf_clear(&g.text);
    return e;
}

err vault_back_open(struct vault_back **out, const char *path, const struct key *k, bool is_exact,
                    struct diag *d)
{
    err e = OK;
    struct file_map map = { 0 };
    *out = NULL;
    struct vault_back *b = mem_alloc_zero(sizeof *b);
    if (!b) return ERR_MEMORY;
    arena_init(&b->arena, BACK_MAX);
    TRY(file_map(&map, path, d));
    TRY(vault_read(map.bytes, k, take_entry, b, &b->facts, d));
    if (!is_exact) TRY(make_search(b, d));
    *out = b;
    b = NULL;
out:
    file_unmap(&map);
    vault_back_free(b);
    return e;
}

void vault_back_free(struct vault_back *b)
{
    if (!b) return;
    restore_free(b->search);
    arena_clear(&b->arena);
    mem_free(b->rows);
    mem_free(b);
}

const struct vault_facts *vault_back_facts(const struct vault_back *b)
{
    return &b->facts;
}

static err put_back(view record, view swaps, struct buf *out, struct vault_back_counts *now)
{
    err e = OK;
    size_t from = 0;
    struct vault_swap s;
    bool bad;
    for (size_t at = 0; vault_next_swap(swaps, &at, &s, &bad);) {
        /* The digest holds, so this can't be; a wrong byte here would be another patient's. */
        if (s.at < from || s.at > record.n || record.n - s.at < s.with.n ||
            !view_eq(view_sub(record, s.at, s.at + s.with.n), s.with))
            TRY(ERR_CORRUPT);
        TRY(buf_add(out, view_sub(record, from, s.at)));
        TRY(buf_add(out, s.was));
        from = s.at + s.with.n;
        now->put_back++;
    }
    TRY(buf_add(out, view_sub(record, from, record.n)));
    now->records++;
out:
    return e;
}

err vault_back_record(const struct vault_back *b, view record, struct buf *out,
                      struct vault_back_counts *counts)
{
    err e = OK;
    uint8_t digest[VAULT_DIGEST];
    struct vault_back_counts now = { 0 };
    struct restore_counts found = { 0 };
    size_t before = out->n;
    vault_digest(record, digest);
    const struct row *r = b->cap ? row_of(b->rows, b->cap, digest) : NULL;
    if (r && r->swaps.p && !r->others) {
        TRY(put_back(record, r->swaps, out, &now));
    } else if (b->search) {
        TRY(restore_text(b->search, record, out, &found));
        now.other++;
        now.put_back += found.put_back;
        now.left += found.left;
    } else {
        TRY(buf_add(out, record));
        now.other++;
    }
    counts->records += now.records;
    counts->other += now.other;
    counts->put_back += now.put_back;
    counts->left += now.left;
out:
    if (e && out->n > before) {
        mem_wipe(out->p + before, out->n - before);
        out->n = before;
    }
    return e;
}
