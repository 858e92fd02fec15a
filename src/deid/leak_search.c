#include "base/sorted.h"
#include "deid/leak_inside.h"
#include "detect/known.h"
#include "detect/shield.h"
#include "lexicon/lexicon.h"
#include "text/fold.h"

enum {
    GAP_MAX = 3,    /* bytes between the words of one value */
    INSIDE_MIN = 7, /* a value of so many signs is seen inside a longer number or word too */
};

static err found(struct leak_hunt *h, struct leak x)
{
    struct leak *v = arena_more(h->arena, h->v, sizeof *v, h->n, &h->cap, 16);
    if (!v) return ERR_MEMORY;
    h->v = v;
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
           !is_in_groups(text, from, to, '-', n < LEAK_DIGITS_MIN) &&
           !is_in_groups(text, from, to, '.', false);
}

/* "with Mark today", "Mark (room 4)" and "Mark" alone; not "Mark the site". */
static bool is_written_as_name(const struct tokens *t, uint32_t i, uint32_t last)
{
    const struct token *v = &t->v[i];
    if (!(v->flags & TOK_CAP)) return false;
    if (known_is_set_apart(last + 1 < t->n ? &t->v[last + 1] : NULL)) return true;
    return i > 0 && !(v->flags & TOK_LINE) && v[-1].kind == TOK_WORD && (v[-1].flags & TOK_LOWER);
}

/* Does the value count where it stands? */
static bool counts(const struct leak_hunt *h, const struct leak_value *v, const struct tokens *t,
                   uint32_t i, uint32_t last)
{
    if (v->is_short_number && (h->in_bytes || !h->c->is_single)) return false;
    if (!v->as_name) return true;
    return !h->in_bytes && (h->c->is_single || !v->in_single) && is_written_as_name(t, i, last);
}

/* The longest value that begins with token i; its last token into *last. */
static const struct leak_value *value_at(const struct leak_hunt *h, const struct tokens *t,
                                         view text, const view *words, uint32_t i, uint32_t *last)
{
    const struct leak_check *c = h->c;
    const struct leak_value *best = NULL;
    uint64_t hash = LEAK_ROLL_START;
    size_t n = 0;
    uint32_t before = i;
    bool over_parts = false;
    for (uint32_t j = i, taken = 0; j < t->n && taken < LEAK_WORDS_MAX; j++) {
        if (t->v[j].start - token_end(&t->v[before]) > GAP_MAX && j != i) break;
        if (t->v[j].kind == TOK_MARK) continue;
        view between = view_sub(text, token_end(&t->v[before]), t->v[j].start);
        if (j != i && h->in_fields) {
            if (has_one_of(between, "|<>\"\r\n\t")) break; /* between fields, rows, elements */
            over_parts |= has_one_of(between, "^&~");
        }
        n += words[j].n;
        if (n > c->longest) break;
        hash = leak_roll(hash, words[j]);
        before = j;
        taken++;
        if (n < LEAK_VALUE_MIN || !is_place(t, text, i, j, n)) continue;
        const struct leak_value *v = leak_slot(c->values, c->cap, leak_closed(hash));
        if (!v->hash || !counts(h, v, t, i, j)) continue;
        if (over_parts && !v->in_parts) continue;
        best = v;
        *last = j;
    }
    return best;
}

/* "Boston" of "Boston Scientific": a town or an organisation that a protected phrase of the lexicon begins with is
 * the maker, register or scale that the phrase names. A person's name never is. */
static bool is_of_phrase(const struct leak_value *v, const struct tokens *t, uint32_t i,
                         uint32_t last)
{
    const struct lex_info *phrase, *first = lexicon_find(lexicon_builtin(), t->v[i].hash);
    if ((v->label != LABEL_LOCATION && v->label != LABEL_ORGANIZATION) || !first->next)
        return false;
    uint32_t n = lexicon_phrase(lexicon_builtin(), first, &t->v[i], t->n - i, &phrase);
    return n && i + n - 1 > last && shield_protects(phrase->bits);
}

err leak_words_read(view text, struct arena *a, struct leak_words *w)
{
    err e = OK;
    TRY(fold_text(text, a, &w->folded, &w->map));
    TRY(token_split(w->folded, a, &w->t));
    w->words = arena_array(a, (size_t)w->t.n + 1, sizeof *w->words);
    if (!w->words) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < w->t.n; i++) {
        w->words[i] = VIEW("");
        if (w->t.v[i].kind != TOK_MARK) TRY(leak_word(w->folded, &w->t.v[i], a, &w->words[i]));
    }
out:
    return e;
}

static uint32_t source_start(const struct leak_words *w, uint32_t i,
                             const struct offset_map *source)
{
    uint32_t from = offset_start(&w->map, w->t.v[i].start);
    return source ? offset_start(source, from) : from;
}

/* A birth that begins with token i in a spelling that rolling doesn't see. */
static const struct leak_value *birth_at(const struct leak_hunt *h, const struct leak_words *w,
                                         uint32_t i, struct leak_date *date)
{
    if (h->in_bytes || !h->c->has_births || !leak_date_at(w->folded, &w->t.v[i], date)) return NULL;
    for (unsigned k = 0; k < date->n; k++) {
        const struct leak_value *v = leak_slot(h->c->values, h->c->cap, date->hash[k]);
        if (v->hash) return v;
    }
    return NULL;
}

