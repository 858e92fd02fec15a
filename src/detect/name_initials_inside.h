/* detect/name_initials_inside.h — inside detect/name_initials*.c: their words, and what they ask of each other.
 *
 * name_initials.c         letters without full stops: who signs, typed, or stands alone between two sentences
 * name_initials_dotted.c  letters with full stops
 * name_initials_letter.c  one of them beside a name: "Ayesha R. was informed"
 * name_initials_word.c    the words that stand beside both
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* ---- name_initials_word.c ---- */

enum { W_BY = 1, W_LABEL = 2, W_BE = 4, W_DONE = 8, W_SAYS = 16, W_MARK = 32 };
enum {
    W_DOTTED = 128,
    W_SIGNS = 256,
    W_CHECKED = 512,
    W_TYPED = 1024,
    W_ROLE = 2048,
    W_LEADS = 4096,
    W_STATE = 8192,   /* what a person is and nothing else */
    W_PLACED = 16384, /* put down … */
    W_LYING = 32768,  /* … as a person lies or sits */
    W_OWNS = 1 << 16, /* short for what can own something, and is no person */
    W_WHO = 1 << 17,
    W_INFORMS = 1 << 18, /* done to a person: the initials behind it are his */
    W_LASTS = 1 << 20,   /* what goes on for years */
    W_DEGREE = 1 << 19,  /* of no row: what dotted_class() says of "M.D." */
};
/* The classes of a word: set of W_. */
uint32_t name_initials_class_of(const struct token *t);
/* … of token i. */
static inline uint32_t name_initials_class(const struct doc *d, int64_t i)
{
    return name_initials_class_of(doc_tok(d, i));
}
/* Appends the letters first … last. */
SELDOM MUST_USE err name_initials_add(const struct doc *d, uint32_t first, uint32_t last,
                                      float score, enum finding_role role, struct findings *out);

/* ---- name_initials_dotted.c ---- */

enum { NAME_INITIALS_MAX = 4 }; /* of a person */
/* "J.G.", "O. K.", "A.J.G." from token i: how many letters; *last is the last full stop. */
uint32_t name_initials_dotted_at(const struct doc *d, uint32_t i, uint32_t *last);
/* Appends those of the whole text, with a name beside them too. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_initials_dotted(const struct doc *d, const uint8_t *taken, struct findings *out);

/* ---- name_initials_letter.c ---- */

/* "34-year-old", "34 yo", "34F" at token i; not the "55-60" and "55%" of a value. */
bool name_initials_is_years(const struct doc *d, int64_t i);
/* What follows speaks of a person: "was told", "is a 34-yr-old", "denies"; any word in small letters, if the
 * initials begin the sentence and mean nothing else: they are not `certain`. */
bool name_initials_go_on(const struct doc *d, int64_t i, bool certain);
/* "Ayesha R. was informed": a given name and the letter i of a family name, of whom more is said. */
MUST_USE err name_initials_shortened(const struct doc *d, uint32_t i, const uint8_t *taken,
                                     struct findings *out);
/* "R. Ayanwale was informed": the letter i and a family name, of whom is said what is said of people only. */
MUST_USE err name_initials_lettered(const struct doc *d, uint32_t i, const uint8_t *taken,
                                    struct findings *out);
