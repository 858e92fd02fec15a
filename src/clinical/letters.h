/* clinical/letters.h — single letters that stand for words: "R effusion", "L > R", "w/ edema", "Effusion: N".
 * Threads: pure.
 */
#pragma once
#include "clinical/layout.h"

/* The symbol of the word that the letter at token i stands for, or 0. */
uint16_t letter_symbol(const struct layout *l, uint32_t i);
