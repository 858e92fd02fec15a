/* detect/name_again.h — the second pass: a word that named a person once names him everywhere.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Looks for the words of the NAME findings out->v[from …] elsewhere in the document and appends what it
 * finds. `taken`: tokens that belong to findings of other labels. */
MUST_USE err name_again(const struct doc *d, uint32_t from, const uint8_t *taken,
                        struct findings *out);
/* The same for names that others than the rules found, out->v[from …]: the tagger, lists of one form. */
MUST_USE err name_again_learned(const struct doc *d, uint32_t from, struct findings *out);
