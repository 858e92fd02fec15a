#include "deid/leak_check.h"

#include "base/hash.h"
#include "deid/piece_value.h"
#include "detect/known.h"
#include "lexicon/lexicon.h"
#include "redact/canonical.h"
#include "redact/stamp.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    FIRST_VALUES = 1 << 10,
    VALUES_MAX = 1 << 28,
    WORDS_MAX = 24,
    GAP_MAX = 3,    /* bytes between the words of one value */
    INSIDE_MIN = 7, /* a value of so many signs is seen inside a longer number or word too */
    DIGITS_MIN = 6,
};
static const size_t ARENA_MAX = (size_t)2 << 30;

struct leak_value {
    uint64_t hash; /* 0: empty */
    uint8_t label;
    bool is_short_number;   /* counts when the original is one record only */
    bool is_code, in_parts; /* as the label says; of several labels, what finds more */
};

/* What may be a code as well: a hit on it where the standard has a code is set aside, and counted. Names, and
 * the numbers of persons, never are. */
static bool may_be_code(enum label l)
{
    return l == LABEL_ORGANIZATION || l == LABEL_LOCATION || l == LABEL_LICENSE ||
           l == LABEL_DEVICE || l == LABEL_ID;
}

/* What fields hold in parts: HL7 has marks between the parts of a name, an address, a telephone number. */
static bool has_parts(enum label l)
{
    return l == LABEL_NAME || l == LABEL_LOCATION || l == LABEL_PHONE || l == LABEL_FAX;
}

/* ---- values ---- */

err leak_check_new(struct leak_check **out, const struct leak_params *p)
{
    *out = NULL;
    struct leak_check *c = mem_alloc_zero(sizeof *c);
    if (!c) return ERR_MEMORY;
    c->params = *p;
    c->values = mem_alloc_zero(FIRST_VALUES * sizeof *c->values);
    c->leaks = mem_alloc_zero(LEAKS_KEPT * sizeof *c->leaks);
    (void)pthread_mutex_init(&c->lock, NULL);
    c->cap = FIRST_VALUES;
    if (!c->values || !c->leaks) {
        leak_check_free(c);
        return ERR_MEMORY;
    }
    *out = c;
    return OK;
}

void leak_check_free(struct leak_check *c)
{
    if (!c) return;
    mem_free(c->values);
    mem_free(c->leaks);
    (void)pthread_mutex_destroy(&c->lock);
    mem_free(c);
}

static struct leak_value *value_of(struct leak_value *v, uint32_t cap, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (cap - 1);
    while (v[i].hash && v[i].hash != hash)
        i = (i + 1) & (cap - 1);
    return &v[i];
}

/* Under the lock. */
static err put_hash(struct leak_check *c, uint64_t hash, struct leak_value what, size_t length)
{
    if (c->n_values * 2 >= c->cap) {
        if (c->cap >= VALUES_MAX) return ERR_LIMIT;
        struct leak_value *more = mem_alloc_zero((size_t)c->cap * 2 * sizeof *more);
        if (!more) return ERR_MEMORY;
        for (uint32_t i = 0; i < c->cap; i++)
            if (c->values[i].hash) *value_of(more, c->cap * 2, c->values[i].hash) = c->values[i];
        mem_free(c->values);
        c->values = more;
        c->cap *= 2;
    }
    struct leak_value *v = value_of(c->values, c->cap, hash);
    what.is_code = may_be_code((enum label)what.label);
    what.in_parts = has_parts((enum label)what.label);
    what.hash = hash;
    if (!v->hash) {
        c->n_values++;
    } else { /* named twice: the same whoever came first */
        what.is_short_number &= v->is_short_number;
        what.is_code &= v->is_code;
        what.in_parts |= v->in_parts;
        what.label = MIN(what.label, v->label);
    }
    *v = what;
    c->longest = MAX(c->longest, length);
    return OK;
}

#define ROLL_START UINT64_C(0xCBF29CE484222325)
static uint64_t roll(uint64_t h, view v)
{
    for (size_t i = 0; i < v.n; i++)
        h = (h ^ (uint8_t)v.p[i]) * UINT64_C(0x100000001B3);
    return h;
}

static uint64_t closed(uint64_t h)
{
    h = hash_mix(h, UINT64_C(0x51AB)); /* the table is indexed by the low bits */
    return h ? h : 1;
}

/* The words and numbers of a text, in the form in which they are compared. */
struct words {
    view v[WORDS_MAX];
    uint32_t n;
};

