/* text/date_lex.h — a date expression cut into numbers, words and separators, as far as it is asked for.
 *
 * Unlike text/token.h it keeps white space, because the spelling has to be written again, and knows the
 * typographic forms of space, dash and apostrophe, because a date may come from a text that was not
 * folded.   Threads: pure.
 */
#pragma once
#include "text/date_words.h"

enum date_lex_kind {
    DL_END, /* of the text, or of what can belong to a date */
    DL_NUM,
    DL_WORD,
    DL_SPACE,
    DL_DASH,
    DL_SLASH,
    DL_DOT,
    DL_COMMA,
    DL_APOS,
    DL_COLON,
    DL_PLUS,
    DL_AT,
    DL_OTHER,
};
struct date_lexeme {
    uint16_t start, len;
    uint8_t kind;
    uint8_t word;  /* DL_WORD: enum date_word_kind */
    uint8_t value; /* DL_WORD: the entry's */
    uint8_t form;
    uint32_t number; /* DL_NUM of at most 9 digits; else UINT32_MAX */
};
enum { DATE_LEX_MAX = 40, DATE_LEX_BYTES = 120 }; /* no date is longer */

struct date_lex {
    view text;
    uint16_t pos;
    uint8_t n;
    struct date_lexeme v[DATE_LEX_MAX];
};

void date_lex_init(struct date_lex *l, view text);
/* Reads on until the i-th lexeme. */
const struct date_lexeme *date_lex_more(struct date_lex *l, unsigned i);
/* The i-th lexeme; DL_END past the last. */
static inline const struct date_lexeme *date_lex_at(struct date_lex *l, unsigned i)
{
    return LIKELY(i < l->n) ? &l->v[i] : date_lex_more(l, i);
}
