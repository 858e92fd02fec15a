/* detect/date_spoken.h — inside detect/date*.c: dates as they are dictated, with their marks or years in words.
 *
 *     9 slash 3 slash 22       four dash twelve dash twenty twenty-four       8\21\24
 *     the fifth of May, two thousand and nineteen        March second twenty twenty-two
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Appends those whose marks are words. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err date_find_dictated(const struct doc *d, struct findings *out);
/* The last token of a date whose three parts, of which token i is the first, are apart by the words "slash" or "dash", or by
 * backslashes; 0: there is none. */
SELDOM uint32_t date_is_dictated_whole(const struct doc *d, uint32_t i);
/* The last token of a year in words that follows token `last`, maybe behind a comma; `last` itself: there is none. */
uint32_t date_past_spoken_year(const struct doc *d, uint32_t last);
