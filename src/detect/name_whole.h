/* detect/name_whole.h — the words beside a name that was found which are its own, though they mean something else as well.
 *
 *     Certifier: Pa Saw Bawi, lic. 12      syllables that names of Burma and Vietnam begin with
 *     Sponsor Pe'a Haluschak of Penzance   an apostrophe that stands for a sound, before a family name
 *     Minoo Razavi, MD                     a rare word, before a family name and a degree
 *     Ohitika Standing Soldier, RN         a family name of plain words behind a given one
 *
 * Runs behind all that find names.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Widens the NAME findings of *out over them. OK or ERR_MEMORY. */
MUST_USE err name_whole(const struct doc *d, struct findings *out);
