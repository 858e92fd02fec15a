/* clinical/pattern.h — one pattern's text taken apart (see clinical/vocabulary.h for how it is written).
 * Threads: pure. */
#pragma once
#include "clinical/vocabulary.h"

struct pattern_atom {
    view text;    /* letters or digits; of a class without its dollar sign */
    bool is_stem; /* was written with * */
    bool is_class;
    char mark; /* ',' or '?', else 0 */
};
struct pattern_item {
    uint16_t first, n; /* atoms */
    bool optional;
    uint8_t gap; /* so many words may stand before it */
};
enum { PATTERN_ATOMS_MAX = 120 };
struct pattern_parts {
    struct pattern_atom atoms[PATTERN_ATOMS_MAX];
    struct pattern_item items[PATTERN_ITEMS_MAX];
    uint16_t n_atoms, n_items;
};
/* OK or ERR_CONFIG with *why, a literal. Views are borrowed from `text`. */
MUST_USE err pattern_parse(view text, struct pattern_parts *out, const char **why);
