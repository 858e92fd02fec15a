/* redact/restore.c — a sorted table of replacements, walked byte by byte along a text.
 *
 * At a place of the text, the rows that agree with it so far are one run of the table, which each byte
 * narrows; a row that ends here is the first of the run, since a prefix sorts before what it begins.
 * So a place costs no more than what agrees there, however many replacements there are. */
#include "redact/restore.h"

#include "base/arena.h"

enum { NONE = UINT32_MAX, SHORTEST = 3, SHORTEST_NUMBER = 5 };
static const size_t RESTORE_MAX = (size_t)1 << 30;

struct row {
    view with, value;
    bool shut; /* not known what it means */
};
struct restore {
    struct arena arena;
    struct row *rows; /* by `with`, each once */
    uint32_t n, lost;
    uint32_t first[257]; /* rows that begin with byte b are first[b] … first[b + 1] */
};

static bool is_word_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Between two digits these make one number of them. */
static bool joins_digits(char c)
{
    return c == '-' || c == '/' || c == '.' || c == ':' || c == ',';
}

/* May a replacement whose outermost byte is `edge` stand beside `next`, then `after` (0: nothing)? */
static bool is_border(char edge, char next, char after)
{
    if (!is_word_byte(edge)) return true;
    if (is_word_byte(next)) return false;
    return !(ascii_is_digit(edge) && joins_digits(next) && ascii_is_digit(after));
}

static char byte_at(view v, size_t at)
{
    return at < v.n ? v.p[at] : 0;
}

static bool is_telling(view with, view value)
{
    if (view_eq(with, value)) return true;
    if (value.n > with.n && memmem(value.p, value.n, with.p, with.n)) return false;
    size_t letters = 0;
    for (size_t i = 0; i < with.n; i++)
        letters += ascii_is_alpha(with.p[i]) || (unsigned char)with.p[i] >= 0x80;
    return with.n >= (letters ? SHORTEST : SHORTEST_NUMBER);
}

static int row_cmp(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int c = view_cmp(x->with, y->with);
    return c ? c : view_cmp(x->value, y->value);
}

