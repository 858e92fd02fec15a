/* detect/route.h — which of a doc's lists a word belongs to, worked out once for every lexicon entry.
 *
 * A byte an entry stays in the first-level cache, where the entries themselves would not.
 * Threads: immutable once made; share it.
 */
#pragma once
#include "lexicon/lexicon.h"

/* clang-format off */
enum route { /* set of bits */
    ROUTE_CAPITAL = 1,     /* hot where it has a capital letter */
    ROUTE_SMALL = 2,       /* hot in small letters: the bit after ROUTE_CAPITAL */
    ROUTE_NUMBER_WORD = 4, /* of LEX(NUMBER_WORD) */
    ROUTE_PHRASE = 8,      /* a phrase may begin here */
    ROUTE_CALLED = 16,     /* with a capital amid a sentence it may be called so: no small word, nothing of medicine */
};
/* clang-format on */
struct routes {
    const struct lexicon *lexicon; /* borrowed */
    const struct lex_info *first;  /* entry of of[…][0] */
    uint8_t *of[2];                /* [is_caseless]: one a lexicon entry, owned */
};

/* ERR_MEMORY. */
MUST_USE err routes_init(struct routes *r, const struct lexicon *l);
void routes_clear(struct routes *r);
