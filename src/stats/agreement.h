/* stats/agreement.h — how far readers agree beyond chance.
 *
 * Cohen's kappa for two readers (Cohen, Educ Psychol Meas 20, 1960): (po - pe) / (1 - pe). Fleiss' kappa
 * for any number (Fleiss, Psychol Bull 76, 1971), with every item rated by the same number of readers.
 * NaN where it is undefined: no items, or chance agreement is complete. Threads: pure.
 */
#pragma once
#include "base/base.h"

enum { AGREEMENT_CLASSES_MAX = 16 };

/* table[a * k + b]: items that the first reader put into class a and the second into b. */
double cohen_kappa(const uint32_t *table, uint32_t k);
/* The share of items that both put into the same class; NaN for none. */
double raw_agreement(const uint32_t *table, uint32_t k);
/* counts[i * k + c]: readers who put item i into class c; every item has `readers` of them (≥ 2).
 * items: which items count, repeated where drawn twice; NULL for all. */
double fleiss_kappa(const uint32_t *counts, const uint32_t *items, uint32_t n, uint32_t k,
                    uint32_t readers);
