/* stats/delong.h — the area under the ROC curve and its interval.
 *
 * The area is the Mann-Whitney statistic (ties count half); its variance is that of DeLong, DeLong and
 * Clarke-Pearson (Biometrics 44, 1988), by midranks (Sun and Xu 2014), in n log n. The interval is the
 * normal one, kept inside [0, 1].   Threads: pure.
 */
#pragma once
#include "stats/interval.h"

struct auc {
    double area,
        variance; /* NaN without positives, without negatives; variance also with one of either */
    struct interval in;
    uint32_t positives, negatives;
};
/* OK or ERR_MEMORY. */
MUST_USE err auc_delong(const double *scores, const bool *positive, uint32_t n, double confidence,
                        struct auc *out);
