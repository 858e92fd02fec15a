/* text/token.h — words, numbers and marks of a text.
 *
 * A token is a longest run of letters (WORD; combining marks belong to it), a longest run of ASCII
 * digits (NUMBER), or one other character (MARK). White space is no token: it is a flag of the token
 * after it. "HP-98b" is four tokens: HP, -, 98, b. Runs over 65,535 bytes are cut.
 *
 * hash: WORD   hash of the word without case and diacritics (token_hash_word gives the same), equal on
 *              every machine: it is the key of the lexicon;
 *       NUMBER its value, or UINT64_MAX over 18 digits;
 *       MARK   its code point.
 * Threads: pure.
 */
#pragma once
#include "base/arena.h"
#include "base/hash.h"

enum token_kind { TOK_WORD, TOK_NUMBER, TOK_MARK };
enum token_flag {
    TOK_SPACE = 1,  /* white space before it (a line break counts) */
    TOK_LINE = 2,   /* first of its line */
    TOK_PARA = 4,   /* first after an empty line, or of the text */
    TOK_CAP = 8,    /* WORD: first letter is upper case */
    TOK_UPPER = 16, /* WORD: no lower-case letter (one capital letter alone: CAP and UPPER) */
    TOK_LOWER = 32, /* WORD: no upper-case letter */
    TOK_WIDE = 64,  /* has a byte over 0x7F */
    TOK_LETTERS =
        128, /* WORD: its kind once more, so that the flags tell all that decides where a token belongs */
};
struct token {
    uint32_t start; /* bytes */
    uint16_t len;   /* bytes */
    uint8_t kind;
    uint8_t flags;
    uint64_t hash;
};
struct tokens {
    struct token *v; /* in the arena */
    uint32_t n;
    uint32_t words;    /* of two letters and more */
    uint32_t capitals; /* of those, with a capital letter */
};

/* Most tokens that a text of so many bytes may have: eight million, and more only in a text that has one
 * every second byte at most. Prose has one every five, so that a note of 16 MB stays far below; what
 * is denser is no note, and 25 bytes a token would be held for it. */
static inline size_t token_max(size_t text_bytes)
{
    return MAX((size_t)8 << 20, text_bytes / 2);
}
/* `text`: well-formed UTF-8 under 4 GB. OK, ERR_MEMORY, or ERR_LIMIT past token_max. */
MUST_USE err token_split(view text, struct arena *a, struct tokens *out);
#define TOKEN_HASH_START UINT64_C(0xC04D0A5EED000001)
/* The hash a WORD token of these letters has. */
uint64_t token_hash_word(view word);
/* The same for small ASCII letters, at most 16: folded to a number by the compiler where `word` is a literal. */
static inline uint64_t token_hash_literal(view word)
{
    uint64_t low = 0, high = 0;
    for (unsigned i = 0; i < 8; i++)
        low |= i < word.n ? (uint64_t)(uint8_t)word.p[i] << 8 * i : 0;
    for (unsigned i = 0; i < 8; i++)
        high |= 8 + i < word.n ? (uint64_t)(uint8_t)word.p[8 + i] << 8 * i : 0;
    uint64_t h = TOKEN_HASH_START + word.n;
    if (word.n) h = hash_mix(h, low);
    return word.n > 8 ? hash_mix(h, high) : h;
}
static inline uint32_t token_end(const struct token *t)
{
    return t->start + t->len;
}
