/* stats/gap.h — is one group served worse than another, or does it only look so?
 *
 * Items (names) belong to groups; each was tried several times and succeeded some of them. The gap is the
 * highest share of a group minus the lowest. With many groups some gap appears even when all are treated
 * alike; how much is learned by permutation: the groups' labels are dealt out again among the items
 * (within each stratum, so that a group with more hard items is compared with its like), and the largest
 * gap is taken each time. What those deals reach at `confidence` is what sampling alone gives; the
 * observed gap counts as far as it goes beyond.
 *
 * wilson_clustered: Wilson's interval where trials come in clusters (several tries of one name): the
 * number of trials is divided by Kish's design effect, as Korn and Graubard (Survey Methodology 24, 1998)
 * do. Source of the comparison: Xiao and others, "In the Name of Fairness", FAccT 2023.
 * Threads: pure.
 */
#pragma once
#include "stats/bootstrap.h"

struct gap_item {
    uint16_t group, stratum;
    uint16_t tries, hits;
};
struct gap_params {
    uint32_t deals;    /* 1000 */
    uint64_t seed;     /* 1 */
    double confidence; /* 0.95 */
};
struct gap {
    double gap;          /* highest share minus lowest; NaN with fewer than two groups */
    uint32_t high, low;  /* the groups that make it */
    double usual, limit; /* of the deals: median, and the quantile at `confidence` */
    double beyond;       /* max(0, gap - limit) */
    double p;            /* share of deals, the observed one among them, with a gap as large */
};
struct gap_params gap_default_params(void);
/* Groups without tries do not count. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err gap_measure(const struct gap_params *p, const struct gap_item *items, uint32_t n,
                         uint32_t n_groups, struct gap *out);

/* Of the items of one group (UINT32_MAX: of all). No tries: NaN at both ends. */
struct interval wilson_clustered(const struct gap_item *items, uint32_t n, uint32_t group,
                                 double confidence);
