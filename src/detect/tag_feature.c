#include "detect/tag_feature.h"

#include "detect/shape.h"
#include "detect/tag_line.h"
#include "detect/tag_spanish.h"
#include "detect/tag_window.h"

enum { REACH = 3 };

struct attr { /* of one token */
    uint64_t w, lex;
    uint32_t affix_first, affix_last; /* up to four letters, the outermost lowest */
    uint16_t ranks;
    uint8_t shape, gap, affix_n, hit;
};

static const uint64_t OF_SPANISH = UINT64_C(1)
                                   << 61; /* in lex: its bits are kinds of detect/tag_spanish.h */
static const struct attr outside = { .shape = 0x7F, .gap = 3, .w = 1, .lex = 1 };

static inline uint64_t mix2(uint64_t a, uint64_t b)
{
    return hash_mix(a, b);
}

/* Of the marks that are told apart; 0: another one. */
static const uint8_t mark_code[128] = {
    ['.'] = 1,  [','] = 2,  [':'] = 3,  [';'] = 4,   ['-'] = 5,  ['/'] = 6,  ['('] = 7,
    [')'] = 8,  ['#'] = 9,  ['@'] = 10, ['\''] = 11, ['"'] = 12, ['&'] = 13, ['+'] = 14,
    ['*'] = 15, ['_'] = 16, ['['] = 17, [']'] = 18,  ['<'] = 19, ['>'] = 20, ['='] = 21,
    ['%'] = 22, ['$'] = 23, ['!'] = 24, ['?'] = 25,  ['|'] = 26, ['~'] = 27,
};

/* Seven bits: kind with length and case; the eighth: touches the token before. */
static inline uint8_t shape_code(const struct doc *d, uint32_t i)
{
    enum { LONGEST = 8 };
    /* of a word of so many bytes */
    static const uint8_t length[LONGEST + 1] = { 0, 1, 2, 3, 4, 5, 5, 5, 6 };
    const struct token *t = &d->tok[i];
    const uint32_t joined = (uint32_t)(~t->flags & TOK_SPACE) << 7;
    if (t->kind == TOK_WORD)
        return (uint8_t)(joined | ((uint32_t)shape_of(d, i) * 8 + length[MIN(t->len, LONGEST)]));
    if (t->kind == TOK_NUMBER) return (uint8_t)(joined | (64 + MIN(t->len, 12)));
    return (uint8_t)(joined | (80 + (t->hash < sizeof mark_code ? mark_code[t->hash] : 0)));
}
_Static_assert(TOK_SPACE == 1, "moved to the eighth bit above");

static void affixes(const struct doc *d, const struct token *t, struct attr *a)
{
    const char *p = d->text.p + t->start;
    a->affix_first = a->affix_last = 0;
    a->affix_n = (uint8_t)MIN(t->len, 4);
    for (uint32_t k = 0; k < a->affix_n; k++) {
        a->affix_first |= (uint32_t)(uint8_t)ascii_lower(p[k]) << (8 * k);
        a->affix_last |= (uint32_t)(uint8_t)ascii_lower(p[t->len - 1 - k]) << (8 * k);
    }
}

static uint8_t hit_at(const struct tag_text *t, int64_t i)
{
    return t->hit ? t->hit[i] & (uint8_t)~TAG_HIT_KNOWN : 0;
}

/* What a word can be; its trade is for the rules, and a model reads enough of it in the word itself. */
static uint64_t lex_bits(const struct lex_info *l)
{
    return l->bits & ~(LEX(TRADE) | LEX(EPONYM_FAMILY));
}

/* What is asked of a token that is REACH away: the word itself and its looks. */
static inline void describe(const struct doc *d, uint32_t i, struct attr *a)
{
    const struct token *k = &d->tok[i];
    a->w = k->kind == TOK_NUMBER ? mix2(k->len, k->len <= 4 ? k->hash + 16 : 1)
                                 : mix2(k->hash, k->kind);
    a->shape = shape_code(d, i);
    a->gap = (uint8_t)tag_line_gap(d, i);
}

