#include "detect/tag_feature.h"

#include "base/hash.h"
#include "detect/shape.h"
#include "detect/tag_spanish.h"
#include "detect/taken.h"
#include "detect/wordset.h"

/* Words that open the parts of an address line, in the languages that have models. */
enum {
    MARK_NONE,
    MARK_PERSON = 1,
    MARK_UNIT = 2,
    MARK_PLACE = 4,
    MARK_STREET = 8,
    MARK_POST = 16,
    MARK_MAIL = 32
};
static const struct wordset_row landmark_rows[] = {
    { "dr dra drs doctor doctora sr sra don dona mr mrs ms prof", MARK_PERSON },
    { "servicio departamento dpto unidad seccion area jefe laboratorio catedra consulta department "
      "dept "
      "division unit service",
      MARK_UNIT },
    { "hospital hosp clinica centro policlinica complejo consorcio fundacion instituto universidad "
      "facultad complexo complejo sanatorio residencia ambulatorio clinic center centre university "
      "institute school",
      MARK_PLACE },
    { "calle c cl avda av avenida avd plaza pza pl paseo p carretera ctra camino ronda rambla via "
      "travesia poligono urbanizacion apartado apdo carrer rua gran autovia barrio glorieta street "
      "st "
      "road rd avenue ave drive dr blvd lane",
      MARK_STREET },
};
static struct wordset landmarks = WORDSET(landmark_rows);

enum { REACH = 3, HEAD_BACK = 48, SEEN_MAX = 512 /* words of a document that are remembered */ };

#define SET(name) (UINT64_C(1) << TAG_T_##name)

/* Where a capitalised word stood first under which head: what one mention says helps the other. */
struct tag_seen {
    uint32_t n, slots; /* a power of two */
    struct {
        uint64_t word;
        uint32_t first, second; /* tokens + 1 */
    } slot[];
};

struct attr { /* of one token */
    uint64_t w, lex, affix_first, affix_last;
    uint32_t ranks;
    uint8_t shape, affix_n, hit;
    bool is_word;
};

static const uint64_t OF_SPANISH = UINT64_C(1)
                                   << 61; /* in lex: its bits are kinds of detect/tag_spanish.h */
static const struct attr outside = { .shape = 0x7F, .w = 1, .lex = 1 };

static inline uint64_t mix2(uint64_t a, uint64_t b)
{
    return hash_mix(a, b);
}

/* Seven bits: kind with length and case; the eighth: touches the token before. */
static uint8_t shape_code(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    uint8_t joined = t->flags & TOK_SPACE ? 0 : 0x80;
    if (t->kind == TOK_NUMBER) return (uint8_t)(joined | (64 + MIN(t->len, 12)));
    if (t->kind == TOK_MARK) {
        static const char marks[] = ".,:;-/()#@'\"&+*_[]<>=%$!?|~";
        const char *p = t->hash < 128 ? memchr(marks, (int)t->hash, sizeof marks - 1) : NULL;
        return (uint8_t)(joined | (80 + (p ? p - marks + 1 : 0)));
    }
    uint32_t n = t->len >= 8 ? 6 : t->len >= 5 ? 5 : t->len;
    return (uint8_t)(joined | ((uint32_t)shape_of(d, i) * 8 + n));
}

