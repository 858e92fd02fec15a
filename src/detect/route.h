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
    ROUTE_SIGN = 32,       /* capitals alone */
    ROUTE_NO_WORD = 64,    /* a number or mark */
    ROUTE_DOT = 128,       /* "dot", and whatever has its entry */
};
/* clang-format on */
struct routes {
    const struct lexicon *lexicon; /* borrowed */
    const struct lex_info *first;  /* entry of of[…][0] */
    uint8_t *of[2];                /* [is_caseless]: one a lexicon entry, owned */
    /* by a token's flags: which bits of its entry count, and which it has without one */
    uint8_t may[256], is[256];
};

/* ERR_MEMORY. */
MUST_USE err routes_init(struct routes *r, const struct lexicon *l);
void routes_clear(struct routes *r);