/* What is asked of the tokens of a run and of the one on each side: what is known of them. And, `whole`, of their letters. */
static inline void describe_near(const struct tag_text *t, uint64_t set, int64_t i, bool whole,
                                 struct attr *a)
{
    const struct doc *d = t->d;
    if (i < 0 || i >= (int64_t)d->n) return;
    const struct token *k = &d->tok[i];
    const struct lex_info *l = d->lex[i];
    a->hit = hit_at(t, i);
    a->ranks = (uint16_t)(l->given | l->surname << 3 | l->place << 6 | l->word << 9);
    a->lex = k->kind == TOK_WORD ? lex_bits(l) : (uint64_t)k->kind << 62;
    if (set & TAG_SET(AFAR)) {
        /* the lexicon is of English words: the kinds that Spanish knows say more */
        const uint64_t kinds = tag_spanish_kinds(d, i);
        if (kinds) a->lex = kinds | OF_SPANISH;
    }
    if (whole) affixes(d, k, a);
}

static uint32_t bucket(uint32_t n)
{
    return n < 6 ? n : n < 9 ? 6 : n < 14 ? 7 : n < 24 ? 8 : 9;
}

static uint32_t log_bucket(uint32_t n)
{
    return n ? 32 - (uint32_t)__builtin_clz(n) : 0;
}

struct at { /* all that the templates of a token see */
    const struct tag_text *t;
    uint32_t i;
    const struct attr *a; /* a[-REACH] … a[REACH] */
    uint64_t shapes;      /* of these, a byte each, the last one lowest */
    uint32_t gaps;        /* before these but the first, two bits each, the last one lowest */
    const struct tag_line *line;
    uint64_t left, left2, right, right2; /* words beyond marks */
    uint64_t lex_left, lex_right;
    uint32_t mark_ahead; /* of LANDMARK_AHEAD, for what follows it */
};

static void words_around(struct at *x)
{
    const struct doc *d = x->t->d;
    int found = 0;
    x->left = x->left2 = x->right = x->right2 = 1;
    x->lex_left = x->lex_right = 1;
    for (int64_t j = (int64_t)x->i - 1; j >= 0 && j + 8 > x->i && found < 2; j--) {
        if (d->tok[j].kind == TOK_WORD) {
            *(found ? &x->left2 : &x->left) = d->tok[j].hash;
            if (!found++) x->lex_left = lex_bits(d->lex[j]);
        }
        if (d->tok[j].flags & TOK_PARA) break;
    }
    found = 0;
    for (uint32_t j = x->i + 1; j < d->n && j < x->i + 8 && found < 2; j++) {
        if (d->tok[j].flags & TOK_PARA) break;
        if (d->tok[j].kind == TOK_WORD) {
            *(found ? &x->right2 : &x->right) = d->tok[j].hash;
            if (!found++) x->lex_right = lex_bits(d->lex[j]);
        }
    }
}

static uint64_t other_place(const struct at *x, bool before)
{
    int64_t j = tag_text_elsewhere(x->t, x->i);
    if (j < 0) return 0;
    if (before) return mix2(tag_line_word(x->t->d, j - 1), hit_at(x->t, j));
    struct tag_line l;
    tag_line_heads_at(x->t->d, (uint32_t)j, &l);
    return mix2(l.head + 1, l.since && l.since < 6);
}

/* A number or a word of a kind that Spanish knows: what it is of stands further off. Other words may be names, which
 * stand elsewhere too. */
static bool is_of_something(const struct at *x)
{
    return (x->t->templates & TAG_SET(AFAR)) &&
           (x->a[0].lex & OF_SPANISH || x->t->d->tok[x->i].kind == TOK_NUMBER);
}

static uint64_t beside(const struct at *x, uint64_t afar)
{
    return afar ? mix2(afar, mix2(x->a[0].lex, x->a[0].shape)) : 0;
}

static uint64_t afar(const struct at *x)
{
    if (is_of_something(x)) return beside(x, tag_spanish_left(x->t->d, x->i));
    const int64_t j = tag_text_elsewhere(x->t, x->i);
    if (j < 0) return 0;
    struct tag_line there;
    tag_line_heads_at(x->t->d, (uint32_t)j, &there);
    return mix2(there.head2 + 1, mix2(x->line->head2, x->line->since < 6));
}

static uint64_t afar_ahead(const struct at *x)
{
    return is_of_something(x) ? beside(x, tag_spanish_right(x->t->d, x->i)) : other_place(x, true);
}

static uint64_t phrase_here(const struct doc *d, uint32_t i)
{
    for (uint32_t back = 0; back < 4 && back <= i; back++) {
        const struct phrase *p = doc_phrase_at(d, i - back);
        if (p && p->n > back) return mix2(p->lex->bits, back ? 1 : 0);
    }
    return 0;
}

