/* detect/organization_extent.h — inside detect/organization*.c: how far an organisation's name reaches.
 *
 * From a head word, a known name or a saint's, leftwards over what names it ("Pine Ridge", "University of
 * Texas"), rightwards over more heads and "of the …", and on to its town.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Of a word or phrase that tells one house from others of its kind. */
static const uint64_t EXTENT_TELLS =
    LEX(PLACE) | LEX(ORG_NAME) | LEX(SURNAME) | LEX(SAINT) | LEX(STATE) | LEX_GIVEN | LEX(COUNTY);

struct extent {
    uint32_t first, last; /* tokens */
    int telling;          /* words that tell this organisation from others of its kind */
    int usual;            /* words usual in such names: memorial, general, regional */
};

/* Does the word at i distinguish? In small letters only what the lexicon is sure of does. */
bool extent_is_telling(const struct doc *d, uint32_t i);
/* Can the word at i be inside a name, left of its head? */
bool extent_is_inner(const struct doc *d, uint32_t i);
/* Is the word at i, the first of its sentence, what a request begins with: "Compare Elm Clinic and …"? */
bool extent_opens_request(const struct doc *d, uint32_t i);
/* What doctors' practices are called by: "Blue Ridge Pediatrics". */
bool extent_is_practice(const struct doc *d, uint32_t i);
/* How many of tokens first … end - 1 are plain words with a capital that could name ("Corner Clinic"), no
 * kind of service; -1 where one is clinical. */
int extent_plain(const struct doc *d, uint32_t first, uint32_t end);
/* Adds the word at i to the counts of s. */
void extent_count(const struct doc *d, uint32_t i, struct extent *s);
/* From the head at s->first leftwards over what names it, not before token `floor`. */
void extent_left(const struct doc *d, struct extent *s, uint32_t floor);
/* Rightwards: more heads and usual words, "of/for/at the" and a name, a joined town. */
void extent_right(const struct doc *d, struct extent *s);
/* What ends at the word of LEX(TRADE) at i, see organization_trade.c: false when it names none. */
bool organization_trade(const struct doc *d, uint32_t i, uint32_t floor, struct extent *out);
/* "on 5th", "on Juniper": is the word at i a street without a word such as street, and nothing behind? */
SELDOM bool extent_street_alone(const struct doc *d, uint32_t i);
/* "…, PLLC", "… Co. HD", "… Women's" */
void extent_form(const struct doc *d, struct extent *s);
/* "… #4412", "… Post 12", "… on Juniper Street": which of a chain's, a district's or an order's it is. */
void extent_branch(const struct doc *d, struct extent *s);
/* ", Boston", "in Los Angeles", ", Iowa City, IA" */
void extent_town(const struct doc *d, struct extent *s);
/* A field of its own: parted on both sides by a line's end, a column or a mark of a list. */
SELDOM bool extent_is_apart(const struct doc *d, uint32_t first, uint32_t last);
