/* text/token.c — blocks of 64 bytes: what each byte is as a bit, so that runs are cut by bit scans.
 *
 * A block begins where a token or a gap does. Tokens that end inside it, before its first byte over
 * 0x7F, are taken from the bits; the others one by one (token_one.c), after which a new block begins. */
#include "text/token_block.h"

enum {
    NEAR = BLOCK +
           16, /* bytes that may be read at a block: a word is hashed without a look at its end */
    FIRST_MAX = 1 << 16 /* tokens that a text gets room for unseen */
};

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

static inline uint64_t number_value(const char *p, uint64_t n)
{
    uint64_t x = 0;
    for (uint64_t i = 0; i < n; i++)
        x = x * 10 + (uint64_t)(p[i] - '0');
    return n > 18 ? UINT64_MAX : x;
}

/* hash_ascii of a word of at most LONG letters, without a branch that could be guessed wrong: all that the length alone
 * decides is in a row of tables. Of each of two factors which bits count, and what flips the case bits, which are not
 * among them, and makes the factor; what the product of the first is started and ended with. A short word's second
 * factor is one, and so is all but the character of a mark, whose row is the last. */
#define LOW(n) (UINT64_MAX >> (64 - 8 * (n)))
#define KEEP(n) (LOW(n) & ~TOKEN_CASE_BITS)
#define FLIP(n) ((LOW(n) & TOKEN_CASE_BITS) ^ HASH_RIGHT)
#define SEED(n) ((TOKEN_HASH_START + (n)) ^ HASH_LEFT)
#define EACH(of) of(1), of(2), of(3), of(4), of(5), of(6), of(7), of(8)
#define EIGHT(x) x, x, x, x, x, x, x, x
enum { LONG = 16, ROWS = LONG + 2 };
static const struct {
    uint64_t keep[ROWS], flip[ROWS], seed[ROWS], end[ROWS], keep_more[ROWS], flip_more[ROWS];
    uint64_t as[2]; /* what stays of a block's `as` for a word of both cases, and of one */
} row = {
    .keep = { 0, EACH(KEEP), EIGHT(KEEP(8)), 0xFF },
    .flip = { 0, EACH(FLIP), EIGHT(FLIP(8)), 0 },
    .seed = { 0, EACH(SEED), SEED(9), SEED(10), SEED(11), SEED(12), SEED(13), SEED(14), SEED(15),
              SEED(16), 1 },
    .end = { 0, EIGHT(0), EIGHT(HASH_LEFT), 0 },
    .keep_more = { 0, EIGHT(0), EACH(KEEP), 0 },
    .flip_more = { 0, EIGHT(1), EACH(FLIP), 1 },
    .as = { 0xFFFF ^ (TOK_UPPER | TOK_LOWER) << 8, 0xFFFF },
};

/* Of a word of at most LONG letters, or of a mark, when 16 bytes can be read at p. */
static inline uint64_t hash_near(const char *p, uint64_t n, uint64_t kind)
{
    const uint64_t r = n + LONG / TOK_MARK * kind;
    const uint64_t h = hash_product(row.seed[r], (load_le(p, 8) & row.keep[r]) ^ row.flip[r]);
    return hash_product(h ^ row.end[r], (load_le(p + 8, 8) & row.keep_more[r]) ^ row.flip_more[r]);
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
    const uint64_t words = starts & b->alpha & (b->alpha >> 1);
    s->out.words += count_bits(words);
    s->out.capitals += count_bits((words + (b->alpha & ~b->upper)) & b->upper);
}

/* Where LONG letters in a row and one more begin. */
static inline uint64_t longer_runs(uint64_t alpha)
{
    const uint64_t two = alpha & alpha >> 1, four = two & two >> 2, eight = four & four >> 4;
    return eight & eight >> 8 & alpha >> LONG;
}

/* All of a token but its hash, in one store. */
static inline void put_head(struct token *t, uint64_t start, uint64_t len, uint64_t as)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t head = start | len << 32 | as << 48;
    memcpy(t, &head, sizeof head);
#else
    t->start = (uint32_t)start;
    t->len = (uint16_t)len;
    t->kind = (uint8_t)as;
    t->flags = (uint8_t)(as >> 8);
#endif
}
_Static_assert(offsetof(struct token, len) == 4 && offsetof(struct token, kind) == 6 &&
                   offsetof(struct token, flags) == 7 && offsetof(struct token, hash) == 8,
               "a head is eight bytes");

