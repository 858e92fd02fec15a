/* detect/age_short.h — inside detect/age*.c: ages that nothing but their place tells: "94/F w/ UTI", "Rm 4 92F
 * CHF", "Okafor, 92, was seen", and the cells of a table's column "Age".   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is the number at token i, which is over 89, an age and sex in shorthand? A temperature is not: F with a
 * vital sign before it, and F in the range of fevers with no complaint after it. */
bool age_is_short(const struct doc *d, int64_t i);
/* Does it stand beside somebody's name, found by its words or masked: "Okafor (92) called"? */
bool age_is_beside_name(const struct doc *d, int64_t i);

/* Is a vital sign or laboratory value told before the number at i? */
bool age_is_value(const struct doc *d, int64_t i);

/* Is token i somebody's name, by what the lexicon knows, or the end of a name's placeholder? */
bool age_is_name(const struct doc *d, int64_t i);

/* What is known of the table that the lines up to `scanned` are in; all zero before the text. */
struct age_table {
    size_t scanned;         /* start of the line looked at */
    size_t seen;            /* no line ends between scanned and here */
    unsigned column, cells; /* of the header: cells 0 when there is none */
    char mark;              /* between its cells; ' ' for two blanks and more */
};
/* Is it a whole cell of a column that the table's header calls age? Ask in text order with the same `t`: each
 * line is read once. */
bool age_is_column(const struct doc *d, int64_t i, struct age_table *t);