static err canonical_token(view folded, const struct token *t, struct arena *a, view *out)
{
    char room[CANON_ROOM];
    view v = view_sub(folded, t->start, token_end(t)), c;
    err e = canonical(v, CANON_WORD, a, room, &c);
    return e ? e : arena_copy(a, c, out);
}

static err read_words(view text, struct arena *a, struct words *w)
{
    err e = OK;
    view folded;
    struct offset_map map;
    struct tokens t;
    w->n = 0;
    TRY(fold_text(text, a, &folded, &map));
    TRY(token_split(folded, a, &t));
    for (uint32_t i = 0; i < t.n && w->n < WORDS_MAX; i++) {
        if (t.v[i].kind == TOK_MARK) continue;
        TRY(canonical_token(folded, &t.v[i], a, &w->v[w->n]));
        if (w->v[w->n].n) w->n++;
    }
out:
    return e;
}

/* Words of the language alone, and years ("19 99" too: it is found as 1999): they are everywhere. */
static bool is_common(const struct words *w)
{
    char year[4];
    size_t digits = 0;
    bool has_word = false;
    for (uint32_t i = 0; i < w->n; i++) {
        view v = w->v[i];
        uint64_t n;
        if (view_to_u64(v, &n)) {
            if (v.n > sizeof year - digits) return false;
            memcpy(year + digits, v.p, v.n);
            digits += v.n;
        } else if (known_is_language(lexicon_find(lexicon_builtin(), token_hash_word(v)))) {
            has_word = true;
        } else {
            return false;
        }
    }
    if (!digits) return true;
    view y = view_of(year, digits);
    return !has_word && digits == sizeof year &&
           (view_starts(y, VIEW("19")) || view_starts(y, VIEW("20")));
}

/* A number with fewer than two digits is a word: "Placer 1". */
static bool is_no_number(const struct words *w, enum label label)
{
    size_t digits = 0;
    bool is_number = label != LABEL_NAME && label != LABEL_LOCATION &&
                     label != LABEL_ORGANIZATION && label != LABEL_EMAIL && label != LABEL_URL;
    for (uint32_t i = 0; i < w->n; i++)
        for (size_t k = 0; k < w->v[i].n; k++)
            digits += ascii_is_digit(w->v[i].p[k]);
    return is_number && digits < 2;
}

static err add_value(struct leak_check *c, uint64_t h, size_t n, struct leak_value what)
{
    if (n < LEAK_VALUE_MIN || n > LEAK_VALUE_MAX) return OK;
    (void)pthread_mutex_lock(&c->lock);
    err e = put_hash(c, closed(h), what, n);
    (void)pthread_mutex_unlock(&c->lock);
    return e;
}

static err add(struct leak_check *c, uint64_t h, size_t n, enum label label)
{
    return add_value(c, h, n, (struct leak_value){ .label = (uint8_t)label });
}

static err add_words(struct leak_check *c, const struct words *w, enum label label)
{
    err e = OK;
    uint64_t forth = ROLL_START, back = ROLL_START, digits = ROLL_START;
    size_t n = 0, n_digits = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        forth = roll(forth, w->v[i]);
        back = roll(back, w->v[w->n - 1 - i]);
        n += w->v[i].n;
        if (!ascii_is_digit(w->v[i].p[0])) continue;
        digits = roll(digits, w->v[i]);
        n_digits += w->v[i].n;
    }
    if (is_common(w) || is_no_number(w, label)) return OK;
    const struct leak_value what = { .label = (uint8_t)label,
                                     .is_short_number = n_digits == n && n < DIGITS_MIN };
    TRY(add_value(c, forth, n, what));
    /* Words are swapped; the groups of a number are not. */
    if (w->n > 1 && n_digits < n) TRY(add(c, back, n, label));
    if (n_digits < n && n_digits >= DIGITS_MIN) TRY(add(c, digits, n_digits, label));
out:
    return e;
}

/* The day in the orders in which people write it. */
static err add_birth(struct leak_check *c, const struct stamp *s)
{
    static const char *const orders[] = { "ymd", "mdy", "dmy" };
    err e = OK;
    for (size_t o = 0; o < COUNT_OF(orders); o++)
        for (int padded = 0; padded < 2; padded++) {
            char out[16];
            size_t n = 0;
            for (const char *f = orders[o]; *f; f++) {
                int v = *f == 'y' ? s->year : *f == 'm' ? s->month : s->day;
                n += (size_t)snprintf(out + n, sizeof out - n, "%0*d",
                                      *f == 'y' ? 4
                                      : padded  ? 2
                                                : 1,
                                      v);
            }
            TRY(add(c, roll(ROLL_START, view_of(out, n)), n, LABEL_DATE));
        }
out:
    return e;
}

