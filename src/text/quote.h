/* text/quote.h — where words that somebody quotes stand in a text.
 *
 * A quote stands where its letters and marks stand in this order, whatever white space is between them:
 * who quotes breaks lines elsewhere. Nothing else is overlooked, neither case nor accents.
 * Threads: pure.
 */
#pragma once
#include "base/view.h"

/* The first place at or after `from` where `quote` stands: bytes [*start, *end) of `text`, without white
 * space at the ends. False when there is none, and for a quote of white space alone. */
bool quote_find(view text, view quote, size_t from, size_t *start, size_t *end);
