/* detect/doc_lists.c — parts a text's tokens by what they may be for.
 *
 * What a token is for is a byte (enum route), which two tables give without a branch, since it is the one thing that
 * can't be guessed. Sixty-four of them are turned into a bit for each token and route, so that a list is written from
 * the bits that are set, and most tokens, which belong to none, cost no more. */
#include "detect/doc_lists.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { GROUP = 64, ROUTES = 8 };
struct sifted { /* GROUP tokens: has token k of them route 1 << r? Bit k of to[r]. */
    uint64_t to[ROUTES];
};
struct sieve {
    struct sifted *group;
    uint32_t n;
};

#ifdef __SSE2__
static inline uint64_t tops(__m128i v, unsigned at)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(v) << at;
}

static inline void turn(const uint8_t of[GROUP], struct sifted *out)
{
    const __m128i *p = (const __m128i *)(const void *)of;
    __m128i a = p[0], b = p[1], c = p[2], d = p[3];
    for (unsigned r = ROUTES; r-- > 0;) {
        out->to[r] = tops(a, 0) | tops(b, 16) | tops(c, 32) | tops(d, 48);
        a = _mm_add_epi8(a, a), b = _mm_add_epi8(b, b);
        c = _mm_add_epi8(c, c), d = _mm_add_epi8(d, d);
    }
}
#else
static inline void turn(const uint8_t of[GROUP], struct sifted *out)
{
    *out = (struct sifted){ 0 };
    for (unsigned k = 0; k < GROUP; k++)
        for (unsigned r = 0; r < ROUTES; r++)
            out->to[r] |= (uint64_t)(of[k] >> r & 1) << k;
}
#endif

static err sift(const struct doc *d, const struct routes *r, struct sieve *s)
{
    const struct token *restrict tok = d->tok;
    const struct lex_info *const *restrict lex = d->lex, *first = r->first;
    const uint8_t *restrict route = r->of[d->is_caseless];
    s->n = (uint32_t)((d->n + GROUP - 1) / GROUP);
    s->group = arena_array(d->arena, (size_t)s->n + 1, sizeof *s->group);
    if (!s->group) return ERR_MEMORY;
    for (uint32_t g = 0; g < s->n; g++, tok += GROUP, lex += GROUP) {
        _Alignas(16) uint8_t of[GROUP] FILLED_LATER;
        const uint32_t n = MIN((uint32_t)d->n - g * GROUP, (uint32_t)GROUP);
        for (uint32_t k = 0; k < n; k++) {
            const uint32_t flags = tok[k].flags;
            of[k] = (uint8_t)((route[lex[k] - first] & r->may[flags]) | r->is[flags]);
        }
        if (n < GROUP) memset(of + n, 0, GROUP - n);
        turn(of, &s->group[g]);
    }
    return OK;
}

/* The tokens of either route, in order. */
static err list(struct arena *a, const struct sieve *s, enum route one, enum route other,
                struct token_list *out)
{
    const unsigned i = (unsigned)__builtin_ctz(one), j = (unsigned)__builtin_ctz(other);
    out->v = arena_array(a, (size_t)s->n * GROUP + 1, sizeof *out->v);
    if (!out->v) return ERR_MEMORY;
    uint32_t *restrict v = out->v;
    for (uint32_t g = 0; g < s->n; g++)
        for (uint64_t x = s->group[g].to[i] | s->group[g].to[j]; x; x &= x - 1)
            *v++ = g * GROUP + (uint32_t)__builtin_ctzll(x);
    out->n = (uint32_t)(v - out->v);
    arena_give_back(a, out->v, out->n * sizeof *out->v);
    return OK;
}

/* The words in capital letters of two or three. */
static err list_signs(struct doc *d, const struct sieve *s)
{
    err e = OK;
    TRY(list(d->arena, s, ROUTE_SIGN, ROUTE_SIGN, &d->signs));
    uint32_t *restrict v = d->signs.v, kept = 0;
    for (uint32_t k = 0; k < d->signs.n; k++) {
        const uint32_t i = v[k];
        v[kept] = i;
        kept += d->tok[i].len - 2U < 2U;
    }
    d->signs.n = kept;
out:
    return e;
}

