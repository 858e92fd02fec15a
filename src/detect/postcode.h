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

/* The code that the number at token i is in: of Britain and Ireland where i is its inner or first number. */
bool postcode_at(const struct doc *d, uint32_t i, struct postcode *out);