static uint32_t in_bracket(const struct doc *d, uint32_t i)
{
    for (uint32_t back = 1; back <= 6 && back <= i; back++) {
        if (doc_is_mark(d, i - back, '(')) return back + 1;
        if (doc_is_mark(d, i - back, ')')) return 1;
    }
    return 0;
}

/* The next landmark on the line and how far it is; 0: none near. */
static uint64_t landmark_ahead(const struct doc *d, uint32_t i, uint32_t *mark)
{
    enum { FAR = 10 };
    for (uint32_t k = 1; k <= FAR && i + k < d->n && !(d->tok[i + k].flags & TOK_LINE); k++)
        if ((*mark = tag_line_mark(d, i + k))) return mix2(*mark, bucket(k));
    *mark = MARK_NONE;
    return 0;
}

static inline uint64_t shapes(const struct at *x, int from, int to)
{
    return (x->shapes >> 8 * (REACH - to) & UINT64_MAX >> 8 * (7 - (to - from))) + 1;
}

static uint64_t affix(uint64_t bytes, uint32_t have, uint32_t n)
{
    return have < n ? 0 : (bytes & (UINT64_MAX >> (64 - 8 * n))) + ((uint64_t)n << 40);
}

static inline __attribute__((always_inline)) uint64_t value_of(enum tag_template k, struct at *x)
{
    const struct attr *a = x->a;
    const struct tag_line *l = x->line;
    switch (k) {
    case TAG_T_W: return a[0].w;
    case TAG_T_W_BEFORE: return a[-1].w;
    case TAG_T_W_AFTER: return a[1].w;
    case TAG_T_W_BEFORE2: return a[-2].w;
    case TAG_T_W_AFTER2: return a[2].w;
    case TAG_T_W_PAIR_BEFORE: return mix2(a[-1].w, a[0].w);
    case TAG_T_W_PAIR_AFTER: return mix2(a[0].w, a[1].w);
    case TAG_T_W_AROUND: return mix2(a[-1].w, a[1].w);
    case TAG_T_W_PAIR_BEFORE2: return mix2(a[-2].w, a[-1].w);
    case TAG_T_PREFIX2: return affix(a[0].affix_first, a[0].affix_n, 2);
    case TAG_T_PREFIX3: return affix(a[0].affix_first, a[0].affix_n, 3);
    case TAG_T_PREFIX4: return affix(a[0].affix_first, a[0].affix_n, 4);
    case TAG_T_SUFFIX2: return affix(a[0].affix_last, a[0].affix_n, 2);
    case TAG_T_SUFFIX3: return affix(a[0].affix_last, a[0].affix_n, 3);
    case TAG_T_SUFFIX4: return affix(a[0].affix_last, a[0].affix_n, 4);
    case TAG_T_SUFFIX_BEFORE: return affix(a[-1].affix_last, a[-1].affix_n, 3);
    case TAG_T_SHAPE: return shapes(x, 0, 0);
    case TAG_T_SHAPE3: return shapes(x, -1, 1);
    case TAG_T_SHAPE5: return shapes(x, -2, 2);
    case TAG_T_SHAPE7: return shapes(x, -3, 3);
    case TAG_T_SHAPE_LEFT: return shapes(x, -3, 0);
    case TAG_T_SHAPE_RIGHT: return shapes(x, 0, 3);
    case TAG_T_LEX: return a[0].lex + 1;
    case TAG_T_LEX_BEFORE: return a[-1].lex + 1;
    case TAG_T_LEX_AFTER: return a[1].lex + 1;
    case TAG_T_LEX_PAIR_BEFORE: return mix2(a[-1].lex, a[0].lex);
    case TAG_T_LEX_PAIR_AFTER: return mix2(a[0].lex, a[1].lex);
    case TAG_T_LEX_SHAPE: return mix2(a[0].lex, shapes(x, -1, 1));
    case TAG_T_RANKS: return mix2(a[0].ranks, a[0].shape);
    case TAG_T_RANKS_BEFORE: return mix2(a[-1].ranks, a[0].ranks);
    case TAG_T_RANKS_AFTER: return mix2(a[0].ranks, a[1].ranks);
    case TAG_T_PHRASE: return phrase_here(x->t->d, x->i);
    case TAG_T_HEAD: return l->head2;
    case TAG_T_HEAD_NEAR: return l->head ? mix2(l->head, bucket(l->since)) : 0;
    case TAG_T_HEAD_SHAPE: return l->head ? mix2(l->head, shapes(x, -1, 1)) : 0;
    case TAG_T_HEAD_LEX: return l->head ? mix2(l->head2, mix2(a[0].lex, a[-1].w)) : 0;
    case TAG_T_LINE_FIRST: return l->first;
    case TAG_T_LINE_PLACE: return l->first ? mix2(l->first, bucket(l->place)) : 0;
    case TAG_T_HIT: return a[0].hit;
    case TAG_T_HIT_BEFORE: return a[-1].hit ? mix2(a[-1].hit, a[0].hit) : 0;
    case TAG_T_HIT_AFTER: return a[1].hit ? mix2(a[0].hit, a[1].hit) : 0;
    case TAG_T_HIT_SHAPE: return a[0].hit ? mix2(a[0].hit, a[0].shape) : 0;
    case TAG_T_WORD_LEFT: return x->left;
    case TAG_T_WORD_RIGHT: return x->right;
    case TAG_T_WORDS_LEFT: return mix2(x->left, x->left2);
    case TAG_T_WORDS_RIGHT: return mix2(x->right, x->right2);
    case TAG_T_LEX_LEFT: return x->lex_left + 1;
    case TAG_T_ELSEWHERE: return other_place(x, false);
    case TAG_T_AFAR_AHEAD: return afar_ahead(x);
    case TAG_T_FROM_START: return 1 + log_bucket(x->i);
    case TAG_T_FROM_END: return 1 + log_bucket(x->t->d->n - 1 - x->i);
    case TAG_T_BRACKET: return in_bracket(x->t->d, x->i);
    case TAG_T_GAPS: return x->gaps | 1 << 2 * 2 * REACH;
    case TAG_T_LINE_ABOVE: return l->place < 6 ? mix2(l->above, bucket(l->place)) : 0;
    case TAG_T_SEGMENT: return l->segment;
    case TAG_T_SEGMENT_PLACE: return l->segment ? mix2(l->segment, bucket(l->segment_since)) : 0;
    case TAG_T_LANDMARK: return l->mark ? mix2(l->mark, bucket(l->mark_since)) : 0;
    case TAG_T_LANDMARK_W: return l->mark ? mix2(l->mark, a[0].w) : 0;
    case TAG_T_LANDMARK_SHAPE: return l->mark ? mix2(l->mark, shapes(x, -1, 1)) : 0;
    case TAG_T_LINE_LEFT: {
        uint32_t left = 1;
        while (left < 8 && tag_line_gap(x->t->d, (int64_t)x->i + left) != 3)
            left++;
        return left;
    }
    case TAG_T_LANDMARK_AHEAD: return landmark_ahead(x->t->d, x->i, &x->mark_ahead);
    case TAG_T_LANDMARKS_SHAPE:
        return l->mark || x->mark_ahead ? mix2(l->mark << 8 | x->mark_ahead, shapes(x, -1, 1)) : 0;
    case TAG_T_SEGMENT_NUMBER: return l->head ? mix2(l->head2, mix2(l->segments, a[0].shape)) : 0;
    case TAG_T_AFAR: return afar(x);
    case TAG_TEMPLATES: break;
    }
    return 0;
}