/* The first row of [lo, hi) whose byte at `depth` is at least c; all of them are longer than that. */
static uint32_t first_from(const struct row *rows, uint32_t lo, uint32_t hi, size_t depth, int c)
{
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if ((unsigned char)rows[mid].with.p[depth] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The longest row that stands at `at` as a word, or NONE. */
static uint32_t row_at(const struct restore *r, view t, size_t at)
{
    unsigned char head = (unsigned char)t.p[at];
    uint32_t lo = r->first[head], hi = r->first[head + 1], best = NONE;
    if (lo == hi) return NONE;
    if (at > 0 && !is_border(t.p[at], t.p[at - 1], at > 1 ? t.p[at - 2] : 0)) return NONE;
    for (size_t depth = 1; lo < hi; depth++) {
        if (r->rows[lo].with.n == depth) {
            if (is_border(t.p[at + depth - 1], byte_at(t, at + depth), byte_at(t, at + depth + 1)))
                best = lo;
            lo++;
        }
        if (at + depth == t.n) break;
        int c = (unsigned char)t.p[at + depth];
        lo = first_from(r->rows, lo, hi, depth, c);
        hi = first_from(r->rows, lo, hi, depth, c + 1);
    }
    return best;
}

/* The next row that stands in t at or after *at, which moves to it; NONE, and t.n, when there is none. */
static uint32_t next_row(const struct restore *r, view t, size_t *at)
{
    for (; *at < t.n; (*at)++) {
        uint32_t row = row_at(r, t, *at);
        if (row != NONE) return row;
    }
    return NONE;
}

static int by_with(const void *a, const void *b)
{
    return view_cmp(((const struct row *)a)->with, ((const struct row *)b)->with);
}

/* A number of JSON is replaced by a string, quotes and all, and a string within its quotes. Where one replacement
 * was made of both, nobody can tell which of them a quoted one stands for. */
static void shut_quoted(struct restore *r)
{
    for (uint32_t i = 0; i < r->n; i++) {
        view v = r->rows[i].with;
        if (v.n < 2 || v.p[0] != '"' || v.p[v.n - 1] != '"') continue;
        const struct row bare = { .with = view_sub(v, 1, v.n - 1) };
        r->rows[i].shut |= bsearch(&bare, r->rows, r->n, sizeof bare, by_with) != NULL;
    }
}

static err take_rows(struct restore *r, view text, const struct edits *edits)
{
    err e = OK;
    uint32_t n = 0;
    r->rows = arena_array(&r->arena, (size_t)edits->n + 1, sizeof *r->rows);
    if (!r->rows) return ERR_MEMORY;
    for (uint32_t i = 0; i < edits->n; i++) {
        const struct edit *x = &edits->v[i];
        view value = view_sub(text, x->start, x->end);
        if (x->with.n == 0) continue;
        struct row *row = &r->rows[n++];
        *row = (struct row){ .with = x->with, .value = value, .shut = !is_telling(x->with, value) };
    }
    qsort(r->rows, n, sizeof *r->rows, row_cmp);
    for (uint32_t i = 0; i < n; i++) {
        struct row *last = r->n ? &r->rows[r->n - 1] : NULL;
        if (last && view_eq(last->with, r->rows[i].with)) {
            last->shut |= r->rows[i].shut || !view_eq(last->value, r->rows[i].value);
        } else {
            struct row own = r->rows[i];
            TRY(arena_copy(&r->arena, own.with, &own.with));
            TRY(arena_copy(&r->arena, own.value, &own.value));
            r->rows[r->n++] = own;
        }
    }
    shut_quoted(r);
    for (unsigned b = 0; b < 256; b++)
        r->first[b + 1] = first_from(r->rows, r->first[b], r->n, 0, (int)b + 1);
out:
    return e;
}

static err apply(view text, const struct edits *edits, struct buf *out)
{
    err e = OK;
    size_t at = 0;
    for (uint32_t i = 0; i < edits->n; i++) {
        TRY(buf_add(out, view_sub(text, at, edits->v[i].start)));
        TRY(buf_add(out, edits->v[i].with));
        at = edits->v[i].end;
    }
    TRY(buf_add(out, view_sub(text, at, text.n)));
out:
    return e;
}

/* Walks the redacted text: with `shut`, closes the rows that stand where nothing was replaced by them;
 * returns how many edits are found again and turn back. */
static uint32_t walk_own(struct restore *r, view redacted, const struct edits *edits, bool shut)
{
    uint32_t back = 0, i = 0, row;
    size_t moved = 0, kept = 0; /* edit i stands at edits->v[i].start + moved - kept */
    for (size_t at = 0; (row = next_row(r, redacted, &at)) != NONE; at += r->rows[row].with.n) {
        while (i < edits->n && (edits->v[i].start + moved - kept < at || edits->v[i].with.n == 0)) {
            moved += edits->v[i].with.n;
            kept += edits->v[i].end - edits->v[i].start;
            i++;
        }
        bool own = i < edits->n && edits->v[i].start + moved - kept == at &&
                   edits->v[i].with.n == r->rows[row].with.n;
        if (!own && shut) r->rows[row].shut = true;
        back += own && !r->rows[row].shut;
    }
    return back;
}

err restore_new(struct restore **out, view text, const struct edits *edits)
{
    err e = OK;
    struct buf redacted;
    *out = NULL;
    buf_init(&redacted, RESTORE_MAX);
    struct restore *r = mem_alloc_zero(sizeof *r);
    if (!r) return ERR_MEMORY;
    arena_init(&r->arena, RESTORE_MAX);
    TRY(take_rows(r, text, edits));
    TRY(apply(text, edits, &redacted));
    (void)walk_own(r, buf_view(&redacted), edits, true);
    r->lost = edits->n - walk_own(r, buf_view(&redacted), edits, false);
    *out = r;
    r = NULL;
out:
    buf_clear(&redacted);
    restore_free(r);
    return e;
}

void restore_free(struct restore *r)
{
    if (r) arena_clear(&r->arena);
    mem_free(r);
}

uint32_t restore_lost(const struct restore *r)
{
    return r->lost;
}

err restore_text(const struct restore *r, view text, struct buf *out, struct restore_counts *counts)
{
    err e = OK;
    struct restore_counts now = { 0 };
    size_t before = out->n, from = 0, at = 0;
    uint32_t row;
    while ((row = next_row(r, text, &at)) != NONE) {
        const struct row *x = &r->rows[row];
        size_t end = at + x->with.n;
        if (x->shut) {
            now.left++;
        } else {
            TRY(buf_add(out, view_sub(text, from, at)));
            TRY(buf_add(out, x->value));
            now.put_back++;
            from = end;
        }
        at = end;
    }
    TRY(buf_add(out, view_sub(text, from, text.n)));
    *counts = now;
out:
    if (e && out->n > before) {
        mem_wipe(out->p + before, out->n - before);
        out->n = before;
    }
    return e;
}
