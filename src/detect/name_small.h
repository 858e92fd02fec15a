/* detect/name_small.h — names in small letters in a text that has capitals, where a word leads to them.
 *
 * "dr patel", "his name is efrain", "wife lorraine", "a friend named eddie". A small letter speaks against a
 * name, so that only these are looked at, and the word must be a name more than anything else.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is the word at token i on no list, and without the ending of a slip of the pen: "beleives", "diagosed"? */
bool name_small_would_be(const struct doc *d, uint32_t i);
/* Is token i in small letters as usual as a name as it is a word, or on no list and without a word's ending? */
bool name_small_may_be(const struct doc *d, uint32_t i);
/* The name in small letters that token i, a title or a cue, leads to: its tokens *first … *last. */
bool name_small_after(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last);
/* "Name: jensen, carl", "Patient: st. james, mary": the name in small letters that fills the field whose colon
 * is token m and that asks for a person. Begins at m + 1, ends at *last. */
SELDOM bool name_small_field(const struct doc *d, uint32_t m, uint32_t *last);
