/* detect/name_series_inside.h — what the files of name_series*.c share.
 *
 * name_series.c         lists of items, whose names stand in the same place of each
 * name_series_joined.c  names that strokes join: "Swanson/Pellman cover", "Alderby/Tonkova/Brillman team"
 *
 * Threads: pure. */
#pragma once
#include "detect/name_series.h"

enum { OTHER = 1, NAMED = 2 };
enum { ITEMS_MAX = 24 };

/* What stands right behind a head. */
enum follow { ENDS, NUMBER, SAYS, CALLED };

struct name_series {
    const struct doc *d;
    uint8_t *taken; /* one a token: 0, NAMED, OTHER */
    struct findings *out;
    uint32_t mark; /* that parts the items */
    bool numbered; /* a time, bed or place in digits stands before each name */
    bool filed;    /* "Family, Given" */
    bool headed;   /* by a word and a colon */
    bool unseeded; /* no name of it was found */
    bool doubtful; /* nothing but the word itself says that it is a name: it needs another one */
    enum follow then;
    uint32_t heads[ITEMS_MAX], n; /* first tokens of the items' names */
};

/* ---- name_series.c ---- */

/* May people be called by the word at token i? `sure`: others of its list are. */
bool name_series_is_word(const struct doc *d, uint32_t i, bool sure);
/* May the word at token i be a person, beside one? */
bool name_series_may_be(const struct name_series *s, uint32_t i, bool sure);
/* Fills s->taken from what was found so far. ERR_MEMORY. */
MUST_USE err name_series_prepare(struct name_series *s);
/* Appends the name first … last. ERR_MEMORY, ERR_LIMIT. */
SELDOM MUST_USE err name_series_add(struct name_series *s, uint32_t first, uint32_t last);

/* ---- name_series_joined.c ---- */

/* Appends the names that the stroke at token m joins, when it joins any. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err name_series_joined(struct name_series *s, uint32_t m);