static void affixes(const struct doc *d, const struct token *t, struct attr *a)
{
    const char *p = d->text.p + t->start;
    a->affix_n = (uint8_t)MIN(t->len, 4);
    for (uint32_t k = 0; k < a->affix_n; k++) {
        a->affix_first |= (uint64_t)(uint8_t)ascii_lower(p[k]) << (8 * k);
        a->affix_last |= (uint64_t)(uint8_t)ascii_lower(p[t->len - 1 - k]) << (8 * k);
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

static void describe(const struct tag_text *t, int64_t i, struct attr *a)
{
    const struct doc *d = t->d;
    if (i < 0 || i >= (int64_t)d->n) {
        *a = outside;
        return;
    }
    const struct token *k = &d->tok[i];
    const struct lex_info *l = d->lex[i];
    *a = (struct attr){ .w = mix2(k->hash, k->kind), .lex = lex_bits(l), .hit = hit_at(t, i) };
    a->shape = shape_code(d, (uint32_t)i);
    if (k->kind == TOK_NUMBER) a->w = mix2(k->len, k->len <= 4 ? k->hash + 16 : 1);
    a->is_word = k->kind == TOK_WORD;
    a->ranks = (uint32_t)l->given | (uint32_t)l->surname << 3 | (uint32_t)l->place << 6 |
               (uint32_t)l->word << 9;
    if (!a->is_word) a->lex = (uint64_t)k->kind << 62;
    if (t->templates & SET(AFAR)) {
        /* the lexicon is of English words: the kinds that Spanish knows say more */
        const uint64_t kinds = tag_spanish_kinds(d, i);
        if (kinds) a->lex = kinds | OF_SPANISH;
    }
    affixes(d, k, a);
}

/* ------------------------------------------------------------------ the line */

struct line {             /* what stands before a token on its line */
    uint64_t head, head2; /* the word, and the two words, before the nearest colon; 0: none */
    uint64_t first;       /* first token of the line */
    uint64_t above;       /* first token of the line above */
    uint64_t segment;     /* first token after the last stop, wide gap or colon */
    uint32_t since, place, segment_since;
    uint32_t mark, mark_since; /* the last landmark and the tokens since */
    uint32_t segments;         /* marks that end a part of an address, since the nearest colon */
};

/* 0 touches, 1 a blank, 2 more, 3 another line: what lies before token i. */
static uint32_t gap(const struct doc *d, int64_t i)
{
    if (i <= 0 || i >= (int64_t)d->n) return 3;
    const struct token *t = &d->tok[i];
    if (t->flags & TOK_LINE) return 3;
    if (!(t->flags & TOK_SPACE)) return 0;
    return t->start - token_end(t - 1) > 1 ? 2 : 1;
}

static uint32_t landmark(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->kind == TOK_NUMBER) return t->len == 5 ? MARK_POST : MARK_NONE;
    if (t->kind == TOK_MARK) return t->hash == '@' ? MARK_MAIL : MARK_NONE;
    if (t->flags & TOK_LOWER && !d->is_caseless) return MARK_NONE;
    return wordset_class(wordset_ready(&landmarks), t);
}

static bool opens_segment(const struct doc *d, uint32_t i)
{
    if (i == 0 || gap(d, i) >= 2) return true;
    const struct token *p = &d->tok[i - 1];
    return p->kind == TOK_MARK &&
           (p->hash == ':' || (p->hash == '.' && (d->tok[i].flags & TOK_SPACE)));
}

/* A comma, bracket, or point that is no abbreviation's: "Hospital San Eloy. Avenida …, 5 (Vizcaya)". */
static bool ends_part(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return t->kind == TOK_MARK && (t->hash == ',' || t->hash == '(' || t->hash == ';' ||
                                   (t->hash == '.' && i && d->tok[i - 1].len > 3));
}

static uint64_t word_at(const struct doc *d, int64_t i)
{
    return i < 0 ? 1 : mix2(d->tok[i].hash, d->tok[i].kind);
}

/* Token i and what stands before it on its line join *l; from the token before i. */
static void line_step(const struct doc *d, uint32_t i, bool all, struct line *l)
{
    if (i >= d->n) return;
    if (d->tok[i].flags & TOK_LINE) {
        *l = (struct line){ .first = word_at(d, i), .above = l->first };
    } else {
        l->place++;
        if (l->since) l->since++;
        if (doc_is_mark(d, (int64_t)i - 1, ':') && i > 1 && !(d->tok[i - 1].flags & TOK_LINE)) {
            l->head = word_at(d, (int64_t)i - 2);
            l->head2 =
                mix2(l->head, (d->tok[i - 2].flags & TOK_LINE) ? 1 : word_at(d, (int64_t)i - 3));
            l->since = 1;
            l->segments = 0;
        }
        l->segments += all && ends_part(d, i - 1);
        uint32_t mark = all ? landmark(d, i - 1) : MARK_NONE;
        if (mark) {
            l->mark = mark;
            l->mark_since = 0;
        }
        l->mark_since++;
    }
    if (!all) return;
    l->segment_since++;
    if (opens_segment(d, i)) {
        l->segment = word_at(d, i);
        l->segment_since = 0;
    }
}

/* The line as it is at token i, looking back at most HEAD_BACK tokens. */
static void line_at(const struct doc *d, uint32_t i, bool all, struct line *l)
{
    uint32_t floor = i > HEAD_BACK ? i - HEAD_BACK : 0, j = i;
    *l = (struct line){ .place = HEAD_BACK };
    while (j > floor && !(d->tok[j].flags & TOK_LINE)) {
        j--;
        /* without what stands further left, the nearest colon is enough */
        if (!all && doc_is_mark(d, j, ':') && j > 0) break;
    }
    if (all && j > floor && (d->tok[j].flags & TOK_LINE)) {
        uint32_t k = j - 1;
        while (k > floor && !(d->tok[k].flags & TOK_LINE))
            k--;
        if (d->tok[k].flags & TOK_LINE) l->first = word_at(d, k); /* becomes `above` */
    }
    if (!all && !(d->tok[j].flags & TOK_LINE) && !doc_is_mark(d, j, ':'))
        return; /* no colon near */
    for (; j <= i; j++)
        line_step(d, j, all, l);
}

static uint32_t bucket(uint32_t n)
{
    return n < 6 ? n : n < 9 ? 6 : n < 14 ? 7 : n < 24 ? 8 : 9;
}

static uint32_t log_bucket(uint32_t n)
{
    return n ? 32 - (uint32_t)__builtin_clz(n) : 0;
}

/* ------------------------------------------------------------------ the document */

static bool is_seen_word(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return t->kind == TOK_WORD && t->len >= 3 && ((t->flags & TOK_CAP) || d->is_caseless) &&
           d->lex[i]->word < 6;
}

static uint32_t seen_slot(const struct tag_seen *s, uint64_t word)
{
    uint32_t i = (uint32_t)(word >> 30) & (s->slots - 1);
    while (s->slot[i].word && s->slot[i].word != word)
        i = (i + 1) & (s->slots - 1);
    return i;
}

static void seen_add(struct tag_seen *s, uint64_t word, uint32_t at)
{
    uint32_t i = seen_slot(s, word);
    if (!s->slot[i].word) {
        if (s->n == s->slots / 2) return;
        s->n++;
        s->slot[i].word = word;
        s->slot[i].first = at + 1;
    } else if (!s->slot[i].second) {
        s->slot[i].second = at + 1;
    }
}

/* Another place of the word at i: its token, or -1. */
static int64_t elsewhere(const struct tag_text *t, uint32_t i)
{
    if (!t->seen || !is_seen_word(t->d, i)) return -1;
    uint32_t k = seen_slot(t->seen, t->d->tok[i].hash);
    uint32_t other = t->seen->slot[k].first;
    if (other == i + 1) other = t->seen->slot[k].second;
    return (int64_t)other - 1;
}

/* "Hospital Universitario 12 de Octubre": a day without a year behind the head of a house's name is no date. */
static bool names_a_house(const struct doc *d, uint32_t first, uint32_t end)
{
    enum { FAR = 3 };
    for (uint32_t i = first; i < d->n && d->tok[i].start < end; i++)
        if (d->tok[i].kind == TOK_NUMBER && d->tok[i].len > 2) return false;
    for (uint32_t i = first, n = 0; n < FAR && i > 0 && !(d->tok[i].flags & TOK_LINE); n++) {
        if (landmark(d, --i) & MARK_PLACE) return true;
        if (d->tok[i].flags & TOK_LOWER) return false;
    }
    return false;
}

err tag_text_prepare(struct tag_text *t, const struct doc *d, const struct findings *rules,
                     uint64_t templates, bool hot_only)
{
    *t = (struct tag_text){ .d = d, .templates = templates };
    if (rules && rules->n) {
        uint8_t *hit = arena_alloc(d->arena, d->n + 1);
        if (!hit) return ERR_MEMORY;
        memset(hit, 0, d->n + 1);
        for (uint32_t k = 0; k < rules->n; k++) {
            const struct finding *x = &rules->v[k];
            uint32_t i = taken_token_at(d, x->start);
            if ((templates & SET(LANDMARK)) && x->label == LABEL_DATE &&
                names_a_house(d, i, x->end))
                continue;
            uint8_t code = (uint8_t)(1 + x->label + (x->score < 0.75F ? TAG_HIT_UNSURE : 0) +
                                     (x->source == SOURCE_KNOWN ? TAG_HIT_KNOWN : 0));
            for (; i < d->n && d->tok[i].start < x->end; i++) {
                hit[i] = code | (hit[i] & TAG_HIT_KNOWN); /* a rule may have found it too */
                code |= 0x80;
            }
        }
        t->hit = hit;
    }
    if (templates & (SET(ELSEWHERE) | SET(AFAR_AHEAD))) {
        uint32_t slots = 16;
        while (slots < 2 * MIN(hot_only ? d->hot.n : d->n, SEEN_MAX))
            slots *= 2;
        size_t size = sizeof *t->seen + slots * sizeof t->seen->slot[0];
        t->seen = arena_alloc(d->arena, size);
        if (!t->seen) return ERR_MEMORY;
        memset(t->seen, 0, size);
        t->seen->slots = slots;
        for (uint32_t k = 0; k < (hot_only ? d->hot.n : d->n); k++) {
            uint32_t i = hot_only ? d->hot.v[k] : k;
            if (is_seen_word(d, i)) seen_add(t->seen, d->tok[i].hash, i);
        }
    }
    return OK;
}

/* ------------------------------------------------------------------ the templates */

struct at { /* all that the templates of a token see */
    const struct tag_text *t;
    uint32_t i;
    const struct attr *a; /* a[-REACH] … a[REACH] */
    const struct line *line;
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
    int64_t j = elsewhere(x->t, x->i);
    if (j < 0) return 0;
    if (before) return mix2(word_at(x->t->d, j - 1), hit_at(x->t, j));
    struct line l;
    line_at(x->t->d, (uint32_t)j, false, &l);
    return mix2(l.head + 1, l.since && l.since < 6);
}

/* A number or a word of a kind that Spanish knows: what it is of stands further off. Other words may be names, which
 * stand elsewhere too. */
static bool is_of_something(const struct at *x)
{
    return (x->t->templates & SET(AFAR)) &&
           (x->a[0].lex & OF_SPANISH || x->t->d->tok[x->i].kind == TOK_NUMBER);
}

static uint64_t beside(const struct at *x, uint64_t afar)
{
    return afar ? mix2(afar, mix2(x->a[0].lex, x->a[0].shape)) : 0;
}

static uint64_t afar(const struct at *x)
{
    if (is_of_something(x)) return beside(x, tag_spanish_left(x->t->d, x->i));
    const int64_t j = elsewhere(x->t, x->i);
    if (j < 0) return 0;
    struct line there;
    line_at(x->t->d, (uint32_t)j, false, &there);
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
        if ((*mark = landmark(d, i + k))) return mix2(*mark, bucket(k));
    *mark = MARK_NONE;
    return 0;
}

static uint64_t shapes(const struct attr *a, int from, int to)
{
    uint64_t s = 0;
    for (int k = from; k <= to; k++)
        s = s << 8 | a[k].shape;
    return s + 1;
}

static uint64_t affix(uint64_t bytes, uint32_t have, uint32_t n)
{
    return have < n ? 0 : (bytes & (UINT64_MAX >> (64 - 8 * n))) + ((uint64_t)n << 40);
}

static inline __attribute__((always_inline)) uint64_t value_of(enum tag_template k, struct at *x)
{
    const struct attr *a = x->a;
    const struct line *l = x->line;
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
    case TAG_T_SHAPE: return shapes(a, 0, 0);
    case TAG_T_SHAPE3: return shapes(a, -1, 1);
    case TAG_T_SHAPE5: return shapes(a, -2, 2);
    case TAG_T_SHAPE7: return shapes(a, -3, 3);
    case TAG_T_SHAPE_LEFT: return shapes(a, -3, 0);
    case TAG_T_SHAPE_RIGHT: return shapes(a, 0, 3);
    case TAG_T_LEX: return a[0].lex + 1;
    case TAG_T_LEX_BEFORE: return a[-1].lex + 1;
    case TAG_T_LEX_AFTER: return a[1].lex + 1;
    case TAG_T_LEX_PAIR_BEFORE: return mix2(a[-1].lex, a[0].lex);
    case TAG_T_LEX_PAIR_AFTER: return mix2(a[0].lex, a[1].lex);
    case TAG_T_LEX_SHAPE: return mix2(a[0].lex, shapes(a, -1, 1));
    case TAG_T_RANKS: return mix2(a[0].ranks, a[0].shape);
    case TAG_T_RANKS_BEFORE: return mix2(a[-1].ranks, a[0].ranks);
    case TAG_T_RANKS_AFTER: return mix2(a[0].ranks, a[1].ranks);
    case TAG_T_PHRASE: return phrase_here(x->t->d, x->i);
    case TAG_T_HEAD: return l->head2;
    case TAG_T_HEAD_NEAR: return l->head ? mix2(l->head, bucket(l->since)) : 0;
    case TAG_T_HEAD_SHAPE: return l->head ? mix2(l->head, shapes(a, -1, 1)) : 0;
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
    case TAG_T_GAPS: {
        uint64_t s = 1;
        for (int at = -2; at <= 3; at++)
            s = s << 2 | gap(x->t->d, (int64_t)x->i + at);
        return s;
    }
    case TAG_T_LINE_ABOVE: return l->place < 6 ? mix2(l->above, bucket(l->place)) : 0;
    case TAG_T_SEGMENT: return l->segment;
    case TAG_T_SEGMENT_PLACE: return l->segment ? mix2(l->segment, bucket(l->segment_since)) : 0;
    case TAG_T_LANDMARK: return l->mark ? mix2(l->mark, bucket(l->mark_since)) : 0;
    case TAG_T_LANDMARK_W: return l->mark ? mix2(l->mark, a[0].w) : 0;
    case TAG_T_LANDMARK_SHAPE: return l->mark ? mix2(l->mark, shapes(a, -1, 1)) : 0;
    case TAG_T_LINE_LEFT: {
        uint32_t left = 1;
        while (left < 8 && gap(x->t->d, (int64_t)x->i + left) != 3)
            left++;
        return left;
    }
    case TAG_T_LANDMARK_AHEAD: return landmark_ahead(x->t->d, x->i, &x->mark_ahead);
    case TAG_T_LANDMARKS_SHAPE:
        return l->mark || x->mark_ahead ? mix2(l->mark << 8 | x->mark_ahead, shapes(a, -1, 1)) : 0;
    case TAG_T_SEGMENT_NUMBER: return l->head ? mix2(l->head2, mix2(l->segments, a[0].shape)) : 0;
    case TAG_T_AFAR: return afar(x);
    case TAG_TEMPLATES: break;
    }
    return 0;
}

