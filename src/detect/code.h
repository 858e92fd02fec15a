/* detect/code.h — the run of letters, digits and marks that a number stands in: "#CS-987654", "12345-XYZ".
 *
 * Tokens that no blank parts and that can be one identifier: words and numbers, with '-', '_' and '/'
 * between them, and '.', ',', ':', '+', '*' between digits (those make it a measure, time or version
 * rather than an identifier, and the shape says so).   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

enum { CODE_SHAPE = 24, CODE_REACH = 48 }; /* tokens looked at to each side, at most */
struct code {
    uint32_t first, last; /* tokens; a '#' before it is not among them */
    uint16_t digits, letters;
    bool hash;  /* a '#' is joined to its front */
    bool upper; /* no word of it has a lower-case letter */
    /* A mark that identifiers do not have: '.' ',' ':' '+' '*'. */
    bool measure;
    /* One sign a letter ('A', 'a'; 'W' for a word over 8), the length of each number ('+' for 10 and
     * more), the marks as they are: "HP-987654" is "AA-6", "S24-12345" is "A2-5". "" when too long. */
    char shape[CODE_SHAPE];
};

/* The code that NUMBER token i stands in. */
void code_around(const struct doc *d, uint32_t i, struct code *out);
/* Its first and last token alone. */
void code_reach(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last);
static inline bool code_is(const struct code *c, const char *shape)
{
    return strcmp(c->shape, shape) == 0;
}
/* Its first token, the '#' included. */
static inline uint32_t code_start(const struct code *c)
{
    return c->first - (c->hash ? 1 : 0);
}
/* "03/14/2023", "2023-04-12", "20230412": could be read as a date. */
bool code_is_date(const struct doc *d, const struct code *c);
/* "100-200", "4000-11000": two numbers that rise, as ranges do. */
bool code_is_range(const struct doc *d, const struct code *c);
/* No mark within 32 tokens of i: text whose punctuation was lost, where blanks part the groups of an
 * identifier. */
SELDOM bool code_is_unmarked(const struct doc *d, uint32_t i);
/* All digits, and the last three of them zeros, or a year: a count rather than an identifier. */
bool code_is_round(const struct doc *d, const struct code *c);
