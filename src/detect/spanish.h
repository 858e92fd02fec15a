/* detect/spanish.h — what the words of a Spanish text give away, beside its model.
 *
 * Titles, relatives, numbers behind their cue, telephones, addresses in Spanish order, births and ages over 89.
 * Runs over texts whose model is Spanish alone, and behind the tagger: the model was trained without these
 * rules and must not see them, and what it takes in excess (the word "hijo" of "su hijo Javi", which its
 * training text marks) is cut here.   Threads: as the detectors (detect/detectors.h).
 */
#pragma once
#include "detect/doc.h"

/* Appends to *out and mends what is in it. OK, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err spanish_find(const struct doc *d, struct findings *out);
