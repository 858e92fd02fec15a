/* detect/shield_cue.h — numbers that a cue claims, for shield_measure.c.    Threads: pure. */
#pragma once
#include "detect/doc.h"

/* A cue this sure makes even a number with a unit an identifier: "MRN 45612 in". `digits`: of the number at i with its
 * groups; small ones are not worth the walk. */
bool shield_is_cued(const struct doc *d, uint32_t i, uint32_t digits);
/* "CPT 99213": does the number at i stand behind the name of a code system, and behind no cue of an identifier? */
bool shield_is_of_system(const struct doc *d, uint32_t i);