err leak_mark_text(struct leak_hunt *h, view text, size_t base, const struct offset_map *source,
                   const struct leak_form *f)
{
    err e = OK;
    struct leak_words w;
    TRY(leak_words_read(text, h->arena, &w));
    for (uint32_t i = 0; i < w.t.n; i++) {
        uint64_t hash = LEAK_ROLL_START;
        size_t n = 0;
        if (w.t.v[i].kind == TOK_MARK) continue;
        struct leak_date date = { 0 };
        if (h->c->has_births) (void)leak_date_at(w.folded, &w.t.v[i], &date);
        for (unsigned k = 0; k < date.n; k++)
            leak_mark(h->c, f, base + source_start(&w, i, source), date.hash[k]);
        for (uint32_t j = i, taken = 0, before = i; j < w.t.n && taken < LEAK_WORDS_MAX; j++) {
            if (j != i && w.t.v[j].start - token_end(&w.t.v[before]) > GAP_MAX) break;
            if (w.t.v[j].kind == TOK_MARK) continue;
            n += w.words[j].n;
            if (n > h->c->longest) break;
            hash = leak_roll(hash, w.words[j]);
            before = j;
            taken++;
            if (n >= LEAK_VALUE_MIN)
                leak_mark(h->c, f, base + source_start(&w, i, source), leak_closed(hash));
        }
    }
out:
    return e;
}

err leak_search_text(struct leak_hunt *h, view text, size_t base, const struct offset_map *source)
{
    err e = OK;
    struct leak_words w;
    TRY(leak_words_read(text, h->arena, &w));
    for (uint32_t i = 0; i < w.t.n; i++) {
        uint32_t last = i;
        const struct leak_value *v =
            w.t.v[i].kind == TOK_MARK ? NULL : value_at(h, &w.t, w.folded, w.words, i, &last);
        struct leak_date date = { .end = v ? token_end(&w.t.v[last]) : 0 };
        if (!v && w.t.v[i].kind != TOK_MARK) v = birth_at(h, &w, i, &date);
        if (!v) continue;
        if (is_of_phrase(v, &w.t, i, last)) {
            h->n_aside += h->in_bytes; /* seen in the bytes, and again in a text */
            continue;
        }
        uint32_t from = source_start(&w, i, source);
        uint32_t to = offset_end(&w.map, date.end);
        if (source) to = offset_end(source, to);
        struct leak x = { .offset = base + from,
                          .length = to > from ? to - from : 0,
                          .value = v->hash,
                          .label = (enum label)v->label,
                          .may_be_code = v->is_code };
        TRY(found(h, x));
        while (last + 1 < w.t.n && token_end(&w.t.v[last + 1]) <= date.end)
            last++;
        i = last;
    }
out:
    return e;
}

/* Of two at one offset, what was left, what is no code and what is longer come first. */
static int by_offset(const void *pa, const void *pb)
{
    const struct leak *a = pa, *b = pb;
    if (a->offset != b->offset) return a->offset < b->offset ? -1 : 1;
    if (a->is_put != b->is_put) return a->is_put ? 1 : -1;
    if (a->may_be_code != b->may_be_code) return a->may_be_code ? 1 : -1;
    return a->length > b->length ? -1 : a->length < b->length;
}

void leak_drop_doubles(struct leak_hunt *h)
{
    uint32_t kept = 0;
    uint64_t before = 0;
    if (h->n > 1) qsort(h->v, h->n, sizeof *h->v, by_offset);
    for (uint32_t i = 0; i < h->n; i++) {
        if (i && h->v[i].offset == before) continue;
        before = h->v[i].offset;
        h->n_put += h->v[i].is_put;
        if (!h->v[i].is_put) h->v[kept++] = h->v[i];
    }
    h->n = kept;
}

static int by_base(const void *pa, const void *pb)
{
    const struct piece *a = pa, *b = pb;
    return a->base < b->base ? -1 : a->base > b->base;
}

static bool is_not_behind(const void *code, const void *offset)
{
    return ((const struct piece *)code)->base <= *(const uint64_t *)offset;
}

/* Takes away what lies in the place of a code and may be one; counts it. */
void leak_set_aside(struct leak_hunt *h, struct record *r)
{
    uint32_t kept = 0;
    if (r->n_codes > 1) qsort(r->codes, r->n_codes, sizeof *r->codes, by_base);
    for (uint32_t i = 0; i < h->n; i++) {
        const struct leak *x = &h->v[i];
        uint32_t n =
            sorted_first(r->codes, r->n_codes, sizeof *r->codes, &x->offset, is_not_behind);
        const struct piece *p = n ? &r->codes[n - 1] : NULL; /* the last at or before it */
        if (p && x->may_be_code &&
            x->offset + x->length <= (uint64_t)p->base + offset_end(&p->map, (uint32_t)p->text.n))
            h->n_aside++;
        else
            h->v[kept++] = *x;
    }
    h->n = kept;
}