static inline uint64_t key_of(enum tag_template k, uint64_t value)
{
    return hash_mix(value, ((uint64_t)k + 1) * UINT64_C(0xA24BAED4963EE407)) | 1;
}

/* These say something of every token (a hash is 0 once in 2^64). */
static const uint64_t ALWAYS =
    TAG_SET(W) | TAG_SET(W_BEFORE) | TAG_SET(W_AFTER) | TAG_SET(W_BEFORE2) | TAG_SET(W_AFTER2) |
    TAG_SET(W_PAIR_BEFORE) | TAG_SET(W_PAIR_AFTER) | TAG_SET(SHAPE) | TAG_SET(SHAPE3) |
    TAG_SET(SHAPE5) | TAG_SET(SHAPE_LEFT) | TAG_SET(SHAPE_RIGHT) | TAG_SET(LEX) |
    TAG_SET(LEX_BEFORE) | TAG_SET(LEX_AFTER) | TAG_SET(LEX_PAIR_BEFORE) | TAG_SET(LEX_PAIR_AFTER) |
    TAG_SET(LEX_SHAPE) | TAG_SET(RANKS) | TAG_SET(RANKS_BEFORE) | TAG_SET(RANKS_AFTER) |
    TAG_SET(FROM_START) | TAG_SET(GAPS);
