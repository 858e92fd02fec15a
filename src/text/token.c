/* text/token.c — blocks of 64 bytes: what each byte is as a bit, so that runs are cut by bit scans.
 *
 * A block begins where a token or a gap does. Tokens that end inside it, before its first byte over
 * 0x7F, are taken from the bits; the others one by one (token_one.c), after which a new block begins. */
#include "text/token_one.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    BLOCK = 64,
    NEAR =
        BLOCK +
        16, /* bytes that may be read at a block, so that a word is hashed without a look at its end */
    FIRST_MAX = 1 << 16 /* tokens that a text gets room for unseen */
};
struct block {                    /* bit i: byte i of the block */
    uint64_t alpha, digit, space; /* space: every white space, line ends too */
    uint64_t line, high, small;   /* small: bit 5 is set, lower case in letters */
    /* what a token that begins at byte i is by this byte and the one before it: its kind, and its flags */
    uint8_t kind[BLOCK], flags[BLOCK];
};

#ifdef __SSE2__
static inline __m128i between(__m128i v, char first, char last)
{ /* signed compares: bytes over 0x7F are negative and never between */
    return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(first - 1))),
                         _mm_cmplt_epi8(v, _mm_set1_epi8((char)(last + 1))));
}

static inline uint64_t bits(__m128i v, unsigned at)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(v) << at;
}

static inline void put(uint8_t *to, __m128i v)
{
    _mm_storeu_si128((__m128i *)(void *)to, v);
}

static inline void block_read(const char *p, struct block *b)
{
    const __m128i bit5 = _mm_set1_epi8(0x20);
    b->alpha = b->digit = b->space = b->line = b->high = b->small = 0;
    __m128i before = _mm_setzero_si128();
    for (unsigned i = 0; i < BLOCK; i += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        const __m128i alpha = between(_mm_or_si128(v, bit5), 'a', 'z'),
                      digit = between(v, '0', '9');
        /* 0 … 32: one more is 1 … 33, and no byte over 0x7F is among them */
        const __m128i space = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, bit5), v),
                                           _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
        b->alpha |= bits(alpha, i);
        b->digit |= bits(digit, i);
        b->space |= bits(space, i);
        b->line |= bits(between(v, '\n', '\r'), i);
        b->high |= bits(v, i);
        b->small |= bits(_mm_slli_epi16(v, 2), i);
        /* a mark, less one for a digit and two for a letter */
        put(b->kind + i,
            _mm_add_epi8(_mm_add_epi8(_mm_set1_epi8(TOK_MARK), digit), _mm_add_epi8(alpha, alpha)));
        const __m128i letters =
            _mm_andnot_si128(_mm_srli_epi16(_mm_and_si128(v, bit5), 2),
                             _mm_and_si128(alpha, _mm_set1_epi8((char)(TOK_LETTERS | TOK_CAP))));
        const __m128i spaced = _mm_or_si128(_mm_slli_si128(space, 1), _mm_srli_si128(before, 15));
        put(b->flags + i, _mm_or_si128(letters, _mm_and_si128(spaced, _mm_set1_epi8(TOK_SPACE))));
        before = space;
    }
}
_Static_assert(TOK_MARK - 1 == TOK_NUMBER && TOK_MARK - 2 == TOK_WORD && TOK_CAP == 0x20 >> 2,
               "kinds and flags of a block are computed");
#else
static inline void block_read(const char *p, struct block *b)
{
    *b = (struct block){ 0 };
    for (unsigned i = 0; i < BLOCK; i++) {
        uint64_t bit = UINT64_C(1) << i;
        uint8_t c = token_class[(uint8_t)p[i]];
        b->alpha |= c == C_ALPHA ? bit : 0;
        b->digit |= c == C_DIGIT ? bit : 0;
        b->space |= c == C_SPACE || c == C_LINE ? bit : 0;
        b->line |= c == C_LINE ? bit : 0;
        b->high |= c == C_HIGH ? bit : 0;
        b->small |= p[i] & 0x20 ? bit : 0;
        b->kind[i] = c == C_ALPHA ? TOK_WORD : c == C_DIGIT ? TOK_NUMBER : TOK_MARK;
        b->flags[i] = (c == C_ALPHA ? TOK_LETTERS : 0) |
                      (c == C_ALPHA && !(p[i] & 0x20) ? TOK_CAP : 0) |
                      (b->space << 1 & bit ? TOK_SPACE : 0);
    }
}
#endif

struct splitter {
    view text;
    struct arena *arena;
    struct tokens out;
    uint32_t cap;
    bool has_grown;
    uint8_t gap; /* flags of the white space since the last token */
    int lines;   /* line ends since the last token */
};

