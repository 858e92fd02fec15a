/* detect/tag_person.h — do the words around a span of the tagger speak of a person?
 *
 * Evidence that detect/tag_gate.h asks for before an unknown word may become a name. Looks at the line of
 * the span alone, and at what the rules found on it.
 * `hit`: one a token as tag_text has it, or NULL.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* A title, credential, cue, relative, clinician or verb of persons right beside it, or an age behind. */
bool tag_person_is_near(const struct doc *d, uint32_t first, uint32_t last);
/* A number beside it that reaches a person or is a patient's: "Aaron 29055" where a rule calls it a telephone's. */
bool tag_person_has_number(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last);
/* It stands where letters, forms, tables and hand-overs have a name: behind a greeting, closing a message, behind the
 * head of a field for a person or of a hand-over, before a bed or what only a person does, above a date of birth, alone
 * in a column of a line on which a person was found. */
bool tag_person_is_placed(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last);
/* One of a list of bare words, among which the rules found no person: marks or the line's edges on both sides. */
bool tag_person_is_listed(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last);
/* A number right behind that a scale or a register has and a person not: "Katz 4/6", "RxCUI 617314". */
bool tag_person_has_value(const struct doc *d, const uint8_t *hit, uint32_t last);
/* Is token `last` followed by what is done with medicines only, or by the number of a vehicle? */
bool tag_person_is_thing(const struct doc *d, uint32_t last);
/* The head of a further field of its line: behind a gap, a colon joined to it, and a field not far before it. */
bool tag_person_is_field_head(const struct doc *d, uint32_t first, uint32_t last);
