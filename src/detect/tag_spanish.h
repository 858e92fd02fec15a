/* detect/tag_spanish.h — what kind of word stands there, for the features of the Spanish model.
 *
 * The lexicon knows English words. These are the Spanish ones that say what stands beside them: kinship, stages of life,
 * occupations, countries and who comes from them, months, numerals, heads of houses, firms. A model that has seen
 * "natural de Colombia" reads "natural de Ucrania" by them. The words of the rules for Spanish (spanish_words.c) count too.
 * A change of words changes what the model is asked: make it again (make model).   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* The kinds of token i as a set of bits below 1 << 61; 0: none, or no word. */
uint64_t tag_spanish_kinds(const struct doc *d, int64_t i);
/* The nearest word for a person before token i in its sentence, hashed with how far it is; 0: none near. Whose age it is. */
uint64_t tag_spanish_left(const struct doc *d, uint32_t i);
/* The same of what stands behind it: persons, places, work, what a span of time is counted from ("de evolución"). */
uint64_t tag_spanish_right(const struct doc *d, uint32_t i);
