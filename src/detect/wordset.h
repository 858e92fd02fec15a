/* detect/wordset.h — a small set of words with classes, compiled into the program.
 *
 * For words a detector's own grammar is made of (cue words, units), where the rule and the words must
 * change together; what describes language at large is in the lexicon. Looked up by token hash, so
 * case and diacritics do not count. Filled on first use.
 *
 *     static const struct wordset_row rows[] = { { "mg mcg ml", UNIT_DOSE }, … };
 *     static struct wordset units = WORDSET(rows);
 *     uint32_t c = wordset_class(wordset_ready(&units), tok);        0: not in the set
 *     WORDSET_CLASS_AT(cls, units)          and then cls(d, i), where tokens are asked by their place
 *
 * Threads: safe; wordset_ready makes later reads lock-free.
 */
#pragma once
#include "text/token.h"

struct wordset_row {
    const char *words; /* apart by blanks */
    uint32_t classes;  /* set of bits, not 0; a word of several rows has them all */
};
struct wordset_slot {
    uint32_t check;   /* as in the lexicon: half of the hash; the place tells some more of it */
    uint32_t classes; /* 0: an empty slot, which ends a search */
};
/* A line of the cache. tests/library/check_state.sh knows one by its size and place. */
struct wordset {
    const struct wordset_row *rows;
    uint32_t n_rows;
    int ready;                       /* atomic; what follows is set before it */
    uint32_t filter_mask, slot_mask; /* bits and slots, less one: powers of two */
    uint64_t *filter; /* a bit a word by its check: most words are told from it alone */
    struct wordset_slot *slots;
} __attribute__((aligned(64)));
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
static inline uint32_t wordset_check(uint64_t hash)
{
    return (uint32_t)(hash >> 32); /* the low bits choose the slot */
}
/* May a word with this hash be in the set? 1 for all that are and few others; 0 for marks and numbers, as a rule. Without a
 * branch, for a pass over many tokens. */
static inline uint32_t wordset_may_have(const struct wordset *s, uint64_t hash)
{
    const uint32_t bit = wordset_check(hash) & s->filter_mask;
    return (uint32_t)(s->filter[bit / 64] >> (bit % 64)) & 1;
}
/* The classes of a word that the filter does not tell off. Away from the callers, which hardly come here. */
uint32_t wordset_look(const struct wordset *s, uint64_t hash);
static inline uint32_t wordset_find(const struct wordset *s, uint64_t hash)
{
    return LIKELY(!wordset_may_have(s, hash)) ? 0 : wordset_look(s, hash);
}
static inline uint32_t wordset_class(const struct wordset *s, const struct token *t)
{
    /* the filter first: what kind of token comes can't be guessed, that it is not in the set can */
    if (LIKELY(!wordset_may_have(s, t->hash))) return 0;
    return t->kind == TOK_WORD ? wordset_look(s, t->hash) : 0;
}
/* Defines `static uint32_t name(const struct doc *d, int64_t i)`: the classes of token i in a set of the file, 0 past
 * either end. With SELDOM before it, as any function. For files that include detect/doc.h. */
#define WORDSET_CLASS_AT(name, set)                                                                \
    static uint32_t name(const struct doc *d, int64_t i)                                           \
    {                                                                                              \
        return wordset_class(wordset_ready(&(set)), doc_tok(d, i));                                \
    }
