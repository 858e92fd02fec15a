/* clinical/vocabulary.h — patterns of words, compiled once, looked for in many texts.
 *
 * A pattern is written as words with blanks between them:
 *
 *     pleural effusion          these words, in any case, with or without accents
 *     effusion*                 every word that begins so (three letters at least)
 *     lung|lungs|pulmonary      one of these
 *     [small] effusion          a word that may be missing; [a|b] one of several that may
 *     heart .. enlarged         up to three other words in between; ..5 up to five
 *     $lung nodule*             a class of words that was named before
 *     , ?                       a comma, a question mark
 *
 * Hyphens, slashes, apostrophes and quotes are blanks, here and in texts: "air-space" is two words. A
 * pattern begins with a word that must be there. A text's words are numbered by the vocabulary
 * (symbols), so that matching compares numbers: patterns are kept by the symbols they may begin with.
 * Threads: built by one thread; immutable afterwards.
 */
#pragma once
#include "base/arena.h"
#include "text/token.h"

/* Symbols that every vocabulary has. */
enum {
    SYM_OTHER, /* a word that no pattern knows */
    SYM_NUMBER,
    SYM_COMMA,
    SYM_QUESTION,
    SYM_SEMICOLON,
    SYM_COLON,
    SYM_OPEN,
    SYM_CLOSE,
    SYM_FIRST /* of the words */
};
enum { PATTERN_ITEMS_MAX = 24, PATTERN_GAP_MAX = 9, PATTERN_BYTES_MAX = 600, SYMBOLS_MAX = 60000 };

/* What a pattern stands for: numbers of the caller's. */
struct meaning {
    uint8_t kind, more;
    uint16_t which;
};

struct vocab_builder;
struct vocabulary;
MUST_USE err vocab_builder_new(struct vocab_builder **out);
void vocab_builder_free(struct vocab_builder *b);
/* Names a class for later patterns; `members` are words, stems or phrases without classes in them. */
MUST_USE err vocab_class_begin(struct vocab_builder *b, view name, const char **why);
MUST_USE err vocab_class_add(struct vocab_builder *b, view member, const char **why);
/* The symbols of a class; false when there is none of that name. Valid until the next class. */
bool vocab_class_get(const struct vocab_builder *b, view name, const uint32_t **symbols,
                     uint32_t *n);
/* Adds a pattern. ERR_CONFIG with *why (a literal) when it is wrong, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err vocab_add(struct vocab_builder *b, view pattern, struct meaning m, const char **why);
MUST_USE err vocab_build(struct vocab_builder *b, struct vocabulary **out);
void vocab_free(struct vocabulary *v);
uint32_t vocab_symbols(const struct vocabulary *v); /* one past the highest */

/* The symbol of a WORD or NUMBER token; SYM_NUMBER also for numbers that patterns name. */
uint16_t vocab_symbol(const struct vocabulary *v, view text, const struct token *t);
/* Words by their hashes, with the symbols that were found for them: most words of a report stood in the ones
 * before it. All zero at first; forgets all when it comes to a vocabulary of other words. One owner. */
enum { VOCAB_MEMO_SLOTS = 2048 };
struct vocab_memo {
    uint64_t of;                     /* the vocabulary's words */
    uint64_t slot[VOCAB_MEMO_SLOTS]; /* 48 bits of the hash and the symbol; 0 is free */
};
/* vocab_symbol of WORD tokens, where it was found before. */
uint16_t vocab_symbol_again(const struct vocabulary *v, struct vocab_memo *m, view text,
                            const struct token *t);
/* To be called once before vocab_symbol_again is called for tokens of a text. */
void vocab_memo_for(struct vocab_memo *m, const struct vocabulary *v);

struct vocab_hit {
    uint32_t first, end; /* words */
    struct meaning meaning;
    bool has_gap; /* words in between belong to nobody */
};
/* Appends to hits[0 … max) every pattern that matches symbols[at … n) from `at`, the longest of each
 * meaning, and returns how many. */
uint32_t vocab_match(const struct vocabulary *v, const uint16_t *symbols, uint32_t n, uint32_t at,
                     struct vocab_hit *hits, uint32_t max);
