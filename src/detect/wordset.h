/* detect/wordset.h — a small set of words with classes, compiled into the program.
 *
 * For words a detector's own grammar is made of (cue words, units), where the rule and the words must
 * change together; what describes language at large is in the lexicon. Looked up by token hash, so
 * case and diacritics do not count. Filled on first use.
 *
 *     static const struct wordset_row rows[] = { { "mg mcg ml", UNIT_DOSE }, … };
 *     static struct wordset units = WORDSET(rows);
 *     uint32_t c = wordset_class(wordset_ready(&units), tok);        0: not in the set
 *
 * Threads: safe; wordset_ready makes later reads lock-free.
 */
#pragma once
#include "text/token.h"

enum {
    WORDSET_SLOTS = 2048, /* at most half of them are used */
    WORDSET_FILTER = 4096
};

struct wordset_row {
    const char *words; /* apart by blanks */
    uint32_t classes;  /* set of bits, not 0; a word of several rows has them all */
};
struct wordset {
    const struct wordset_row *rows;
    size_t n_rows;
    int ready;                            /* atomic */
    uint64_t filter[WORDSET_FILTER / 64]; /* a bit a hash: most words are told from 512 bytes */
    struct wordset_slot {
        uint64_t hash;
        uint32_t classes;
    } slots[WORDSET_SLOTS];
};
#define WORDSET(r)                                                                                 \
    {                                                                                              \
        .rows = (r), .n_rows = COUNT_OF(r)                                                         \
    }

void wordset_fill(struct wordset *s);
static inline const struct wordset *wordset_ready(struct wordset *s)
{
    if (UNLIKELY(!__atomic_load_n(&s->ready, __ATOMIC_ACQUIRE))) wordset_fill(s);
    return s;
}
/* False for most words that the set has not, and for marks and numbers. */
static inline bool wordset_may_have(const struct wordset *s, uint64_t hash)
{
    const uint64_t bit = (hash >> 32) % WORDSET_FILTER; /* the low bits choose the slot */
    return s->filter[bit / 64] >> (bit % 64) & 1;
}
static inline uint32_t wordset_find(const struct wordset *s, uint64_t hash)
{
    if (LIKELY(!wordset_may_have(s, hash))) return 0;
    for (size_t i = hash & (WORDSET_SLOTS - 1); s->slots[i].classes;
         i = (i + 1) & (WORDSET_SLOTS - 1))
        if (s->slots[i].hash == hash) return s->slots[i].classes;
    return 0;
}
static inline uint32_t wordset_class(const struct wordset *s, const struct token *t)
{
    /* the filter first: what kind of token comes can't be guessed, that it is not in the set can */
    if (LIKELY(!wordset_may_have(s, t->hash))) return 0;
    return t->kind == TOK_WORD ? wordset_find(s, t->hash) : 0;
}
