/* detect/caseless.h — was a text typed without minding capitals, so that small letters say nothing?
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* True when words have a capital only for another reason than being names: abbreviations ("COPD"), heads of
 * fields and of the text ("Subject: Rash question"), and the first words of a few sentences of which most
 * begin small. `d`: split and looked up. `capitals` of its `words` have a capital letter. */
bool caseless_is(const struct doc *d, uint32_t words, uint32_t capitals);
