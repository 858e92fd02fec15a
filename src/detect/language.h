/* detect/language.h — English or Spanish, told by the small words that each is full of.
 *
 * Looks at the first two thousand words. Spanish it is when Spanish function words are more than twice the
 * English ones and at least one word in twelve: a note in English about "la paciente Maria" stays English,
 * and so does a text too short to tell.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

bool language_is_spanish(const struct doc *d);
