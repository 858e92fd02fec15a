/* detect/letters_of_care.h — letters that every ward writes for tests, diseases, lines, places and ways to give.
 *
 *     copied PMH     Pt NWB to continue     checked PVR     hung TPN     paged re FFP
 *
 * Rules that take letters for whose initials they are leave them, where nothing but the letters would speak for a person.
 * Threads: pure.
 */
#pragma once
#include "detect/doc.h"

bool letters_of_care(const struct doc *d, uint32_t i);
