#include "stats/agreement.h"

#include <math.h>

static double total_of(const uint32_t *table, uint32_t k)
{
    double n = 0;
    for (uint32_t i = 0; i < k * k; i++)
        n += table[i];
    return n;
}

double raw_agreement(const uint32_t *table, uint32_t k)
{
    double n = total_of(table, k), same = 0;
    for (uint32_t i = 0; i < k; i++)
        same += table[i * k + i];
    return n > 0 ? same / n : NAN;
}

double cohen_kappa(const uint32_t *table, uint32_t k)
{
    double n = total_of(table, k), chance = 0;
    if (!(n > 0)) return NAN;
    for (uint32_t i = 0; i < k; i++) {
        double row = 0, column = 0;
        for (uint32_t j = 0; j < k; j++) {
            row += table[i * k + j];
            column += table[j * k + i];
        }
        chance += row / n * (column / n);
    }
    /* Both used one class alone: there is nothing to agree on. */
    return chance < 1 ? (raw_agreement(table, k) - chance) / (1 - chance) : NAN;
}

double fleiss_kappa(const uint32_t *counts, const uint32_t *items, uint32_t n, uint32_t k,
                    uint32_t readers)
{
    double share[AGREEMENT_CLASSES_MAX] = { 0 }, agree = 0, chance = 0;
    BUG_IF(k > AGREEMENT_CLASSES_MAX);
    if (n == 0 || readers < 2) return NAN;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t *c = counts + (size_t)(items ? items[i] : i) * k;
        double pairs = 0;
        for (uint32_t j = 0; j < k; j++) {
            pairs += (double)c[j] * ((double)c[j] - 1);
            share[j] += c[j];
        }
        agree += pairs / ((double)readers * (readers - 1));
    }
    for (uint32_t j = 0; j < k; j++) {
        double p = share[j] / ((double)n * readers);
        chance += p * p;
    }
    return chance < 1 ? (agree / n - chance) / (1 - chance) : NAN;
}
