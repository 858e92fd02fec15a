/* leak_align.c — the original has the value in the same text: was it left, or put there in place of another word?
 *
 * "Dr. Jones and Mrs Garcia" became "Dr. Garcia and Mrs Lett". A run keeps all words but those that it replaces. So the
 * longest row of words that both texts have, in the same order, is what it kept, and by chance more; and a word that
 * was left is on such a row, beside the same word of the original. Where each row over it is shorter than the longest,
 * it was put there.
 * What was left is taken for put only where two surrogates are words of the original, and in such order that a row over
 * both and without it is longer: by chance twice in one text. A row as long counts as left, but where the words that
 * kept their number in the text are one: it is what a run leaves that put a word for each. */
#include "base/hash.h"
#include "base/sorted.h"
#include "deid/leak_inside.h"
#include "text/utf8.h"

enum {
    WORDS_MAX = 1 << 24, /* of all originals */
    OLDS_MAX = 16,       /* of one place */
    CELLS_MAX = 1 << 21, /* words of the output times those of its originals */
    FIRST_OLDS = 64,
    FIRST_WORDS = 1 << 12,
};

static uint64_t place_of(const struct leak_form *f, const struct leak_range *r)
{
    return hash_mix(f->hash, r->at);
}

static uint32_t word_hash(view word)
{
    return (uint32_t)leak_closed(leak_roll(LEAK_ROLL_START, word));
}

/* ---- what originals have there ---- */

/* Room for `needed`; NULL without memory, and *v stays. */
static void *grown(void *v, uint32_t *cap, uint32_t needed, uint32_t first, size_t size)
{
    uint32_t more = *cap ? *cap : first;
    while (more < needed)
        more *= 2;
    if (more == *cap) return v;
    void *p = mem_resize(v, (size_t)more * size);
    if (p) *cap = more;
    return p;
}

/* Under the lock. */
static err keep_words(struct leak_olds *o, uint64_t place, const struct leak_words *w)
{
    const uint32_t from = o->n_words;
    o->is_cut |= w->t.n > WORDS_MAX - from;
    if (o->is_cut) return OK;
    uint32_t *words = grown(o->words, &o->word_cap, from + w->t.n, FIRST_WORDS, sizeof *words);
    if (!words) return ERR_MEMORY;
    o->words = words;
    struct leak_old *v = grown(o->v, &o->cap, o->n + 1, FIRST_OLDS, sizeof *v);
    if (!v) return ERR_MEMORY;
    o->v = v;
    for (uint32_t i = 0; i < w->t.n; i++)
        if (w->words[i].n) words[o->n_words++] = word_hash(w->words[i]);
    v[o->n++] = (struct leak_old){ .place = place, .from = from, .n = o->n_words - from };
    return OK;
}

err leak_keep_old(struct leak_check *c, const struct leak_form *f, view bytes, struct arena *a)
{
    err e = OK;
    for (uint32_t i = 0; i < f->n && !e; i++) {
        const struct leak_range *r = &f->ranges[i];
        view text = view_sub(bytes, r->from, r->to);
        bool is_utf8 = utf8_bad_at(text) == text.n;
        struct leak_words w = { 0 };
        if (!r->is_marked) continue;
        if (is_utf8) e = leak_words_read(text, a, &w);
        (void)pthread_mutex_lock(&c->lock);
        if (!e) e = keep_words(&c->olds, place_of(f, r), &w);
        c->olds.is_cut |= !is_utf8 || e;
        (void)pthread_mutex_unlock(&c->lock);
    }
    return e;
}

static int by_old_place(const void *pa, const void *pb)
{
    const struct leak_old *a = pa, *b = pb;
    return a->place < b->place ? -1 : a->place > b->place;
}

void leak_olds_end(struct leak_olds *o)
{
    if (o->n) qsort(o->v, o->n, sizeof *o->v, by_old_place);
}

static bool is_before(const void *old, const void *place)
{
    return ((const struct leak_old *)old)->place < *(const uint64_t *)place;
}

/* How many there are of a place; *first of them. */
static uint32_t olds_of(const struct leak_olds *o, uint64_t place, const struct leak_old **first)
{
    const uint32_t from = sorted_first(o->v, o->n, sizeof *o->v, &place, is_before);
    uint32_t n = 0;
    *first = &o->v[from];
    while (from + n < o->n && o->v[from + n].place == place)
        n++;
    return n;
}

/* ---- which words of an output were left ---- */

struct aligned {
    const struct leak_range *range; /* NULL: none yet */
    struct leak_words w;
    bool *left; /* of each token; NULL: nobody can say */
};

/* The longest common rows: of the first i words and the first j in ahead[i][j], of those behind in behind[i][j]. */
struct rows {
    const uint32_t *a, *b; /* hashes */
    uint32_t n, m;
    uint16_t *ahead, *behind;
};

static size_t cell(const struct rows *t, uint32_t i, uint32_t j)
{
    return (size_t)i * (t->m + 1) + j;
}

