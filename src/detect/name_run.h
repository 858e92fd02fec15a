/* detect/name_run.h — a run of words that could be one person's name, and what speaks for each.
 *
 *     [initial.] word [particle] [initial.] word [suffix]     Anna S. / Maria de la Cruz / J. R. O'Neil Jr.
 *     family, given [initial.]                                SMITH, JOHN A / Doe^Jane
 *
 * The points are lexicon ranks added up: `speaks_for` how usual the words are as names (0 to 7 each),
 * `speaks_against` how usual they are as plain, medical or place words.   Threads: pure.
 */
#pragma once
#include "detect/shape.h"

struct name_run {
    uint32_t first, last; /* tokens */
    int speaks_for, speaks_against;
    uint8_t n_words; /* written words that are no initials */
    uint8_t n_initials;
    uint8_t n_unknown; /* words the lexicon does not know */
    bool begins_given; /* first word is a given name or nickname */
    bool ends_surname; /* last word is a surname */
    bool is_comma_form;
    bool has_suffix;
    bool has_senior;     /* the suffix is Jr or Sr, no numeral */
    bool has_particle;   /* van, de la … between its words */
    bool initial_dotted; /* an initial with its period, or before a comma or the end */
};

/* "as described by Rowland, et al.", "Rowland and colleagues": who wrote of it, in words that end at token `last`. */
SELDOM bool name_run_is_author(const struct doc *d, uint32_t last);
/* ", MD", "M.D.", " RN": does a credential stand at token i? */
bool name_run_is_credential(const struct doc *d, uint32_t i);
/* "Do", "An", "So" with a capital: a word of the language that is a family name of many. */
SELDOM bool name_run_is_short_surname(const struct doc *d, uint32_t i);
/* Does a name end before token i, a word or letter of medicine behind it: "Hall DNR", "Perez L hip", "Kim K 3.2"?
 * `alone`: nothing of a name stands before it, so that one letter is none either. */
bool name_run_ends_before(const struct doc *d, uint32_t i, bool alone);
/* What makes a word one of a name. */
#define NAME_RUN_NAMES (LEX_GIVEN | LEX(NICK) | LEX(SURNAME))

/* In small letters where others have capitals, and no particle, which may lead to one: no name begins or goes on with
 * the word at token i. */
static inline bool name_run_is_small(const struct doc *d, uint32_t i)
{
    return d->tok[i].flags & TOK_LOWER && !d->is_caseless && !(d->lex[i]->bits & LEX(PARTICLE));
}
/* A cheap look at the word at token i: can name_run_parse be true of it? */
enum name_run_may { NAME_RUN_NEVER, NAME_RUN_IF_LED, NAME_RUN_PERHAPS };
/* Of a word that is more than one of plain language. */
enum name_run_may name_run_rare_may_begin(const struct doc *d, uint32_t i);
static inline enum name_run_may name_run_may_begin(const struct doc *d, uint32_t i)
{
    const uint64_t bits = d->lex[i]->bits;
    if (name_run_is_small(d, i)) return NAME_RUN_NEVER;
    if (bits && !(bits & (NAME_RUN_NAMES | LEX(PARTICLE))) && d->tok[i].len > 1 &&
        shape_word_end(d, i) == i)
        return NAME_RUN_IF_LED;
    return name_run_rare_may_begin(d, i);
}
/* The run that begins at token i. `led`: a title or cue stands before it, so plain words count too.
 * False when token i can't begin a name. */
bool name_run_parse(const struct doc *d, uint32_t i, bool led, struct name_run *out);
