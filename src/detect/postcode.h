/* detect/postcode.h — postal codes of Britain, Ireland, Canada, Australia, India and Singapore.
 *
 *     BS35 4JJ   BFPO 57   A92 X7K3   K1A 0B1   Coolamon NSW 2701   PIN 560 078   S(760442)
 *
 * By form alone where the form says it (letters of the area, of the routing key, of the inward code), else behind
 * the word or the state that goes before.   Threads: pure.
 * Source: Royal Mail, Programmers' Guide to PAF, appendix C; Eircode Product Guide; Canada Post, Addressing
 * Guidelines; 45 CFR 164.514(b)(2)(i)(B). */
#pragma once
#include "detect/doc.h"

struct postcode {
    uint32_t first, last; /* tokens */
    bool is_door;         /* a house or a few, no area: of Britain and Ireland */
};

/* Could the number at token i be in one? A look at its neighbours. */
static inline bool postcode_may(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *before = doc_tok(d, (int64_t)i - 1),
                       *after = doc_tok(d, (int64_t)i + 1);
    switch (t->len) {
    case 1: return after->flags & TOK_UPPER && !(after->flags & TOK_SPACE);
    case 2: return before->flags & TOK_UPPER && (after->flags & TOK_UPPER || before->len == 4);
    case 3: return after->kind == TOK_NUMBER && after->len == 3;
    case 4: return before->flags & TOK_UPPER;
    default: return t->len == 6;
    }
}

/* The code that the number at token i is in: of Britain and Canada where i is its inner number, of Ireland its
 * first one. */
bool postcode_at(const struct doc *d, uint32_t i, struct postcode *out);