static err fill_rows(struct rows *t, struct arena *a)
{
    const size_t n = ((size_t)t->n + 1) * ((size_t)t->m + 1);
    t->ahead = arena_array(a, n, sizeof *t->ahead);
    t->behind = arena_array(a, n, sizeof *t->behind);
    if (!t->ahead || !t->behind) return ERR_MEMORY;
    memset(t->ahead, 0, n * sizeof *t->ahead);
    memset(t->behind, 0, n * sizeof *t->behind);
    for (uint32_t i = 1; i <= t->n; i++)
        for (uint32_t j = 1; j <= t->m; j++)
            t->ahead[cell(t, i, j)] =
                t->a[i - 1] == t->b[j - 1]
                    ? (uint16_t)(t->ahead[cell(t, i - 1, j - 1)] + 1)
                    : MAX(t->ahead[cell(t, i - 1, j)], t->ahead[cell(t, i, j - 1)]);
    for (uint32_t i = t->n; i-- > 0;)
        for (uint32_t j = t->m; j-- > 0;)
            t->behind[cell(t, i, j)] =
                t->a[i] == t->b[j]
                    ? (uint16_t)(t->behind[cell(t, i + 1, j + 1)] + 1)
                    : MAX(t->behind[cell(t, i + 1, j)], t->behind[cell(t, i, j + 1)]);
    return OK;
}

/* Is word j of the output on a longest row, beside a word of the original? */
static bool is_on_longest(const struct rows *t, uint32_t j)
{
    const uint32_t longest = t->behind[0];
    for (uint32_t i = 0; i < t->n; i++)
        if (t->a[i] == t->b[j] &&
            t->ahead[cell(t, i, j)] + 1U + t->behind[cell(t, i + 1, j + 1)] == longest)
            return true;
    return false;
}

/* Are the words that stand at the same place of both such a row? Numbers that were replaced by numbers moved nothing, and
 * another number of the text is then by chance on a row as long ("555-0120" for "555-0171"). */
static bool is_longest_in_place(const struct rows *t)
{
    uint32_t same = 0;
    for (uint32_t i = 0; i < t->n && t->n == t->m; i++)
        same += t->a[i] == t->b[i];
    return t->n == t->m && same == t->behind[0];
}

/* `left` of the output's words, by all originals of the place. */
static err align_words(struct aligned *x, const struct leak_olds *o, const struct leak_old *olds,
                       uint32_t n_olds, struct arena *a)
{
    err e = OK;
    uint32_t n = 0, *words = arena_array(a, (size_t)x->w.t.n + 1, sizeof *words),
             *at = arena_array(a, (size_t)x->w.t.n + 1, sizeof *at);
    uint64_t cells = 0;
    bool *left = arena_array(a, (size_t)x->w.t.n + 1, sizeof *left);
    if (!words || !at || !left) TRY(ERR_MEMORY);
    memset(left, 0, ((size_t)x->w.t.n + 1) * sizeof *left);
    for (uint32_t i = 0; i < x->w.t.n; i++) {
        if (!x->w.words[i].n) continue;
        at[n] = i;
        words[n++] = word_hash(x->w.words[i]);
    }
    for (uint32_t k = 0; k < n_olds; k++)
        cells += ((uint64_t)olds[k].n + 1) * ((uint64_t)n + 1);
    if (cells > CELLS_MAX) goto out; /* nobody can say */
    for (uint32_t k = 0; k < n_olds; k++) {
        struct rows t = { .a = o->words + olds[k].from, .b = words, .n = olds[k].n, .m = n };
        TRY(fill_rows(&t, a));
        const bool in_place = is_longest_in_place(&t);
        for (uint32_t j = 0; j < n; j++)
            left[at[j]] |= in_place ? t.a[j] == t.b[j] : is_on_longest(&t, j);
    }
    x->left = left;
out:
    return e;
}

static err align_range(struct leak_hunt *h, const struct leak_form *f, view bytes,
                       const struct leak_range *r, struct aligned *x)
{
    err e = OK;
    const struct leak_old *olds;
    view text = view_sub(bytes, r->from, r->to);
    uint32_t n = olds_of(&h->c->olds, place_of(f, r), &olds);
    *x = (struct aligned){ .range = r };
    if (!n || n > OLDS_MAX || utf8_bad_at(text) < text.n) return OK;
    TRY(leak_words_read(text, h->arena, &x->w));
    TRY(align_words(x, &h->c->olds, olds, n, h->arena));
out:
    return e;
}

/* No word of it was left; false too when it has none. Of a number one group is enough: with another line behind
 * "555" it is another telephone. */
static bool is_put(const struct aligned *x, uint64_t from, uint64_t to)
{
    uint32_t words = 0, left = 0;
    bool is_number = true;
    for (uint32_t i = 0; i < x->w.t.n; i++) {
        const struct token *t = &x->w.t.v[i];
        if (!x->w.words[i].n || offset_end(&x->w.map, token_end(t)) <= from ||
            offset_start(&x->w.map, t->start) >= to)
            continue;
        words++;
        left += x->left[i];
        is_number = is_number && t->kind == TOK_NUMBER;
    }
    return left == 0 ? words > 0 : is_number && left < words;
}

static int by_leak_offset(const void *pa, const void *pb)
{
    const struct leak *a = pa, *b = pb;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

err leak_align(struct leak_hunt *h, const struct leak_form *f, view bytes)
{
    err e = OK;
    struct aligned x = { 0 };
    if (!h->c->olds.n || h->c->olds.is_cut) return OK;
    qsort(h->v, h->n, sizeof *h->v, by_leak_offset); /* so that each range is read once */
    for (uint32_t i = 0; i < h->n; i++) {
        struct leak *l = &h->v[i];
        const struct leak_range *r = leak_range_of(f, l->offset);
        /* Bytes in base64 are not those of the text. */
        if (l->is_put || l->is_formless || l->is_embedded || !r || l->offset + l->length > r->to)
            continue;
        if (x.range != r) TRY(align_range(h, f, bytes, r, &x));
        l->is_put = x.left && is_put(&x, l->offset - r->from, l->offset + l->length - r->from);
    }
out:
    return e;
}
