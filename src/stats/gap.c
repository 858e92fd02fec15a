#include "stats/gap.h"

#include <math.h>

#include "base/mem.h"

struct gap_params gap_default_params(void)
{
    return (struct gap_params){ .deals = 1000, .seed = 1, .confidence = 0.95 };
}

/* tries and hits of each group */
struct tally {
    uint64_t *tries, *hits;
    uint32_t n;
};

static double widest(const struct tally *t, uint32_t *high, uint32_t *low)
{
    double top = -INFINITY, bottom = INFINITY;
    uint32_t groups = 0;
    for (uint32_t g = 0; g < t->n; g++) {
        if (!t->tries[g]) continue;
        double share = (double)t->hits[g] / (double)t->tries[g];
        groups++;
        if (share > top) top = share, *high = g;
        if (share < bottom) bottom = share, *low = g;
    }
    return groups < 2 ? NAN : top - bottom;
}

/* Items that differ have an order, so that the deals are the same with every qsort. */
static int by_stratum(const void *a, const void *b)
{
    const struct gap_item *x = a, *y = b;
    if (x->stratum != y->stratum) return x->stratum > y->stratum ? 1 : -1;
    if (x->group != y->group) return x->group > y->group ? 1 : -1;
    if (x->tries != y->tries) return x->tries > y->tries ? 1 : -1;
    return (x->hits > y->hits) - (x->hits < y->hits);
}

/* Deals the groups of items[0 … n) out again among them. */
static void deal(struct stat_random *r, struct gap_item *items, uint32_t n)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = stat_random_below(r, i);
        uint16_t group = items[i - 1].group;
        items[i - 1].group = items[k].group;
        items[k].group = group;
    }
}

static double deal_all(struct stat_random *r, struct gap_item *items, uint32_t n, struct tally *t)
{
    uint32_t high, low;
    for (uint32_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && items[to].stratum == items[from].stratum;)
            to++;
        deal(r, items + from, to - from);
    }
    memset(t->tries, 0, t->n * sizeof *t->tries);
    memset(t->hits, 0, t->n * sizeof *t->hits);
    for (uint32_t i = 0; i < n; i++) {
        t->tries[items[i].group] += items[i].tries;
        t->hits[items[i].group] += items[i].hits;
    }
    return widest(t, &high, &low);
}

err gap_measure(const struct gap_params *p, const struct gap_item *items, uint32_t n,
                uint32_t n_groups, struct gap *out)
{
    err e = OK;
    struct stat_random r;
    struct tally t = { .n = n_groups };
    struct gap g = { .usual = NAN, .limit = NAN, .beyond = NAN, .p = NAN };
    double *gaps = NULL;
    struct gap_item *dealt = NULL;
    uint32_t as_wide = 0;

    t.tries = mem_alloc_zero(((size_t)n_groups + 1) * sizeof *t.tries);
    t.hits = mem_alloc_zero(((size_t)n_groups + 1) * sizeof *t.hits);
    gaps = mem_alloc(((size_t)p->deals + 1) * sizeof *gaps);
    dealt = mem_alloc(((size_t)n + 1) * sizeof *dealt);
    if (!t.tries || !t.hits || !gaps || !dealt) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < n; i++) {
        BUG_IF(items[i].group >= n_groups || items[i].hits > items[i].tries);
        t.tries[items[i].group] += items[i].tries;
        t.hits[items[i].group] += items[i].hits;
    }
    g.gap = widest(&t, &g.high, &g.low);
    if (!isnan(g.gap) && p->deals) {
        memcpy(dealt, items, n * sizeof *items);
        qsort(dealt, n, sizeof *dealt, by_stratum);
        stat_random_seed(&r, p->seed);
        for (uint32_t i = 0; i < p->deals; i++) {
            gaps[i] = deal_all(&r, dealt, n, &t);
            as_wide += gaps[i] >= g.gap;
        }
        quantile_sort(gaps, p->deals);
        g.usual = quantile_sorted(gaps, p->deals, 0.5);
        g.limit = quantile_sorted(gaps, p->deals, p->confidence);
        g.beyond = fmax(0, g.gap - g.limit);
        g.p = ((double)as_wide + 1) / ((double)p->deals + 1);
    }
    *out = g;
out:
    mem_free(t.tries);
    mem_free(t.hits);
    mem_free(gaps);
    mem_free(dealt);
    return e;
}

struct interval wilson_clustered(const struct gap_item *items, uint32_t n, uint32_t group,
                                 double confidence)
{
    double tries = 0, hits = 0, clusters = 0, square = 0;
    for (uint32_t i = 0; i < n; i++) {
        if ((group != UINT32_MAX && items[i].group != group) || !items[i].tries) continue;
        tries += items[i].tries;
        hits += items[i].hits;
        clusters++;
    }
    if (tries == 0) return wilson_interval(0, 0, confidence);
    double share = hits / tries;
    for (uint32_t i = 0; i < n; i++) {
        if ((group != UINT32_MAX && items[i].group != group) || !items[i].tries) continue;
        double off = items[i].hits - share * items[i].tries;
        square += off * off;
    }
    /* Variance of a ratio of cluster totals against that of as many independent tries. */
    double plain = share * (1 - share) * tries;
    double effect =
        clusters > 1 && plain > 0 ? square * clusters / (clusters - 1) / plain : tries / clusters;
    double effective = tries / fmax(effect, 1);
    uint64_t trials = (uint64_t)llround(fmax(effective, 1));
    return wilson_interval((uint64_t)llround(share * (double)trials), trials, confidence);
}