/* What is seldom true of the token of `len` bytes at p, which begins the block's byte i: a number, a very long word, or
 * the first of a line, the token before it ending at `from` of the text. Returns its hash. */
static __attribute__((noinline)) uint64_t take_rare(struct splitter *s, struct block *b,
                                                    const char *p, unsigned i, uint64_t len,
                                                    bool is_first, size_t from, size_t at)
{
    if ((~b->seen + b->line) >> i & 1) {
        if (!is_first) s->lines = s->gap = 0;
        count_lines(s, from, at);
        b->as[i] |= (uint16_t)(s->gap << 8);
    }
    if (b->digit >> i & 1) {
        b->as[i] ^= TOK_MARK ^ TOK_NUMBER;
        return number_value(p, len);
    }
    return len > LONG ? hash_ascii(p, len, NEAR - i) : hash_near(p, len, (uint8_t)b->as[i]);
}

/* Takes the tokens of the block at `at` that end inside it; `n` of its bytes, which are at p, are text, and
 * NEAR can be read: white space behind the text. Returns how many bytes are done: 0 when it begins with a token that
 * does not end inside. What kind the next token is can't be guessed, so that words and marks go the same way. */
static inline unsigned take_block(struct splitter *s, size_t at, const char *p, unsigned n)
{
    FILLED_LATER struct block b;
    block_read(p, &b);
    const uint64_t alpha = b.alpha, digit = b.digit;
    const uint64_t more =
        (alpha & (alpha << 1)) | (digit & (digit << 1)); /* not the first of a run */
    const uint64_t ends = (b.seen << 1) & ~more;         /* the bit after each token */
    uint64_t starts = b.seen & ~more & (b.high - 1) & ~b.high;
    unsigned end = MIN(n, first_bit(b.high));
    /* what may go on behind them: any at the end of the block, a run before a wide letter */
    const uint64_t open = end == BLOCK ? b.seen : end < n ? alpha | digit : 0;
    if (starts && open >> (end - 1) & 1) {
        end = BLOCK - 1 - (unsigned)__builtin_clzll(starts);
        starts ^= UINT64_C(1) << end;
    }
    count_words(s, &b, starts);
    /* A bit added where a word begins is carried over its letters as long as they have the same case, and past its
     * last one only if all have: there is the bit after the token. In the same way one for a line end is carried
     * over the white space to the token behind it. */
    const uint64_t low_case = alpha & ~b.upper;
    const uint64_t one_case =
        (((starts & low_case) + low_case) | ((starts & b.upper) + b.upper)) & ~alpha;
    const uint64_t lined = (~b.seen + b.line) & b.seen;
    const uint64_t rare = lined | digit | longer_runs(alpha);
    struct token *const first = &s->out.v[s->out.n], *t = first;
    if (UNLIKELY(s->gap) && starts) b.as[__builtin_ctzll(starts)] |= (uint16_t)(s->gap << 8);
    for (uint64_t behind = ends; starts; starts &= starts - 1, behind &= behind - 1, t++) {
        const unsigned i = (unsigned)__builtin_ctzll(starts),
                       after = (unsigned)__builtin_ctzll(behind);
        const uint64_t len = after - i;
        if (UNLIKELY(rare >> i & 1))
            t->hash = take_rare(s, &b, p + i, i, len, t == first,
                                t == first ? at : token_end(t - 1), at + i);
        else
            t->hash = hash_near(p + i, len, (uint8_t)b.as[i]);
        put_head(t, at + i, len, b.as[i] & row.as[one_case >> after & 1]);
    }
    if (t != first) s->lines = s->gap = 0;
    if (end && !(b.seen >> (end - 1) & 1)) { /* white space behind the last */
        s->gap |= TOK_SPACE;
        if (b.line & below(end)) count_lines(s, t == first ? at : token_end(t - 1), at + end);
    }
    s->out.n = (uint32_t)(t - s->out.v);
    return end;
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
        char tail[NEAR] FILLED_LATER;
        const char *p = text.p + at;
        if (UNLIKELY(left < NEAR)) {
            memset(tail, ' ', sizeof tail);
            p = memcpy(tail, p, left);
        }
        const unsigned done = take_block(&s, at, p, (unsigned)MIN(left, (size_t)BLOCK));
        at += done;
        if (done == 0) take_one(&s, &at);
    }
    if (s.out.n > token_max(text.n)) TRY(ERR_LIMIT);
    arena_give_back(a, s.out.v, s.out.n * sizeof *s.out.v);
    *out = s.out;
out:
    return e;
}
