/* review_estimate.c — from what was missed in the sample to what is missing in the whole.
 *
 * Misses of several readers that overlap are one. Each record read stands for 1/p records. What
 * readers overlook themselves is taken from how little their misses agree (stats/capture.h); its upper
 * bound goes into the upper bounds, so these err on the safe side. */
#include <math.h>

#include "deid/review.h"
#include "stats/binomial.h"
#include "stats/bootstrap.h"
#include "stats/weighted.h"

struct read_unit {
    double chance;
    uint32_t misses;
};
struct ground {
    struct read_unit *v;
    uint32_t n;
    double records, findings;
};

static const struct review_verdict *verdict_of(const struct review *r, uint32_t unit,
                                               uint32_t reader)
{
    for (uint32_t i = 0; i < r->n_verdicts; i++)
        if (r->verdicts[i].unit == unit && r->verdicts[i].reader == reader) return &r->verdicts[i];
    return NULL;
}

static bool overlap(struct review_range a, struct review_range b)
{
    return a.text == b.text && a.start < b.end && b.start < a.end;
}

static bool is_among(const struct review_verdict *x, struct review_range m)
{
    for (uint32_t i = 0; i < x->n_missed; i++)
        if (overlap(x->missed[i], m)) return true;
    return false;
}

/* Misses of reader `k` that no reader before him has. */
static uint32_t new_misses(const struct review *r, uint32_t unit, uint32_t k)
{
    uint32_t n = 0;
    const struct review_verdict *x = verdict_of(r, unit, k);
    for (uint32_t i = 0; x && i < x->n_missed; i++) {
        bool known = false;
        for (uint32_t j = 0; j < i && !known; j++)
            known = overlap(x->missed[j], x->missed[i]);
        for (uint32_t b = 0; b < k && !known; b++) {
            const struct review_verdict *y = verdict_of(r, unit, b);
            known = y && is_among(y, x->missed[i]);
        }
        n += !known;
    }
    return n;
}

/* Leak rate per identifier of a resample. */
static void identifier_rate(void *ctx, const uint32_t *items, uint32_t n, double *out)
{
    const struct ground *g = ctx;
    struct weighted s = { 0 };
    for (uint32_t i = 0; i < n; i++)
        weighted_add(&s, g->v[items[i]].chance, g->v[items[i]].misses);
    double missed = weighted_mean(&s) * g->records;
    out[0] = missed > 0 ? missed / (missed + g->findings) : 0;
}

static double share_of(double missed, double found)
{
    return missed > 0 ? missed / (missed + found) : 0;
}

static void compare_readers(const struct review *r, double confidence, struct review_result *out)
{
    uint64_t n1 = 0, n2 = 0, both = 0;
    for (uint32_t u = 0; u < r->n_units; u++) {
        const struct review_verdict *a = verdict_of(r, u, 0), *b = verdict_of(r, u, 1);
        if (!a || !b) continue;
        out->read_by_two++;
        uint32_t own = new_misses(r, u, 0), other = new_misses(r, u, 1), shared = 0;
        for (uint32_t i = 0; i < a->n_missed; i++)
            shared += is_among(b, a->missed[i]);
        shared = MIN(shared, own);
        n1 += own;
        n2 += other + shared;
        both += shared;
    }
    out->is_modelled = out->read_by_two > 0;
    out->capture = capture_chapman(n1, n2, both, confidence);
}

err review_estimate(const struct review *r, double confidence, double bound,
                    struct review_result *out)
{
    err e = OK;
    struct weighted notes = { 0 }, misses = { 0 };
    struct ground g = { .records = r->records, .findings = r->findings };
    struct bootstrap_params boot = bootstrap_default_params();
    *out = (struct review_result){ .drawn = r->n_units, .missed_by_readers = 1 };
    g.v = mem_alloc(((size_t)r->n_units + 1) * sizeof *g.v);
    if (!g.v) return ERR_MEMORY;
    for (uint32_t u = 0; u < r->n_units; u++) {
        uint32_t missed = 0;
        bool is_read = false;
        for (uint32_t k = 0; k < r->n_readers; k++) {
            is_read |= verdict_of(r, u, k) != NULL;
            missed += new_misses(r, u, k);
        }
        if (!is_read) continue;
        out->read++;
        out->with_misses += missed > 0;
        out->misses += missed;
        weighted_add(&notes, r->units[u].chance, missed > 0);
        weighted_add(&misses, r->units[u].chance, missed);
        g.v[g.n++] = (struct read_unit){ r->units[u].chance, missed };
    }
    compare_readers(r, confidence, out);
    out->notes_in = out->identifiers_in = (struct interval){ 0, 1 };
    out->notes_upper = 1;
    out->more = binomial_needed(0, bound, confidence);
    if (!out->read) goto out;
    double high = 1; /* of what readers overlook */
    if (out->is_modelled && out->capture.seen > 0) {
        out->missed_by_readers = MAX(1, out->capture.total / out->capture.seen);
        high = MAX(1, out->capture.in.high / out->capture.seen);
    }
    out->size = weighted_size(&notes);
    double x = MIN(weighted_mean(&notes) * out->size, out->size);
    out->notes = MIN(1, weighted_mean(&notes) * out->missed_by_readers);
    out->notes_in = clopper_pearson(x, out->size, confidence);
    out->notes_in.high = MIN(1, out->notes_in.high * high);
    out->notes_upper = MIN(1, binomial_upper(x, out->size, confidence) * high);
    /* Identifiers: resampled records; with few misses that says little, and the bound on records with a
     * miss, each with as many as were seen in one, says more. */
    double per_record = out->with_misses ? MAX(1, (double)out->misses / out->with_misses) : 1;
    out->identifiers =
        share_of(weighted_mean(&misses) * r->records * out->missed_by_readers, r->findings);
    TRY(bootstrap_percentile(&boot, g.n, 1, identifier_rate, &g, &out->identifiers_in));
    double most = share_of(out->notes_in.high * per_record * r->records, r->findings);
    out->identifiers_in.high = MAX(out->identifiers_in.high, most);
    /* More reading at the rate seen so far. */
    double needed = weighted_mean(&notes) * out->missed_by_readers < bound
                        ? binomial_needed(x, bound / high, confidence)
                        : INFINITY;
    out->more = MAX(0, ceil(needed - out->size - 1e-6)); /* sums of 1/p round */
out:
    mem_free(g.v);
    return e;
}
