/* detect/doc.h — a text made ready for the detectors: folded, cut into tokens, looked up.
 *
 * Detectors read it and append findings; they do not change it. All offsets are of the folded text;
 * the engine maps findings back. `digits`, `hot` and `marks` are the token indexes worth looking at, so that a
 * detector walks a few tokens, not all.   Threads: one thread; the lexicon is shared.
 */
#pragma once
#include "base/arena.h"
#include "detect/finding.h"
#include "detect/route.h"
#include "text/token.h"
#include "text/written_date.h"

struct token_list {
    uint32_t *v;
    uint32_t n;
};
struct phrase { /* tokens [first, first + n) that the lexicon knows as one entry */
    uint32_t first, n;
    const struct lex_info *lex;
};
struct doc {
    view text;  /* folded */
    view field; /* name of the field it came from ("mrn", "PID-5"), "" if none */
    const struct token *tok;
    uint64_t n; /* under 4 G; as wide as what is compared with it at every look beside a token */
    uint32_t n_said; /* tokens, a placeholder counted as one: as long masked as it was */
    const struct lex_info **lex; /* one a token; never NULL (numbers and marks: an empty entry) */
    uint8_t *shield;             /* one a token: set of SHIELD_ */
    struct token_list digits;    /* NUMBER tokens */
    uint8_t *beside;             /* one a token of digits: set of BESIDE_ */
    struct token_list rows;      /* of digits: all but small numbers by themselves, see list_rows */
    struct token_list hot;    /* WORD tokens that can be more than plain language; unknown words */
    struct token_list called; /* capitalised WORD tokens of ROUTE_CALLED, not first of a line */
    struct token_list signs;  /* WORD tokens of two or three capital letters */
    struct token_list number_words; /* WORD tokens of LEX(NUMBER_WORD) */
    struct token_list marks;        /* MARK tokens '@' ':' '/' '#' '[' */
    struct token_list dots;         /* MARK tokens '.' with no white space after them */
    struct token_list letter_dots;  /* MARK tokens '.' right after a word of one ASCII letter */
    struct token_list
        small_starts;  /* WORD tokens in small letters where a sentence or a quotation may begin */
    bool has_dot_word; /* the word "dot" is in it */
    enum date_order date_order; /* set by the engine */
    bool is_caseless;           /* typed without minding capitals: see detect/caseless.h */
    struct phrase *phrases;     /* in text order, not overlapping */
    uint32_t n_phrases;
    const struct lexicon *lexicon;
    struct arena *arena; /* for a detector's own scratch; gone after the text */
};
enum shield {                 /* why a token is no identifier */
              SHIELD_TAG = 1, /* inside a placeholder: [NAME], [NAME-7QK2], [**Name**], ***, XXXX */
              SHIELD_EPONYM = 2, /* a name that medicine uses: Parkinson's disease, Mayo score */
              SHIELD_MEASURE =
                  4, /* a number of a dose, value, vital sign, score, level, gene variant */
              SHIELD_PHRASE = 8,  /* inside a protected phrase of the lexicon */
              SHIELD_CALLED = 16, /* beside SHIELD_PHRASE: a person's full name as well */
};

/* What touches a number, and what it could be: seen once, for all detectors of numbers. */
enum beside {
    BESIDE_RIGHT = 1,     /* no white space behind it */
    BESIDE_LEFT_WORD = 2, /* a word touches it */
    BESIDE_RIGHT_WORD = 4,
    BESIDE_DASH = 8,   /* a '-' does, on either side */
    NUMBER_SHORT = 16, /* of one or two digits */
    NUMBER_LONG = 32,  /* of four and more */
    NUMBER_AGE = 64,   /* 90 … 125 */
};

/* The token at i, or a mark with code point 0 past either end: no bounds checks in detectors. */
static inline const struct token *doc_tok(const struct doc *d, int64_t i)
{
    static const struct token none = { .kind = TOK_MARK };
    return UNLIKELY(i < 0 || i >= (int64_t)d->n) ? &none : &d->tok[i];
}
static inline uint64_t doc_bits(const struct doc *d, int64_t i)
{
    return UNLIKELY(i < 0 || i >= (int64_t)d->n) ? 0 : d->lex[i]->bits;
}
static inline bool doc_is_mark(const struct doc *d, int64_t i, uint32_t cp)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK && t->hash == cp;
}
static inline bool doc_is_number(const struct doc *d, int64_t i)
{
    return doc_tok(d, i)->kind == TOK_NUMBER;
}
/* A number of so many digits? */
static inline bool doc_is_number_of(const struct doc *d, int64_t i, uint32_t len)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_NUMBER && t->len == len;
}
/* Of a set of ASCII marks: bit i is the character 0x20 + i. */
#define DOC_MARK_BIT(c) (UINT64_C(1) << ((c)-0x20))
/* Is token i the first of its line, or `last` the last one of its? */
static inline bool doc_opens_line(const struct doc *d, int64_t i)
{
    return i == 0 || doc_tok(d, i)->flags & TOK_LINE;
}
static inline bool doc_ends_line(const struct doc *d, int64_t last)
{
    return last + 1 >= (int64_t)d->n || doc_tok(d, last + 1)->flags & TOK_LINE;
}
/* Is there a token i, on the line of the one before it? */
static inline bool doc_is_on_line(const struct doc *d, int64_t i)
{
    return i >= 0 && i < (int64_t)d->n && !(d->tok[i].flags & TOK_LINE);
}
/* Is token i this word? `word`: a literal of small ASCII letters, at most 16. */
static inline bool doc_is_word(const struct doc *d, int64_t i, view word)
{
    const struct token *t = doc_tok(d, i);
    return t->len == word.n && t->kind == TOK_WORD && t->hash == token_hash_literal(word);
}
/* No white space between token i-1 and token i. */
static inline bool doc_joined(const struct doc *d, int64_t i)
{
    return LIKELY(i > 0 && i < (int64_t)d->n) && !(d->tok[i].flags & TOK_SPACE);
}
static inline view doc_view(const struct doc *d, uint32_t first, uint32_t last)
{
    return view_sub(d->text, d->tok[first].start, token_end(&d->tok[last]));
}
/* A finding over tokens first … last. */
SELDOM struct finding doc_finding(const struct doc *d, uint32_t first, uint32_t last,
                                  enum label label, enum rule rule, float score);
/* Adds a name over them, of somebody in a role. OK, ERR_MEMORY or ERR_LIMIT. */
SELDOM MUST_USE err doc_add_name(const struct doc *d, uint32_t first, uint32_t last, enum rule rule,
                                 float score, enum finding_role role, struct findings *out);

/* The phrase that begins at token i, or NULL. */
const struct phrase *doc_phrase_at(const struct doc *d, uint32_t i);

/* Folds, splits, looks up and shields. Everything lives in the arena. `map` leads from the folded
 * text back to `text`. OK, ERR_MEMORY or ERR_LIMIT. */
struct offset_map;
MUST_USE err doc_prepare(struct doc *d, const struct routes *r, view text, view field,
                         struct arena *a, struct offset_map *map);
