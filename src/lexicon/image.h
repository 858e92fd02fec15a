/* lexicon/image.h — the lexicon as bytes: drawn here so that it could be written again from it.
 *
 * Written by tools/lexicon/lexbuild.c, read in place by lexicon.c and phrases.c. Numbers are in the byte order of
 * the machine it is for (`order` tells); every part begins at a multiple of 64.
 *
 *      struct lex_header                       64 bytes
 *      infos    n_infos   × struct lex_info    16 bytes each; infos[0] is all zeros: "unknown"
 *      top      n_top     × struct lex_slot    the words of which most of running text is made
 *      hot      n_hot     × struct lex_slot    those of which nearly all of it is
 *      nodes    n_nodes   × uint32_t           nodes[0] unused
 *      phrases  n_phrases × struct lex_slot
 *      filter   LEX_FILTER_BITS bits, least significant first in each byte
 *      words    n_words   × struct lex_slot    all others
 *      sum      64 bytes: BLAKE2b-256 of all before it, as lower-case hexadecimal text
 *
 * words: open addressing, linear probing, wrapping. The key is the token hash h of a word; it lives
 *   at home(h, n) or after; check = high half of h; index > 0 is its entry in infos. A slot with
 *   index 0 ends the search, and the table has one.
 * top, hot: the same, but each word lives at its home or not here: one look tells. `top` fits the
 *   first-level cache and knows four words of five; `hot` fits the second-level cache, and ordinary text
 *   seldom goes on to `words`.
 * infos: one for each distinct combination of classes and ranks (some thousands), and one for each
 *   word that begins a phrase, because `next` (a node) differs.
 * phrases: edges of the phrase tree. Key: hash_mix(node, h of the following word); index is the node
 *   that the word leads to. lex_info.next is the node of a phrase's first word.
 * filter: the bit numbered by lex_lead is set for the first two words of each phrase. Most words that
 *   could begin a phrase do not, and this tells it from 32 KB that stay in the cache, without looking
 *   into infos or phrases.
 * nodes: low 31 bits: infos index of the phrase that ends here, 0 when none does. Top bit: longer
 *   phrases go on from here.
 *
 * Keys are kept as 32 bits of check and the ~18 bits that choose the slot, not in full: an unknown
 * word is taken for a known one about once in 2^32 probes. lexbuild refuses lists in which two words
 * can't be told apart.
 */
#pragma once
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/hash.h"
#include "lexicon/lexicon.h"

#define LEX_MAGIC "CORDLEX\n"
enum {
    LEX_VERSION = 3,
    LEX_ORDER = 0x01020304,
    LEX_ALIGN = 64,
    LEX_SUM_LEN = 64,
    LEX_FILTER_BITS = 1 << 18,
};
#define LEX_NODE_INFO UINT32_C(0x7FFFFFFF)
#define LEX_NODE_MORE UINT32_C(0x80000000)

struct lex_header {
    char magic[8];
    uint32_t version; /* LEX_VERSION */
    uint32_t order;   /* LEX_ORDER as the writing machine has it */
    uint64_t classes; /* lex_classes_hash(): which class each bit of lex_info.bits means */
    uint64_t size;    /* of the whole image */
    uint32_t n_infos, n_hot, n_nodes, n_phrases, n_words,
        n_top;            /* as drawn above; slots, not entries */
    uint32_t reserved[2]; /* 0 */
};
struct lex_slot {
    uint32_t check;
    uint32_t index; /* 0: empty */
};
_Static_assert(sizeof(struct lex_header) == 64, "drawn above");
_Static_assert(sizeof(struct lex_slot) == 8, "drawn above");
_Static_assert(sizeof(struct lex_info) == 16, "drawn above");

