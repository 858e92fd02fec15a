/* detect/shield_joined.h — numbers that letters or marks touch and that are values or codes all the same.
 *
 *     B12  G2P1  V600E  38w2d  L4-5      1:1000  14:30  3+4      chr17:41245466  rs1801133  NCT01234567      E11.9
 *
 * The number is token i each time.   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* One letter or a short word against a small number: B12, CD4, G2P1, V600E, 38w2d, 5HT; and the
 * second level of L4-5, C5/6, T1-T2. */
bool shield_is_compound(const struct doc *d, uint32_t i, uint32_t *last);
/* A ratio, a clock time, a sum: 1:1000, 14:30, 3+4. */
bool shield_is_colon_or_sum(const struct doc *d, uint32_t i, uint32_t *last);
/* A code of genes, trials or diseases, something joined to the number's left. */
bool shield_is_of_code(const struct doc *d, uint32_t i);