static const uint64_t NEEDS_LINE = TAG_SET(LINE_FIRST) | TAG_SET(LINE_PLACE) | TAG_SET(LINE_ABOVE) |
                                   TAG_SET(SEGMENT) | TAG_SET(SEGMENT_PLACE) | TAG_SET(LANDMARK) |
                                   TAG_SET(LANDMARK_W) | TAG_SET(LANDMARK_SHAPE);
static const uint64_t NEEDS_AROUND = TAG_SET(WORD_LEFT) | TAG_SET(WORD_RIGHT) |
                                     TAG_SET(WORDS_LEFT) | TAG_SET(WORDS_RIGHT) | TAG_SET(LEX_LEFT);

/* The keys of one token. One straight line: which templates there are is the same for every token, and known
 * when this is compiled. */
static inline __attribute__((always_inline)) void
keys_of(struct at *x, uint64_t set, const struct tag_model *ahead, uint64_t *out)
{
    const uint32_t n_slots = ahead ? ahead->n_slots : 0;
    static const uint16_t nowhere[TAG_LOOK]; /* in place of a branch for each key */
    const uint16_t *checks = ahead ? ahead->checks : nowhere;
    uint64_t *at = out;
#define X(name)                                                                                    \
    if (set & TAG_SET(name)) {                                                                     \
        const uint64_t value = value_of(TAG_T_##name, x);                                          \
        if ((ALWAYS & TAG_SET(name)) || value) {                                                   \
            *at = key_of(TAG_T_##name, value);                                                     \
            tag_prefetch(checks, n_slots, *at++);                                                  \
        }                                                                                          \
    }
    TAG_TEMPLATE_MAP(X)
#undef X
    if (at < out + TAG_TEMPLATES) *at = 0;
}

static inline __attribute__((always_inline)) void features(const struct tag_text *t, uint64_t set,
                                                           const struct tag_model *ahead,
                                                           uint32_t first, uint32_t last,
                                                           uint64_t *out)
{
    FILLED_LATER struct attr attrs[TAG_RUN_MAX + 2 * REACH];
    struct tag_line line;
    const bool all = (set & NEEDS_LINE) != 0, around = (set & NEEDS_AROUND) != 0;
    const uint32_t n = last - first + 1;
    BUG_IF(n > TAG_RUN_MAX);
    for (uint32_t k = 0; k < n + 2 * REACH; k++) {
        const uint32_t i = first + k - REACH; /* wraps before the text */
        if (UNLIKELY(i >= t->d->n)) {
            attrs[k] = outside;
            continue;
        }
        __builtin_prefetch(t->d->lex[i]); /* for describe_near */
        describe(t->d, i, &attrs[k]);
    }
    for (uint32_t k = REACH - 1; k < n + REACH + 1; k++)
        describe_near(t, set, (int64_t)first + k - REACH,
                      (k >= REACH && k < n + REACH) || (set & TAG_SET(SUFFIX_BEFORE)), &attrs[k]);
    struct at x = { .t = t, .line = &line };
    for (uint32_t k = 0; k < 2 * REACH; k++) {
        x.shapes = x.shapes << 8 | attrs[k].shape;
        x.gaps = x.gaps << 2 | attrs[k].gap;
    }
    (all ? tag_line_at : tag_line_heads_at)(t->d, first, &line);
    for (uint32_t i = first; i <= last; i++, out += TAG_TEMPLATES) {
        x.i = i;
        x.a = attrs + (i - first) + REACH;
        x.shapes = x.shapes << 8 | x.a[REACH].shape;
        x.gaps = (x.gaps << 2 | x.a[REACH].gap) & ((1 << 2 * 2 * REACH) - 1);
        x.mark_ahead = 0;
        if (around) words_around(&x);
        keys_of(&x, set, ahead, out);
        (all ? tag_line_step : tag_line_heads_step)(t->d, i + 1, &line);
    }
}

void tag_features(const struct tag_text *t, const struct tag_model *ahead, uint32_t first,
                  uint32_t last, uint64_t *out)
{
    if (t->templates == TAG_SET_ENGLISH)
        features(t, TAG_SET_ENGLISH, ahead, first, last, out);
    else if (t->templates == TAG_SET_ALL)
        features(t, TAG_SET_ALL, ahead, first, last, out);
    else
        BUG_IF(true);
}
