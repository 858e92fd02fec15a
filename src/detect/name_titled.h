/* detect/name_titled.h — names that one word leads to: a title, a greeting, or a word for a person in small letters.
 *
 *     Dr. Lee      Drs. Smith and Jones      Dear Kamaka,      seen by dr patel
 *
 * Threads: pure. */
#pragma once
#include "detect/name_context.h"

/* Adds the name first … last, and what speaks for it: *c. OK, ERR_MEMORY or ERR_LIMIT, as all of these. */
SELDOM MUST_USE err name_emit(const struct doc *d, struct findings *out, uint32_t first,
                              uint32_t last, float score, enum rule rule,
                              const struct name_context *c);
/* The name behind the title at token i, with it. *next is the token after what was found, or i + 1. */
MUST_USE err name_titled(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next);
/* "Dear Kamaka,": whoever a letter greets, behind the word at token i. Sets *next only where it finds one. */
SELDOM MUST_USE err name_greeted(const struct doc *d, uint32_t i, struct findings *out,
                                 uint32_t *next);
/* "seen by dr patel", "wife lorraine": small letters where others have capitals, by the word at token i. Sets *next
 * only where it finds one. */
MUST_USE err name_titled_small(const struct doc *d, uint32_t i, const uint8_t *taken,
                               struct findings *out, uint32_t *next);