/* Room for `n` more, `at` bytes into the text. What was too small stays behind in the arena, so it
 * happens twice at most: the first time the rest is taken to be as dense as what was seen, and after
 * that to have a token at every byte. */
static err grow(struct splitter *s, size_t at, uint32_t n)
{
    if (LIKELY(s->cap - s->out.n >= n)) return OK;
    const size_t have = s->out.n, left = s->text.n - at, max = token_max(s->text.n);
    if (have + n > max + BLOCK + 1) return ERR_LIMIT;
    size_t want = have + left;
    if (!s->has_grown) want = MIN(want, have + have * left / at + have / 8);
    want = MIN(want, max) + n;
    struct token *v = arena_array(s->arena, want, sizeof *v);
    if (!v) return ERR_MEMORY;
    memcpy(v, s->out.v, have * sizeof *v);
    s->out.v = v;
    s->cap = (uint32_t)want;
    s->has_grown = true;
    return OK;
}

/* Line ends among the white space [from, to). "\r\n" is one; a lone "\r" is one too. */
static void count_lines(struct splitter *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        char c = s->text.p[i];
        if (token_class[(uint8_t)c] != C_LINE) continue;
        if (c == '\r' && i + 1 < s->text.n && s->text.p[i + 1] == '\n') continue;
        s->gap |= s->lines++ ? TOK_LINE | TOK_PARA : TOK_LINE;
    }
}

static inline uint64_t below(unsigned n)
{
    return n >= BLOCK ? UINT64_MAX : (UINT64_C(1) << n) - 1;
}

static inline unsigned first_bit(uint64_t x)
{
    return x ? (unsigned)__builtin_ctzll(x) : BLOCK;
}

static inline uint64_t number_value(const char *p, unsigned n)
{
    uint64_t x = 0;
    for (unsigned i = 0; i < n; i++)
        x = x * 10 + (uint64_t)(p[i] - '0');
    return n > 18 ? UINT64_MAX : x;
}

/* hash_ascii of a word of at most 15 letters when 16 bytes can be read from p. */
static inline uint64_t hash_near(const char *p, unsigned n)
{
    static const uint64_t keep[9] = {
        0,          0xFF,         0xFFFF,         0xFFFFFF,
        0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF,
        UINT64_MAX,
    };
    const uint64_t lower = UINT64_C(0x2020202020202020);
    uint64_t h = TOKEN_HASH_START + n, x = load_le(p, 8) | lower;
    if (n <= 8) return hash_mix(h, x & keep[n]);
    return hash_mix(hash_mix(h, x), (load_le(p + 8, 8) | lower) & keep[n - 8]);
}

static inline uint32_t count_bits(uint64_t x)
{ /* popcnt is no instruction of every x86-64 */
    const uint64_t fives = UINT64_C(0x5555555555555555), threes = UINT64_C(0x3333333333333333);
    x -= (x >> 1) & fives;
    x = (x & threes) + ((x >> 2) & threes);
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)((x * UINT64_C(0x0101010101010101)) >> 56);
}

/* Counts the words of two letters and more that begin at `starts`, and those with a capital letter: a bit
 * added where a word begins is carried over its small letters and ends on the first capital one, if any. */
static inline void count_words(struct splitter *s, const struct block *b, uint64_t starts)
{
    const uint64_t words = starts & b->alpha & (b->alpha >> 1), capital = b->alpha & ~b->small;
    s->out.words += count_bits(words);
    s->out.capitals += count_bits((words + (b->alpha & b->small)) & capital);
}

/* Takes the tokens of the block at `at` that end inside it; `n` of its bytes, which are at p, are text, and
 * NEAR can be read. Returns how many bytes are done: 0 when it begins with a token that does not end inside.
 * What kind the next token is can't be guessed, so that words and marks go the same way. */
