/* detect/shield.h — marks tokens that look like identifiers and are none (detect/doc.h, enum shield).
 *
 * Over-redaction is half of the work: a note whose drugs, scores and eponyms are gone is useless.
 * Called by doc_prepare, in this order, once lexicon entries and phrases are known.
 * Threads: pure but for the document.
 */
#pragma once
#include "detect/doc.h"

/* Placeholders that another run or another tool left: [NAME], [NAME-7QK2], [**Name**], @NAME@, XXXX.
 * What stands in them is no identifier, so that masking and tagging twice is doing it once. */
void shield_tags(struct doc *d);
/* Does a phrase of the lexicon with these classes protect the words in it? */
bool shield_protects(uint64_t bits);
/* "Robert Jones", "Austin Flint": a given and a family name, and no bandage or murmur behind them: shield_name.c. */
bool shield_is_full_name(const struct doc *d, const struct phrase *p);
/* Do the words around such a name say that a person is meant? */
SELDOM bool shield_is_told_of(const struct doc *d, const struct phrase *p);
/* Protected phrases of the lexicon, and eponyms in front of what they name. */
void shield_eponyms(struct doc *d);
/* The last token of the grade behind the town at token i ("Montreal E3"), or 0: shield_scale.c. */
uint32_t shield_scale_at(const struct doc *d, uint32_t i);
/* The token past the thing that goes by the name at token i ("Hawkins +", "Parker tip", "Min A"), which has EPONYM
 * or EPONYM_FAMILY, or 0: shield_thing.c. */
uint32_t shield_thing_end(const struct doc *d, uint32_t i);
/* The token past the machine whose maker is token i ("Hamilton G5"), or 0. */
uint32_t shield_model_end(const struct doc *d, uint32_t i);
/* Things named without their noun, as jottings do ("L Hickman", "Tab Telma OD"): shield_jotted.c. */
void shield_jotted(struct doc *d);
/* Is what stands beside the eponym at token i said of things ("Foley out", "vs Hodgkin", "Mason 2")? */
bool shield_is_thing_told(const struct doc *d, uint32_t i);
/* Numbers of doses, values, vital signs, scores, levels, codes and variants: shield_measure.c. */
void shield_measure(struct doc *d);
