/* detect/id_beside_inside.h — what id_beside.c and id_behind.c share.
 *
 * `taken`: one byte a token, 1 where something is found (detect/taken.h).   Threads: pure. */
#pragma once
#include "detect/code.h"

/* The code that token i begins, with groups of digits that blanks part: "524 454 189". *last: its last token. */
bool id_beside_code(const struct doc *d, uint32_t i, const uint8_t *taken, uint32_t *last);
/* Nothing of the same field follows token `last`. */
bool id_beside_ends(const struct doc *d, uint32_t last);
/* What stands straight behind the person whose name tokens start … end are: a licence, a desk, an age. */
bool id_behind_person(const struct doc *d, uint32_t start, uint32_t end, const uint8_t *taken,
                      struct finding *f);