static bool is_left_out(const struct leak_check *c, const struct finding *f)
{
    const struct profile_row *row = profile_row(c->params.profile);
    if (profile_keeps(row, f)) return true;
    if (f->label == LABEL_ORGANIZATION && row->keep_organizations) return true;
    if (f->label == LABEL_DATE && (row->date == ACTION_KEEP || f->part != PART_BIRTH)) return true;
    if (f->label == LABEL_AGE) return true;
    return f->label == LABEL_NAME && f->role == WHO_CLINICIAN && c->params.keep_clinicians;
}

static err gather_piece(struct leak_check *c, const struct piece *p, struct arena *a)
{
    err e = OK;
    struct finding f;
    struct stamp s;
    struct words w, one = { .n = 1 };
    bool has_value;
    if (!piece_value(lexicon_builtin(), p, a, &f, &has_value) || !has_value) return OK;
    if (is_left_out(c, &f)) return OK;
    view text = view_sub(p->text, f.start, f.end);
    if (f.label == LABEL_DATE && stamp_read(text, &s)) return s.day ? add_birth(c, &s) : OK;
    TRY(read_words(text, a, &w));
    TRY(add_words(c, &w, (enum label)f.label));
    for (uint32_t i = 0; f.label == LABEL_NAME && w.n > 1 && i < w.n; i++) {
        one.v[0] = w.v[i]; /* each word of a whole name */
        TRY(add_words(c, &one, LABEL_NAME));
    }
out:
    return e;
}

/* ---- search ---- */

struct hunt {
    struct leak_check *c;
    struct arena *arena;
    struct leak *v; /* of one record */
    bool in_bytes;  /* of the record, where codes and measurements stand too */
    bool in_fields; /* and where marks between fields stand */
    uint32_t n, cap;
    uint64_t n_aside;
};

static err found(struct hunt *h, struct leak x)
{
    for (uint32_t i = 0; i < h->n; i++)
        if (h->v[i].offset == x.offset) return OK; /* seen in the bytes, and again in a text */
    if (h->n == h->cap) {
        uint32_t cap = h->cap ? h->cap * 2 : 16;
        struct leak *v = arena_array(h->arena, cap, sizeof *v);
        if (!v) return ERR_MEMORY;
        if (h->n) memcpy(v, h->v, h->n * sizeof *v);
        h->v = v;
        h->cap = cap;
    }
    h->v[h->n++] = x;
    return OK;
}

static bool is_joined(const struct tokens *t, uint32_t i)
{
    return i > 0 && i < t->n && t->v[i].kind != TOK_MARK && t->v[i - 1].kind != TOK_MARK &&
           token_end(&t->v[i - 1]) == t->v[i].start;
}

static bool is_digit_at(view v, size_t i)
{
    return i < v.n && ascii_is_digit(v.p[i]);
}

/* Do the groups of a longer number go on before or behind [from, to), as in 444-44-4444 around 44-4444? With
 * `codes` of letters too, as in Model-12345. */
static bool is_in_groups(view text, size_t from, size_t to, char mark, bool codes)
{
    bool before = from >= 2 && text.p[from - 1] == mark &&
                  (is_digit_at(text, from - 2) || (codes && ascii_is_alpha(text.p[from - 2])));
    bool behind = to + 1 < text.n && text.p[to] == mark &&
                  (is_digit_at(text, to + 1) || (codes && ascii_is_alpha(text.p[to + 1])));
    return (before && is_digit_at(text, from)) || (behind && is_digit_at(text, to - 1));
}

/* A part of an OID is another object: 1.2.840.1 is not 1.2.840.1.7. */
static bool is_in_oid(view text, size_t from, size_t to)
{
    enum { ARCS_MIN = 5 };
    size_t dots = 0;
    if (!is_in_groups(text, from, to, '.', false)) return false;
    while (from > 0 && (text.p[from - 1] == '.' || is_digit_at(text, from - 1)))
        from--;
    while (to < text.n && (text.p[to] == '.' || is_digit_at(text, to)))
        to++;
    for (size_t i = from; i < to; i++)
        dots += text.p[i] == '.';
    return dots + 1 >= ARCS_MIN;
}