/* Where a search for h begins in a table of n > 0 slots. */
static inline uint32_t lex_home(uint64_t h, uint32_t n)
{
    return (uint32_t)(((h & UINT32_MAX) * n) >> 32);
}
static inline uint32_t lex_check(uint64_t h)
{
    return (uint32_t)(h >> 32);
}
/* The index for h in `top` or `hot`, or 0. */
static inline uint32_t lex_home_find(const struct lex_slot *v, uint32_t n, uint64_t h)
{
    struct lex_slot s = v[lex_home(h, n)];
    return s.index & (0U - (s.check == lex_check(h)));
}
/* The index for h, or 0. The table has an empty slot. Four slots are looked at together: where among them a search ends
 * can't be guessed. */
static inline uint32_t lex_slot_find(const struct lex_slot *v, uint32_t n, uint64_t h)
{
    uint32_t i = lex_home(h, n), check = lex_check(h);
#ifdef __SSE2__
    for (; LIKELY(i + 4 <= n); i += 4) {
        const float *at = (const float *)(const void *)&v[i];
        const __m128 a = _mm_loadu_ps(at), b = _mm_loadu_ps(at + 4);
        const __m128i checks = _mm_castps_si128(_mm_shuffle_ps(a, b, 0x88));
        const __m128i indexes = _mm_castps_si128(_mm_shuffle_ps(a, b, 0xDD));
        const __m128i ends = _mm_or_si128(_mm_cmpeq_epi32(checks, _mm_set1_epi32((int)check)),
                                          _mm_cmpeq_epi32(indexes, _mm_setzero_si128()));
        const int end = _mm_movemask_ps(_mm_castsi128_ps(ends));
        if (LIKELY(end)) return v[i + (uint32_t)__builtin_ctz((unsigned)end)].index;
    }
#endif
    for (;; i++) {
        if (i >= n) i = 0;
        struct lex_slot s = v[i];
        if (s.index == 0 || s.check == check) return s.index;
    }
}
static inline uint64_t lex_edge(uint32_t node, uint64_t word_hash)
{
    return hash_mix(node, word_hash);
}
/* The bit of `filter` for two words that follow each other. */
static inline uint32_t lex_lead(uint64_t first, uint64_t second)
{
    return (uint32_t)(hash_mix(first, second) % LEX_FILTER_BITS);
}
static inline uint64_t lex_aligned(uint64_t n)
{
    return (n + (LEX_ALIGN - 1)) & ~(uint64_t)(LEX_ALIGN - 1);
}
/* The class words in order: a bit that moved makes another hash, so an image of other classes is
 * refused instead of misread. */
static inline uint64_t lex_classes_hash(void)
{
    uint64_t h = LEX_BIT_COUNT;
#define X(name, word) h = hash_mix(h, token_hash_word(VIEW(#name)));
    LEX_MAP(X)
#undef X
    return h;
}

/* Offsets of the parts, from a header's counts. Never overflows: counts are 32 bits. */
struct lex_layout {
    uint64_t infos, top, hot, nodes, phrases, filter, words, sum, size;
};
static inline struct lex_layout lex_layout_of(const struct lex_header *h)
{
    struct lex_layout o;
    o.infos = sizeof *h;
    o.top = lex_aligned(o.infos + (uint64_t)h->n_infos * sizeof(struct lex_info));
    o.hot = lex_aligned(o.top + (uint64_t)h->n_top * sizeof(struct lex_slot));
    o.nodes = lex_aligned(o.hot + (uint64_t)h->n_hot * sizeof(struct lex_slot));
    o.phrases = lex_aligned(o.nodes + (uint64_t)h->n_nodes * sizeof(uint32_t));
    o.filter = lex_aligned(o.phrases + (uint64_t)h->n_phrases * sizeof(struct lex_slot));
    o.words = lex_aligned(o.filter + LEX_FILTER_BITS / 8);
    o.sum = lex_aligned(o.words + (uint64_t)h->n_words * sizeof(struct lex_slot));
    o.size = o.sum + LEX_SUM_LEN;
    return o;
}
