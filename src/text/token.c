/* text/token.c — one pass over the bytes; letters, digits and the rest told apart by a table.
 *
 * The word hash is taken over the folded letters in 8-byte little-endian chunks, the last padded
 * with zeros, so that a short ASCII word costs one load, one OR (lower case) and one
 * multiplication. */
#include "text/token.h"

#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/hash.h"
#include "text/utf8.h"

enum { RUN_MAX = UINT16_MAX };
enum { C_MARK, C_ALPHA, C_DIGIT, C_SPACE, C_LINE, C_HIGH };

#define A C_ALPHA
#define D C_DIGIT
#define S C_SPACE
#define L C_LINE
#define H C_HIGH
/* clang-format off */
static const uint8_t class_of[256] = {
    S, S, S, S, S, S, S, S, S, S, L, L, L, L, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
    0, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, 0, 0, 0, 0, 0,
    0, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, 0, 0, 0, 0, S,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
};
/* clang-format on */
#undef A
#undef D
#undef S
#undef L
#undef H

static const uint64_t HASH_START = UINT64_C(0xC04D0A5EED000001);

static uint64_t load_le(const char *p, size_t n)
{
    uint64_t x = 0;
    memcpy(&x, p, n);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}

/* Letters only, so OR 0x20 is lower case. `room`: bytes that may be read from p, at least n. */
static inline uint64_t hash_ascii(const char *p, size_t n, size_t room)
{
    const uint64_t lower = UINT64_C(0x2020202020202020);
    uint64_t h = HASH_START + n;
    while (n >= 8) {
        h = hash_mix(h, load_le(p, 8) | lower);
        p += 8, n -= 8, room -= 8;
    }
    if (n) {
        uint64_t keep = (UINT64_C(1) << (8 * n)) - 1;
        uint64_t x = room >= 8 ? load_le(p, 8) : load_le(p, n);
        h = hash_mix(h, (x | lower) & keep);
    }
    return h;
}

/* Letters that canonical decomposition leaves alone but that people type without their stroke. */
static const char *plain_letter(uint32_t cp)
{
    switch (cp) {
    case 0xE6: return "ae";
    case 0xF0: return "d";
    case 0xF8: return "o";
    case 0xFE: return "th";
    case 0x111: return "d";
    case 0x127: return "h";
    case 0x131: return "i";
    case 0x142: return "l";
    case 0x153: return "oe";
    default: return NULL;
    }
}

struct folder { /* feeds folded bytes to the hash, 8 at a time */
    uint64_t h;
    char part[8];
    size_t n_part, n;
};

static void folder_put(struct folder *f, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        f->part[f->n_part++] = p[i];
        if (f->n_part == 8) {
            f->h = hash_mix(f->h, load_le(f->part, 8));
            f->n_part = 0;
        }
    }
}

static void folder_char(struct folder *f, uint32_t cp, bool count_only)
{
    utf8proc_int32_t out[8];
    int last = 0;
    utf8proc_ssize_t k = utf8proc_decompose_char(
        (utf8proc_int32_t)cp, out, 8,
        UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_STABLE, &last);
    for (utf8proc_ssize_t i = 0; i < k && i < 8; i++) {
        const char *plain = plain_letter((uint32_t)out[i]);
        char bytes[4];
        size_t n = plain ? strlen(plain) : utf8_put((uint32_t)out[i], bytes);
        if (count_only)
            f->n += n;
        else
            folder_put(f, plain ? plain : bytes, n);
    }
}

/* Any letters: the same hash as hash_ascii over the folded bytes. */
static uint64_t hash_any(view word)
{
    struct folder f = { .n = 0 };
    for (size_t pos = 0; pos < word.n;)
        folder_char(&f, utf8_next(word, &pos), true);
    f.h = HASH_START + f.n;
    for (size_t pos = 0; pos < word.n;)
        folder_char(&f, utf8_next(word, &pos), false);
    if (f.n_part) f.h = hash_mix(f.h, load_le(f.part, f.n_part));
    return f.h;
}

uint64_t token_hash_word(view word)
{
    for (size_t i = 0; i < word.n; i++)
        if (class_of[(uint8_t)word.p[i]] != C_ALPHA) return hash_any(word);
    return hash_ascii(word.p, word.n, word.n);
}

static bool is_letter(uint32_t cp)
{
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return true;
    default: return false;
    }
}

/* A word with letters beyond ASCII: from `at` to the end of its run; returns the end. */
static size_t word_wide(view text, size_t at, struct token *t)
{
    size_t pos = at;
    bool upper = false, lower = false, first_upper = false;
    while (pos < text.n && pos - at < RUN_MAX - 4) {
        size_t next = pos;
        uint32_t cp = utf8_next(text, &next);
        if (cp < 0x80 ? class_of[cp] != C_ALPHA : !is_letter(cp)) break;
        utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
        if (c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT) {
            upper = true;
            if (pos == at) first_upper = true;
        } else if (c == UTF8PROC_CATEGORY_LL) {
            lower = true;
        }
        pos = next;
    }
    t->kind = TOK_WORD;
    t->flags |= TOK_WIDE | (first_upper ? TOK_CAP : 0) | (upper && !lower ? TOK_UPPER : 0) |
                (lower && !upper ? TOK_LOWER : 0);
    t->hash = hash_any(view_sub(text, at, pos));
    return pos;
}

