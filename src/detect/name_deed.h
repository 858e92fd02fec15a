/* detect/name_deed.h — what only persons do: "Byeolhun denies …", "Tsuo was accompanied by her mother".
 *
 * Verbs that drugs, devices, houses and insurers share ("works", "covers", "presents") are not among them, so that a
 * word which no list knows can be a person's for the verb alone.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Does what is told at token i need a person before it? */
bool name_deed_at(const struct doc *d, uint32_t i);
/* Is the word at token i "patient", "mother", … with two letters swapped, or one lost or added? */
SELDOM bool name_deed_is_misspelt(const struct doc *d, uint32_t i);