static inline uint64_t key_of(enum tag_template k, uint64_t value)
{
    return value ? hash_mix(value, ((uint64_t)k + 1) * UINT64_C(0xA24BAED4963EE407)) | 1 : 0;
}

static const uint64_t NEEDS_LINE = SET(LINE_FIRST) | SET(LINE_PLACE) | SET(LINE_ABOVE) |
                                   SET(SEGMENT) | SET(SEGMENT_PLACE) | SET(LANDMARK) |
                                   SET(LANDMARK_W) | SET(LANDMARK_SHAPE);
static const uint64_t NEEDS_AROUND =
    SET(WORD_LEFT) | SET(WORD_RIGHT) | SET(WORDS_LEFT) | SET(WORDS_RIGHT) | SET(LEX_LEFT);

void tag_features(const struct tag_text *t, uint32_t first, uint32_t last, uint64_t *out)
{
    FILLED_LATER struct attr ring[2 * REACH + 1];
    struct line line;
    bool all = (t->templates & NEEDS_LINE) != 0, around = (t->templates & NEEDS_AROUND) != 0;
    line_at(t->d, first, all, &line);
    for (int k = -REACH; k < REACH; k++)
        describe(t, (int64_t)first + k, &ring[k + REACH + 1]);
    for (uint32_t i = first; i <= last; i++, out += TAG_TEMPLATES) {
        memmove(ring, ring + 1, 2 * REACH * sizeof ring[0]);
        describe(t, (int64_t)i + REACH, &ring[2 * REACH]);
        struct at x = { .t = t, .i = i, .a = ring + REACH, .line = &line };
        if (around) words_around(&x);
        uint64_t *at = out;
        /* one straight line: which templates there are is the same for every token */
#define X(name)                                                                                    \
    if (t->templates & SET(name)) *at++ = key_of(TAG_T_##name, value_of(TAG_T_##name, &x));
        TAG_TEMPLATE_MAP(X)
#undef X
        line_step(t->d, i + 1, all, &line);
    }
}
