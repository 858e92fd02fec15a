/* text/token_block.h — what each of 64 bytes is, as a bit, and what a token is that begins there (part of token.c).
 *
 * Sixteen bytes a step with SSE2, one elsewhere; the answers are the same.   Threads: pure.
 */
#pragma once
#include "text/scan.h"
#include "text/token_one.h"

enum { BLOCK = 64 };
struct block {             /* bit i: byte i of the block */
    uint64_t alpha, upper; /* letters, and those in upper case */
    uint64_t digit, line, high;
    uint64_t seen; /* ASCII that is no white space */
    /* what a token that begins at byte i is by this byte and the one before it: its kind (a number's is a
     * mark's so far), and above that its flags, those of a word whose letters have all the case of the first */
    uint16_t as[BLOCK];
};

#ifdef __SSE2__
static inline uint64_t bits(__m128i v, unsigned at)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(v) << at;
}

static inline __m128i only(__m128i v, unsigned bit)
{
    return _mm_and_si128(v, _mm_set1_epi8((char)bit));
}

static inline void block_read(const char *p, struct block *b)
{
    b->alpha = b->upper = b->digit = b->line = b->high = b->seen = 0;
    __m128i before = _mm_set1_epi8(-1);
    for (unsigned i = 0; i < BLOCK; i += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        const __m128i alpha = scan_between(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z');
        const __m128i upper = scan_between(v, 'A', 'Z'), digit = scan_between(v, '0', '9');
        const __m128i seen = scan_between(v, '!', '~');
        b->alpha |= bits(alpha, i);
        b->upper |= bits(upper, i);
        b->digit |= bits(digit, i);
        b->seen |= bits(seen, i);
        b->line |= bits(scan_between(v, '\n', '\r'), i);
        b->high |= bits(v, i);
        const __m128i kind = _mm_andnot_si128(alpha, _mm_set1_epi8(TOK_MARK));
        const __m128i seen_before =
            _mm_or_si128(_mm_slli_si128(seen, 1), _mm_srli_si128(before, 15));
        const __m128i flags =
            _mm_or_si128(_mm_xor_si128(only(alpha, TOK_LETTERS | TOK_LOWER),
                                       only(upper, TOK_CAP | TOK_UPPER | TOK_LOWER)),
                         _mm_andnot_si128(seen_before, _mm_set1_epi8(TOK_SPACE)));
        __m128i *as = (__m128i *)(void *)(b->as + i);
        _mm_storeu_si128(as, _mm_unpacklo_epi8(kind, flags));
        _mm_storeu_si128(as + 1, _mm_unpackhi_epi8(kind, flags));
        before = seen;
    }
}
_Static_assert(TOK_WORD == 0, "a kind is what a letter's bits leave");
#else
static inline void block_read(const char *p, struct block *b)
{
    *b = (struct block){ 0 };
    for (unsigned i = 0; i < BLOCK; i++) {
        const uint64_t bit = UINT64_C(1) << i;
        const uint8_t c = token_class[(uint8_t)p[i]];
        const bool is_upper = c == C_ALPHA && !(p[i] & 0x20);
        b->alpha |= c == C_ALPHA ? bit : 0;
        b->upper |= is_upper ? bit : 0;
        b->digit |= c == C_DIGIT ? bit : 0;
        b->line |= c == C_LINE ? bit : 0;
        b->high |= c == C_HIGH ? bit : 0;
        b->seen |= c == C_ALPHA || c == C_DIGIT || c == C_MARK ? bit : 0;
        const unsigned kind = c == C_ALPHA ? TOK_WORD : TOK_MARK;
        const unsigned flags = (is_upper       ? TOK_LETTERS | TOK_CAP | TOK_UPPER
                                : c == C_ALPHA ? TOK_LETTERS | TOK_LOWER
                                               : 0) |
                               (i && !(b->seen << 1 & bit) ? TOK_SPACE : 0);
        b->as[i] = (uint16_t)(flags << 8 | kind);
    }
}
#endif