#ifdef __SSE2__
/* The whole word within 16 bytes, as nearly all are: ends and case by comparing 16 bytes at once, so
 * that no branch depends on the word's length. 0 when it is longer, near the text's end or goes on in
 * letters beyond ASCII. */
static inline size_t word_short(view text, size_t at, struct token *t)
{
    if (text.n - at < 16) return 0;
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text.p + at));
    __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
    /* signed compares: bytes over 0x7F are negative and fall below 'a' */
    __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
                                   _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
    uint32_t not_letter = ~(uint32_t)_mm_movemask_epi8(letter) & 0xFFFF;
    if (!not_letter) return 0;
    uint32_t n = (uint32_t)__builtin_ctz(not_letter);
    if (UNLIKELY((uint8_t)text.p[at + n] >= 0x80)) return 0;
    uint32_t in_word = (1U << n) - 1;
    __m128i small = _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8(0x20));
    uint32_t lower = (uint32_t)_mm_movemask_epi8(small) & in_word, upper = ~lower & in_word;
    t->kind = TOK_WORD;
    t->flags |= (upper & 1 ? TOK_CAP : 0) | (lower ? 0 : TOK_UPPER) | (upper ? 0 : TOK_LOWER);
    t->hash = hash_ascii(text.p + at, n, text.n - at);
    return at + n;
}
#else
static inline size_t word_short(view text, size_t at, struct token *t)
{
    (void)text, (void)at, (void)t;
    return 0;
}
#endif

static size_t word_ascii(view text, size_t at, struct token *t)
{
    size_t end = word_short(text, at, t);
    if (LIKELY(end)) return end;
    const uint8_t *p = (const uint8_t *)text.p;
    size_t i = at, stop = MIN(text.n, at + RUN_MAX);
    uint8_t any_lower = 0, any_upper = 0;
    for (; i < stop && class_of[p[i]] == C_ALPHA; i++) {
        any_lower |= p[i];
        any_upper |= (uint8_t)~p[i];
    }
    if (UNLIKELY(i < text.n && class_of[p[i]] == C_HIGH)) {
        size_t next = i;
        if (is_letter(utf8_next(text, &next))) return word_wide(text, at, t);
    }
    t->kind = TOK_WORD;
    t->flags |= (p[at] & 0x20 ? 0 : TOK_CAP) | (any_lower & 0x20 ? 0 : TOK_UPPER) |
                (any_upper & 0x20 ? 0 : TOK_LOWER);
    t->hash = hash_ascii(text.p + at, i - at, text.n - at);
    return i;
}

static size_t number(view text, size_t at, struct token *t)
{
    size_t i = at, stop = MIN(text.n, at + RUN_MAX);
    uint64_t x = 0;
    for (; i < stop && ascii_is_digit(text.p[i]); i++)
        x = x * 10 + (uint64_t)(text.p[i] - '0');
    t->kind = TOK_NUMBER;
    t->hash = i - at > 18 ? UINT64_MAX : x;
    return i;
}

static err grow(struct arena *a, struct tokens *out, uint32_t *cap)
{
    size_t want = (size_t)*cap * 2;
    if (want > UINT32_MAX) return ERR_LIMIT;
    struct token *v = arena_array(a, want, sizeof *v);
    if (!v) return ERR_MEMORY;
    memcpy(v, out->v, out->n * sizeof *v);
    out->v = v;
    *cap = (uint32_t)want;
    return OK;
}

err token_split(view text, struct arena *a, struct tokens *out)
{
    if (text.n >= UINT32_MAX) return ERR_LIMIT;
    uint32_t cap = (uint32_t)(text.n / 4 + 16); /* prose has a token every five to six bytes */
    struct tokens r = { .v = arena_array(a, cap, sizeof(struct token)) };
    if (!r.v) return ERR_MEMORY;
    uint8_t gap = TOK_SPACE | TOK_LINE | TOK_PARA;
    int lines = 0; /* line feeds since the last token */
    size_t i = 0;
    while (i < text.n) {
        uint8_t c = class_of[(uint8_t)text.p[i]];
        if (c == C_SPACE || c == C_LINE) {
            gap |= TOK_SPACE;
            /* "\r\n" is one line end; a lone "\r" is one too */
            if (c == C_LINE && !(text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')) {
                gap |= lines++ ? TOK_LINE | TOK_PARA : TOK_LINE;
            }
            i++;
            continue;
        }
        if (UNLIKELY(r.n == cap)) {
            err e = grow(a, &r, &cap);
            if (e) return e;
        }
        struct token *t = &r.v[r.n++];
        *t = (struct token){ .start = (uint32_t)i, .flags = gap };
        size_t end;
        if (c == C_ALPHA) {
            end = word_ascii(text, i, t);
        } else if (c == C_DIGIT) {
            end = number(text, i, t);
        } else {
            end = i;
            uint32_t cp = utf8_next(text, &end);
            if (cp >= 0x80 && is_letter(cp)) {
                end = word_wide(text, i, t);
            } else {
                t->kind = TOK_MARK;
                t->hash = cp;
                if (cp >= 0x80) t->flags |= TOK_WIDE;
            }
        }
        t->len = (uint16_t)(end - i);
        bool word = t->kind == TOK_WORD && t->len > 1;
        r.words += word;
        r.capitals += word && !(t->flags & TOK_LOWER);
        i = end;
        gap = 0;
        lines = 0;
    }
    *out = r;
    return OK;
}
