/* detect/name_quote.h — what a person is called, in quotation marks.
 *
 *     Elizabeth Warren, "Liz", …     Theodoros ("Ted") Kalo     behind a name that was found
 *     aka "Peanut"    call me "Slim"    answers to "Bee"        behind a word that introduces it
 *
 * The words in the marks may mean anything. Looks at quotation marks alone.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends them. `taken`: detect/taken.h, with the tokens of names marked by another value than 1. OK, ERR_MEMORY
 * or ERR_LIMIT. */
MUST_USE err name_quotes(const struct doc *d, uint8_t *taken, struct findings *out);
