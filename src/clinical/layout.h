/* clinical/layout.h — what the form of a text says: lines that stand for themselves, stops that the splitter
 * of sentences leaves alone.
 *
 * Prose that was wrapped goes on over a line break; a list of findings, one a line, does not. A line
 * stands for itself when its first word would have found room on the line before it, nothing there asks for
 * more words ("evidence of"), and it begins as a sentence does.   Threads: pure.
 */
#pragma once
#include "clinical/schema.h"

struct layout {
    view text;
    const struct schema *s;
    const struct tokens *t;
    uint32_t widest; /* bytes of the longest line */
    uint32_t lines;
    bool is_list; /* one of its lines was broken early: it was not wrapped */
};
void layout_read(struct layout *l, const struct schema *s, view text, const struct tokens *t);

bool layout_is_mark(const struct layout *l, uint32_t i, char c);
/* Bits of enum trait of token i; 0 for what is no word. */
uint16_t layout_traits(const struct layout *l, uint32_t i);
/* The first token in (at, end) that begins a line which stands for itself, or end. */
uint32_t layout_line_end(const struct layout *l, uint32_t at, uint32_t end);
/* Is the dot at token i the end of a sentence that the splitter did not see? "ptx. left picc" */
bool layout_is_stop(const struct layout *l, uint32_t i);
