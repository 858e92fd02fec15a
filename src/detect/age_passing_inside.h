/* detect/age_passing_inside.h — what the files of age_passing*.c share.
 *
 * age_passing.c        ages told in passing by the form and place of their number
 * age_passing_word.c   by the word before them, in numbers and in words
 *
 * Threads: pure. */
#pragma once
#include "detect/age_passing.h"
#include "detect/wordset.h"

enum passing_class {
    PASS_KIN = 1,      /* one of the family or house */
    PASS_MANY = 2,     /* several of them */
    PASS_SHORT = 4,    /* relatives in capital letters: MIL */
    PASS_SEASON = 8,   /* what years are counted by */
    PASS_REACH = 16,   /* hit, reached */
    PASS_LIVED = 32,   /* made it to, lasted to */
    PASS_BARELY = 64,  /* I am only */
    PASS_WHEN = 128,   /* will be 94 come */
    PASS_PRAISE = 256, /* not bad for */
    PASS_DESPITE = 512,
    PASS_GOES_ON = 1024, /* after "Roe, 94," */
    PASS_FEAST = 2048,   /* after "mother's 95th" */
    PASS_HOUSE = 4096,   /* heads a list of people with ages */
    PASS_WHOSE = 8192,   /* before "97th year" */
    PASS_SAYS = 16384,   /* after "not bad for 94" */
    PASS_PRONOUN = 32768,
    PASS_ELDEST = 65536, /* oldest member of the parish, at 94 */
    PASS_SELF = 1 << 18, /* is 94 herself */
    PASS_HOPE = 1 << 17, /* hoping to see 94 */
};

extern struct wordset age_passing_words;
static inline uint32_t age_passing_class(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&age_passing_words), doc_tok(d, i));
}
/* Is token i one of the family or house, or several of them? */
static inline bool age_passing_is_relative(const struct doc *d, int64_t i)
{
    const uint32_t c = age_passing_class(d, i);
    return c & (PASS_KIN | PASS_MANY) ||
           (c & PASS_SHORT && (doc_tok(d, i)->flags & TOK_UPPER || d->is_caseless));
}
/* Does the clause end before token i? */
bool age_passing_is_closed(const struct doc *d, int64_t i);
/* Is token i the first of a sentence or line? */
bool age_passing_opens(const struct doc *d, int64_t i);
/* Does no unit follow token i? */
bool age_passing_counts_nothing(const struct doc *d, int64_t i);
/* Is token i a relative, or a capitalised word that is none of medicine's? */
bool age_passing_is_somebody(const struct doc *d, int64_t i);
/* Does the word at token i end in these small letters? */
bool age_passing_ends_in(const struct doc *d, int64_t i, view end);
/* The "s" of a possessive at token i. */
bool age_passing_is_possessive(const struct doc *d, int64_t i);
/* Is the number of tokens first … last an age by the words before it? */
bool age_passing_is_behind_word(const struct doc *d, int64_t first, int64_t last);
