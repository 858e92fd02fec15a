/* detect/name_series.h — who stands in a list of persons is known by one of them.
 *
 *     Night list: Ardel, Buiter, Castro                Alderby/Tonkova/Brillman team
 *     CC List: Vandermeer, Hendrika; Oddleif, Samela   Hollis ph 7.3; Reed no change; Kenyon cl 101
 *     9:15 Tolliver BP | 9:30 Osterberg wound | 9:45 Quist
 *
 * A name that was found heads its item; the same place of the other items, parted by the same mark on the same
 * line, holds persons too where the word there may be one. Without one, family names must head most of three items
 * or more. Runs last, so that it starts from all that was found.
 * Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends them, beside the NAME findings of *out. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_series(const struct doc *d, struct findings *out);