static bool has_dot_word(const struct doc *d, const struct sieve *s)
{
    const uint64_t dot = token_hash_literal(VIEW("dot"));
    const unsigned r = (unsigned)__builtin_ctz(ROUTE_DOT);
    for (uint32_t g = 0; g < s->n; g++)
        for (uint64_t x = s->group[g].to[r]; x; x &= x - 1)
            if (d->tok[g * GROUP + (uint32_t)__builtin_ctzll(x)].hash == dot) return true;
    return false;
}

/* Of the n marks in d->dots that may end a sentence, the full stops with something right behind them, those right behind a
 * letter, and the words in small letters behind any. */
static void list_dots(struct doc *d, uint32_t n)
{
    uint32_t *restrict dots = d->dots.v, *restrict letter_dots = d->letter_dots.v;
    uint32_t *restrict small = d->small_starts.v;
    uint32_t n_dots = 0, n_letter_dots = 0, n_small = 0;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = dots[k], has_next = i + 1 < d->n, had = i > 0;
        const struct token *before = &d->tok[i - had];
        const uint32_t is_dot = d->tok[i].hash == '.', behind = d->tok[i + has_next].flags;
        dots[n_dots] = letter_dots[n_letter_dots] = i;
        n_dots += is_dot & has_next & ~behind & TOK_SPACE;
        n_letter_dots += is_dot & had & (before->kind == TOK_WORD) & (before->len == 1) &
                         ~d->tok[i].flags & TOK_SPACE;
        /* "5 mg p.o. daily": seldom, so that a branch is cheaper than a list of most */
        if (UNLIKELY(behind & TOK_LOWER) && has_next && (!is_dot || behind & TOK_SPACE))
            small[n_small++] = i + 1;
    }
    d->small_starts.n = n_small;
    d->dots.n = n_dots;
    d->letter_dots.n = n_letter_dots;
}

/* Of the digits, those that may begin or be more than a small number by itself ("70 %", "5 mg"): of three digits and
 * more, with another number among the next three tokens, behind a '+', or a "1", which may lead a telephone number. */
static void list_rows(struct doc *d)
{
    const struct token *const tok = d->tok;
    const uint32_t n = d->n;
    uint32_t *restrict rows = d->rows.v;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t i = d->digits.v[k];
        const uint32_t next = k + 1 < d->digits.n ? d->digits.v[k + 1] : n + 4;
        const uint32_t plus = i && tok[i - 1].hash == '+' && !(tok[i].flags & TOK_SPACE);
        *rows = i;
        rows += (tok[i].len > 2) | (next - i <= 3) | plus | (tok[i].hash == 1);
    }
    d->rows.n = (uint32_t)(rows - d->rows.v);
}

/* What touches each of the digits. Without a branch, as any of it is true of one number in three. */
static void look_beside(struct doc *d)
{
    enum { AGE_FROM = 90, AGE_TO = 125 };
    const struct token *const tok = d->tok;
    uint8_t *restrict beside = d->beside;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t i = d->digits.v[k], had = i > 0, has_next = i + 1 < d->n;
        const struct token *t = &tok[i], *l = t - had, *r = t + has_next;
        const uint32_t left = had & ~t->flags & TOK_SPACE, right = has_next & ~r->flags & TOK_SPACE;
        const uint32_t l_word = l->kind == TOK_WORD, r_word = r->kind == TOK_WORD;
        beside[k] =
            (uint8_t)(right * BESIDE_RIGHT | (left & l_word) * BESIDE_LEFT_WORD |
                      (right & r_word) * BESIDE_RIGHT_WORD |
                      ((left & (l->hash == '-')) | (right & (r->hash == '-'))) * BESIDE_DASH |
                      (t->len <= 2) * NUMBER_SHORT | (t->len >= 4) * NUMBER_LONG |
                      (t->hash - AGE_FROM <= AGE_TO - AGE_FROM) * NUMBER_AGE);
    }
}

