/* detect/place_inside.h — what the files of place.c share.
 *
 * place.c         the walk over a text: towns by their names and cues, counties, what stands before a state
 * place_town.c    a town's name at one place, and the state behind it
 * place_source.c  places of which knowledge comes
 * place_told.c    places that no list has, told as where somebody lives or goes
 * place_land.c    words for land and water that such names end in
 *
 * Threads: pure. */
#pragma once
#include "detect/place.h"

/* Five digits on the same line: "MS 30706", "Rhode Island 60342". */
bool place_has_zip_form(const struct doc *d, uint32_t i);
/* Is the word at i, or behind a comma there, a town's state or country? *last becomes its last token. */
bool place_state_after(const struct doc *d, uint32_t i, uint32_t *last);
/* place_town_at, for who knows the phrase that begins at i; NULL where none does. */
bool place_phrase_at(const struct doc *d, uint32_t i, const struct phrase *p, struct town *out);