static bool has_one_of(view v, const char *marks)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] && strchr(marks, v.p[i])) return true;
    return false;
}

/* Short values are found whole. */
static bool is_place(const struct tokens *t, view text, uint32_t i, uint32_t j, size_t n)
{
    size_t from = t->v[i].start, to = token_end(&t->v[j]);
    if (is_in_oid(text, from, to)) return false;
    if (n >= INSIDE_MIN) return true;
    return !is_joined(t, i) && !is_joined(t, j + 1) &&
           !is_in_groups(text, from, to, '-', n < DIGITS_MIN) &&
           !is_in_groups(text, from, to, '.', false);
}

/* The longest value that begins with token i; its last token into *last. */
static const struct leak_value *value_at(const struct hunt *h, const struct tokens *t, view text,
                                         const view *words, uint32_t i, uint32_t *last)
{
    const struct leak_check *c = h->c;
    const struct leak_value *best = NULL;
    uint64_t hash = ROLL_START;
    size_t n = 0;
    uint32_t before = i;
    bool over_parts = false;
    for (uint32_t j = i, taken = 0; j < t->n && taken < WORDS_MAX; j++) {
        if (t->v[j].start - token_end(&t->v[before]) > GAP_MAX && j != i) break;
        if (t->v[j].kind == TOK_MARK) continue;
        view between = view_sub(text, token_end(&t->v[before]), t->v[j].start);
        if (j != i && h->in_fields) {
            if (has_one_of(between, "|<>\"\r\n\t")) break; /* between fields, rows, elements */
            over_parts |= has_one_of(between, "^&~");
        }
        n += words[j].n;
        if (n > c->longest) break;
        hash = roll(hash, words[j]);
        before = j;
        taken++;
        if (n < LEAK_VALUE_MIN || !is_place(t, text, i, j, n)) continue;
        const struct leak_value *v = value_of(c->values, c->cap, closed(hash));
        if (!v->hash || (v->is_short_number && (h->in_bytes || !c->is_single))) continue;
        if (over_parts && !v->in_parts) continue;
        best = v;
        *last = j;
    }
    return best;
}

/* A year that stands for a birth is what the profile left. */
static err search_text(struct hunt *h, view text, size_t base, const struct offset_map *source)
{
    err e = OK;
    view folded;
    struct offset_map map;
    struct tokens t;
    TRY(fold_text(text, h->arena, &folded, &map));
    TRY(token_split(folded, h->arena, &t));
    view *words = arena_array(h->arena, (size_t)t.n + 1, sizeof *words);
    if (!words) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < t.n; i++) {
        words[i] = VIEW("");
        if (t.v[i].kind != TOK_MARK) TRY(canonical_token(folded, &t.v[i], h->arena, &words[i]));
    }
    for (uint32_t i = 0; i < t.n; i++) {
        uint32_t last = i;
        const struct leak_value *v =
            t.v[i].kind == TOK_MARK ? NULL : value_at(h, &t, folded, words, i, &last);
        if (!v) continue;
        uint32_t from = offset_start(&map, t.v[i].start);
        uint32_t to = offset_end(&map, token_end(&t.v[last]));
        if (source) {
            from = offset_start(source, from);
            to = offset_end(source, to);
        }
        struct leak x = { .offset = base + from,
                          .length = to > from ? to - from : 0,
                          .label = (enum label)v->label,
                          .may_be_code = v->is_code };
        TRY(found(h, x));
        i = last;
    }
out:
    return e;
}

static int by_base(const void *pa, const void *pb)
{
    const struct piece *a = pa, *b = pb;
    return a->base < b->base ? -1 : a->base > b->base;
}

/* Takes away what lies in the place of a code and may be one; counts it. */
static void set_aside(struct hunt *h, struct record *r)
{
    uint32_t kept = 0;
    if (r->n_codes > 1) qsort(r->codes, r->n_codes, sizeof *r->codes, by_base);
    for (uint32_t i = 0; i < h->n; i++) {
        const struct leak *x = &h->v[i];
        uint32_t lo = 0, hi = r->n_codes;
        while (lo < hi) { /* the last code that begins at or before it */
            uint32_t mid = lo + (hi - lo) / 2;
            if (r->codes[mid].base <= x->offset)
                lo = mid + 1;
            else
                hi = mid;
        }
        const struct piece *p = lo ? &r->codes[lo - 1] : NULL;
        if (p && x->may_be_code &&
            x->offset + x->length <= (uint64_t)p->base + offset_end(&p->map, (uint32_t)p->text.n))
            h->n_aside++;
        else
            h->v[kept++] = *x;
    }
    h->n = kept;
}