/* Room for n indexes and the one that is always written. */
static uint32_t *room_for(struct arena *a, uint32_t n)
{
    return arena_array(a, (size_t)n + 1, sizeof(uint32_t));
}

/* Parts numbers, marks that a detector begins at, and those that a sentence may end with or a quotation begin, from
 * `others`: by the first byte, which tells. */
static void part_others(struct doc *d, const struct token_list *others)
{
    enum { NUMBER = 1, MARK = 2, END = 4 };
    static const uint8_t is[256] = {
        ['0'] = NUMBER, ['1'] = NUMBER, ['2'] = NUMBER, ['3'] = NUMBER, ['4'] = NUMBER,
        ['5'] = NUMBER, ['6'] = NUMBER, ['7'] = NUMBER, ['8'] = NUMBER, ['9'] = NUMBER,
        ['@'] = MARK,   [':'] = MARK,   ['/'] = MARK,   ['#'] = MARK,   ['['] = MARK,
        ['.'] = END,    ['?'] = END,    ['"'] = END,    ['>'] = END,
    };
    const uint8_t *const text = (const uint8_t *)d->text.p;
    const struct token *const tok = d->tok;
    uint32_t *restrict digits = d->digits.v, *restrict marks = d->marks.v;
    uint32_t *restrict dots = d->dots.v;
    for (const uint32_t *v = others->v, *end = v + others->n; v < end; v++) {
        const uint32_t i = *v, of = is[text[tok[i].start]];
        *digits = *marks = *dots = i;
        digits += of & NUMBER;
        marks += of / MARK & 1;
        dots += of / END;
    }
    d->digits.n = (uint32_t)(digits - d->digits.v);
    d->marks.n = (uint32_t)(marks - d->marks.v);
    d->dots.n = (uint32_t)(dots - d->dots.v);
}

static err list_others(struct doc *d, const struct sieve *s)
{
    err e = OK;
    struct token_list others;
    TRY(list(d->arena, s, ROUTE_NO_WORD, ROUTE_NO_WORD, &others));
    d->digits.v = room_for(d->arena, others.n);
    d->marks.v = room_for(d->arena, others.n);
    d->dots.v = room_for(d->arena, others.n);
    if (!d->digits.v || !d->marks.v || !d->dots.v) return ERR_MEMORY;
    part_others(d, &others);
    d->beside = arena_alloc(d->arena, d->digits.n + 1);
    d->rows.v = room_for(d->arena, d->digits.n);
    d->letter_dots.v = room_for(d->arena, d->dots.n);
    d->small_starts.v = room_for(d->arena, d->dots.n);
    if (!d->beside || !d->rows.v || !d->letter_dots.v || !d->small_starts.v) return ERR_MEMORY;
    list_rows(d);
    look_beside(d);
    list_dots(d, d->dots.n);
out:
    return e;
}

err doc_lists(struct doc *d, const struct routes *r, struct token_list *starts)
{
    err e = OK;
    struct sieve s;
    TRY(sift(d, r, &s));
    TRY(list(d->arena, &s, ROUTE_CAPITAL, ROUTE_SMALL, &d->hot));
    TRY(list(d->arena, &s, ROUTE_CALLED, ROUTE_CALLED, &d->called));
    TRY(list(d->arena, &s, ROUTE_NUMBER_WORD, ROUTE_NUMBER_WORD, &d->number_words));
    TRY(list(d->arena, &s, ROUTE_PHRASE, ROUTE_PHRASE, starts));
    TRY(list_signs(d, &s));
    TRY(list_others(d, &s));
    d->has_dot_word = has_dot_word(d, &s);
out:
    return e;
}
