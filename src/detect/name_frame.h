/* detect/name_frame.h — places in a sentence, a form or a row that only a person can fill.
 *
 *     Seen w/ Ardelmo             ride is Tovelle        charge = Tovelle        | Attg | Marchwell |
 *     signed out 10/27 by Hartvig                        Two kids, Ilvana and Torbin
 *     can Tavisha call me back    asks that Ottiline be told                     (Rufus to friends)
 *     tried Castellin's office    Delwyna's partner rang    Quennell c/o pain    ask for Meredwyn
 *
 * The words on one side or on both leave nothing else to stand there, so that a capital is enough.   Threads: pure.
 */
#pragma once
#include "detect/name_context.h"

/* Adds NAME_HANDOVER_POINTS to *c if the run first … last stands in such a place. */
void name_frame(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c);