static int by_place(const void *pa, const void *pb)
{
    const struct leak *a = pa, *b = pb;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    if (a->record != b->record) return a->record < b->record ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* The first LEAKS_KEPT by place, whatever order the workers come in. */
static void keep_leaks(struct hunt *h, const struct batch_record *r)
{
    struct leak_check *c = h->c;
    (void)pthread_mutex_lock(&c->lock);
    c->n_aside += h->n_aside;
    for (uint32_t i = 0; i < h->n; i++) {
        struct leak x = h->v[i];
        x.input = r->input;
        x.record = r->number;
        c->n_leaks++;
        if (c->n_kept < LEAKS_KEPT) {
            c->leaks[c->n_kept++] = x;
            if (c->n_kept == LEAKS_KEPT) qsort(c->leaks, c->n_kept, sizeof *c->leaks, by_place);
        } else if (by_place(&x, &c->leaks[LEAKS_KEPT - 1]) < 0) {
            c->leaks[LEAKS_KEPT - 1] = x;
            qsort(c->leaks, c->n_kept, sizeof *c->leaks, by_place);
        }
    }
    (void)pthread_mutex_unlock(&c->lock);
}

/* ---- as work of a batch ---- */

static err scratch_make(void **out)
{
    struct arena *a = mem_alloc_zero(sizeof *a);
    *out = a;
    if (!a) return ERR_MEMORY;
    arena_init(a, ARENA_MAX);
    return OK;
}

static void scratch_drop(void *p)
{
    if (p) arena_clear(p);
    mem_free(p);
}

static err gather_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                      struct deid_counts *counts, struct diag *d)
{
    (void)out;
    err e = OK;
    struct leak_check *c = *(struct leak_check *const *)ctx;
    struct record rec;
    arena_reset(scratch);
    TRY(format_decode(r->format, r->bytes, r->encoding, scratch, &rec, d));
    for (uint32_t i = 0; i < rec.n; i++)
        TRY(gather_piece(c, &rec.pieces[i], scratch));
    counts->records++;
    counts->bytes_in += r->bytes.n;
out:
    return e;
}

static err search_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                      struct deid_counts *counts, struct diag *d)
{
    (void)out;
    err e = OK;
    struct leak_check *c = *(struct leak_check *const *)ctx;
    struct hunt h = { .c = c, .arena = scratch };
    struct record rec;
    arena_reset(scratch);
    bool is_utf8 = utf8_bad_at(r->bytes) >= r->bytes.n;
    h.in_bytes = true;
    h.in_fields = r->format->has_fields;
    if (is_utf8) TRY(search_text(&h, r->bytes, 0, NULL));
    h.in_bytes = h.in_fields = false;
    TRY(format_decode(r->format, r->bytes, r->encoding, scratch, &rec, d));
    for (uint32_t i = 0; i < rec.n; i++) {
        const struct piece *p = &rec.pieces[i];
        TRY(search_text(&h, p->text, p->base, &p->map));
    }
    set_aside(&h, &rec);
    counts->records++;
out:
    keep_leaks(&h, r);
    return e;
}

static err run(struct leak_check *c, const struct batch_params *p,
               err (*record)(const void *, void *, const struct batch_record *, struct buf *,
                             struct deid_counts *, struct diag *),
               struct batch_result *result, struct diag *d)
{
    struct batch_params pass = *p;
    const struct batch_work work = { .ctx = &c,
                                     .scratch_new = scratch_make,
                                     .scratch_free = scratch_drop,
                                     .record = record,
                                     .collect = true };
    pass.output = NULL;
    pass.on_output = NULL;
    return batch_run_work(&work, &pass, result, d);
}

err leak_check_gather(struct leak_check *c, const struct batch_params *originals,
                      struct batch_result *result, struct diag *d)
{
    err e = run(c, originals, gather_one, result, d);
    c->n_records += result->counts.records;
    c->is_single = c->n_records == 1;
    return e;
}

err leak_check_search(struct leak_check *c, const struct batch_params *outputs,
                      struct batch_result *result, struct diag *d)
{
    err e = run(c, outputs, search_one, result, d);
    qsort(c->leaks, c->n_kept, sizeof *c->leaks, by_place);
    return e;
}
