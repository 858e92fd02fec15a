/* detect/small_lines.h — what is typed without capitals amid a text that has them.
 *
 *     … stable. lm for roe, dunnavant mill re consent Next a stapler …     pt's words: "i live in houma with my mom"
 *
 * There small letters say nothing, as in a text that has none at all, so that such a stretch is looked through by itself.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* A walk over the stretches of a text; begin with { .d = d }. */
struct small_lines {
    const struct doc *d;
    uint32_t k;    /* of d->small_starts */
    uint32_t past; /* the token behind the last stretch that was gone through */
};

/* The next stretch, tokens *first … *last: four words at least, and one that may be a name. False: there is none. */
bool small_lines_next(struct small_lines *s, uint32_t *first, uint32_t *last);