static inline unsigned take_block(struct splitter *s, size_t at, const char *p, unsigned n)
{
    FILLED_LATER struct block b;
    block_read(p, &b);
    const uint64_t alpha = b.alpha, digit = b.digit;
    const uint64_t more =
        (alpha & (alpha << 1)) | (digit & (digit << 1)); /* not the first of a run */
    unsigned end = MIN(n, first_bit(b.high));
    uint64_t starts = ~b.space & ~more & below(end);
    uint64_t ends = (~b.space << 1) & ~more & below(end + 1); /* the bit after each token */
    if (starts) {
        unsigned last = BLOCK - 1 - (unsigned)__builtin_clzll(starts);
        bool is_open =
            end < n && (((alpha | digit) >> (end - 1)) & 1); /* a wide letter may follow */
        if (is_open || (ends >> last >> 1) == 0) {
            starts ^= UINT64_C(1) << last;
            end = last;
        }
    }
    count_words(s, &b, starts);
    /* A bit added where a word begins is carried over its letters as long as they have the same case, and past its
     * last one only if all have: there is the bit after the token. */
    const uint64_t low_case = alpha & b.small, up_case = alpha & ~b.small;
    const uint64_t all_low = ((starts & low_case) + low_case) & ~alpha;
    const uint64_t all_up = ((starts & up_case) + up_case) & ~alpha;
    const uint64_t lines = b.line & below(end);
    unsigned line = first_bit(lines); /* the first that is not counted */
    struct token *const first = &s->out.v[s->out.n], *t = first;
    if (starts) b.flags[__builtin_ctzll(starts)] |= s->gap;
    for (; starts; starts &= starts - 1, ends &= ends - 1) {
        const uint64_t after = ends & (0 - ends);
        const unsigned i = (unsigned)__builtin_ctzll(starts);
        const unsigned len = (unsigned)__builtin_ctzll(ends) - i;
        if (UNLIKELY(line < i)) {
            if (t != first) s->lines = s->gap = 0;
            count_lines(s, t == first ? at : token_end(t - 1), at + i);
            b.flags[i] |= s->gap;
            line = first_bit(lines & ~below(i));
        }
        const uint64_t kind = b.kind[i], mark = (uint8_t)p[i];
        const uint64_t word = (uint64_t)((int64_t)(kind - 1) >> 63);
        uint64_t hash =
            UNLIKELY(len > 15) ? hash_ascii(p + i, len, NEAR - i) : hash_near(p + i, len);
        hash = mark ^ ((mark ^ hash) & word);
        if (UNLIKELY(kind == TOK_NUMBER)) hash = number_value(p + i, len);
        *t++ = (struct token){
            .start = (uint32_t)(at + i),
            .len = (uint16_t)len,
            .kind = (uint8_t)kind,
            .flags = (uint8_t)(b.flags[i] | ((all_up & after) != 0) * TOK_UPPER |
                               ((all_low & after) != 0) * TOK_LOWER),
            .hash = hash,
        };
    }
    unsigned done = 0;
    if (t != first) {
        s->lines = s->gap = 0;
        done = (unsigned)(token_end(t - 1) - at);
    }
    if (done < end) { /* white space alone */
        s->gap |= TOK_SPACE;
        if (lines & ~below(done)) count_lines(s, at + done, at + end);
        done = end;
    }
    s->out.n = (uint32_t)(t - s->out.v);
    return done;
}

static void take_one(struct splitter *s, size_t *at)
{
    struct token *t = &s->out.v[s->out.n++];
    *t = (struct token){ .start = (uint32_t)*at, .flags = s->gap };
    *at = token_one(s->text, *at, t);
    bool is_word = t->kind == TOK_WORD && t->len > 1;
    s->out.words += is_word;
    s->out.capitals += is_word && !(t->flags & TOK_LOWER);
    s->gap = 0;
    s->lines = 0;
}

err token_split(view text, struct arena *a, struct tokens *out)
{
    err e = OK;
    if (text.n >= UINT32_MAX) return ERR_LIMIT;
    struct splitter s = {
        .text = text,
        .arena = a,
        /* prose has a token every five to six bytes */
        .cap = (uint32_t)MIN(text.n / 4, (size_t)FIRST_MAX) + 2 * BLOCK,
        .gap = TOK_SPACE | TOK_LINE | TOK_PARA,
    };
    s.out.v = arena_array(a, s.cap, sizeof(struct token));
    if (!s.out.v) return ERR_MEMORY;
    for (size_t at = 0; at < text.n;) {
        const size_t left = text.n - at;
        TRY(grow(&s, at, BLOCK + 1));
        unsigned done;
        if (LIKELY(left >= NEAR)) {
            done = take_block(&s, at, text.p + at, BLOCK);
        } else {
            char tail[NEAR];
            memset(tail, ' ', sizeof tail);
            memcpy(tail, text.p + at, left);
            done = take_block(&s, at, tail, (unsigned)MIN(left, (size_t)BLOCK));
        }
        at += done;
        if (done == 0) take_one(&s, &at);
    }
    if (s.out.n > token_max(text.n)) TRY(ERR_LIMIT);
    arena_trim(a, s.out.v, s.out.n * sizeof *s.out.v);
    *out = s.out;
out:
    return e;
}
