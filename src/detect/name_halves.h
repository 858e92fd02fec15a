/* detect/name_halves.h — the other half of a name of which one was found.
 *
 *     Ehawee Strikes-Deer      a family name of two words, which mean something each
 *     Strikes-Deer             of which only one was taken
 *     Brennick, Ottiline (19OCT89)⏎   BRENNICK, OTTILINE was brought      written family name first
 *
 *     Mrs. Tau'alupe, 'Ana Niu                 letters of Polynesia and Arabia that stand for a sound
 *
 * Runs behind all that find names.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Widens the NAME findings of *out over them. */
void name_halves(const struct doc *d, struct findings *out);
