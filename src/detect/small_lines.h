/* detect/small_lines.h — what is typed without capitals amid a text that has them.
 *
 *     … stable. lm for roe, dunnavant mill re consent Next a stapler …     pt's words: "i live in houma with my mom"
 *
 * There small letters say nothing, as in a text that has none at all, so that such a stretch is looked through by itself.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

enum { SMALL_LINES_MARKS = 3 };

struct small_lines {
    const struct doc *d;
    uint32_t next[SMALL_LINES_MARKS]; /* bytes where marks stand that a sentence may begin behind */
    uint32_t past;                    /* the byte behind the last stretch */
};

void small_lines_begin(struct small_lines *s, const struct doc *d);
/* The next stretch, tokens *first … *last: four words at least, and one that may be a name. False: there is none. */
bool small_lines_next(struct small_lines *s, uint32_t *first, uint32_t *last);
