/* Most facts are 0 for most rows. So a row is kept as the list of its bins that are not the usual one of their column,
 * and what belongs to the usual one is what is left of the leaf. */
#include "base/mem.h"
#include "train/boost_inside.h"

enum { VALUES = 256 };
static const double LEAST_GAIN = 1e-6; /* nats; less than that is rounding */

struct boost_column { /* none for a fact that is the same in all rows */
    uint32_t fact, first_bin, n_bins, usual;
};

/* ---- once: bins ---- */

static uint32_t n_facts_of(const struct boost *b, uint32_t index)
{
    return (b->rows->width - index + b->n_parts - 1) / b->n_parts;
}

/* How many rows have each value of each fact of this part: n_facts × VALUES. */
static void count_values(const struct boost *b, uint32_t index, uint32_t *count)
{
    const struct boost_rows *r = b->rows;
    for (uint32_t i = 0; i < r->n; i++) {
        const uint8_t *facts = r->facts + (size_t)i * r->width;
        uint32_t *c = count;
        for (uint32_t f = index; f < r->width; f += b->n_parts, c += VALUES)
            c[facts[f]]++;
    }
}

/* A column for a fact, when it tells rows apart; `count` becomes 1 + the bin of each value, 0 for the usual one.
 * Returns how many rows are not in that. */
static uint32_t add_column(struct boost_part *part, uint32_t fact, uint32_t *count)
{
    struct boost_column c = { .fact = fact, .first_bin = part->n_bins };
    uint32_t usual = 0, n_rows = 0;
    for (uint32_t v = 0; v < VALUES; v++) {
        n_rows += count[v];
        if (count[v] > count[usual]) usual = v;
    }
    uint32_t n_other = n_rows - count[usual];
    for (uint32_t v = 0; v < VALUES; v++) {
        if (!count[v]) continue;
        uint32_t bin = c.first_bin + c.n_bins++;
        if (v == usual) c.usual = bin;
        if (n_other) part->most[bin] = (uint8_t)v;
        count[v] = v == usual ? 0 : 1 + bin;
    }
    if (!n_other) return 0;
    part->column[part->n_columns++] = c;
    part->n_bins += c.n_bins;
    return n_other;
}

/* A bin reaches half way to the next: values that no row has may come later. */
static void widen_bins(struct boost_part *part)
{
    for (uint32_t k = 0; k < part->n_columns; k++) {
        uint8_t *most = part->most + part->column[k].first_bin;
        for (uint32_t i = 0; i + 1 < part->column[k].n_bins; i++)
            most[i] = (uint8_t)((most[i] + most[i + 1]) / 2);
    }
}

static void list_bins(struct boost_part *part, uint32_t index, const uint32_t *bin_of)
{
    const struct boost_rows *r = part->b->rows;
    uint64_t at = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        const uint8_t *facts = r->facts + (size_t)i * r->width;
        const uint32_t *bins = bin_of;
        part->first[i] = at;
        for (uint32_t f = index; f < r->width; f += part->b->n_parts, bins += VALUES)
            if (bins[facts[f]]) part->bins[at++] = bins[facts[f]] - 1;
    }
    part->first[r->n] = at;
}

err boost_part_init(struct boost_part *part, const struct boost *b, uint32_t index)
{
    err e = OK;
    uint32_t n_facts = n_facts_of(b, index);
    size_t n_values = (size_t)n_facts * VALUES, n_listed = 0;
    *part = (struct boost_part){ .b = b };
    uint32_t *count = mem_alloc_zero(n_values * sizeof *count);
    if (!count) TRY(ERR_MEMORY);
    if (!(part->column = mem_alloc(n_facts * sizeof *part->column))) TRY(ERR_MEMORY);
    if (!(part->most = mem_alloc(n_values))) TRY(ERR_MEMORY);
    count_values(b, index, count);
    for (uint32_t k = 0; k < n_facts; k++)
        n_listed += add_column(part, index + k * b->n_parts, count + (size_t)k * VALUES);
    widen_bins(part);
    size_t n_sums = (size_t)part->n_bins * TAG_TREE_LEAVES;
    if (!(part->first = mem_alloc(((size_t)b->rows->n + 1) * sizeof *part->first))) TRY(ERR_MEMORY);
    if (!(part->bins = mem_alloc(n_listed * sizeof *part->bins))) TRY(ERR_MEMORY);
    if (!(part->sum = mem_alloc(n_sums * sizeof *part->sum))) TRY(ERR_MEMORY);
    list_bins(part, index, count);
out:
    mem_free(count);
    if (e) boost_part_clear(part);
    return e;
}

void boost_part_clear(struct boost_part *part)
{
    mem_free(part->column);
    mem_free(part->most);
    mem_free(part->first);
    mem_free(part->bins);
    mem_free(part->sum);
    *part = (struct boost_part){ .b = NULL };
}

/* ---- for each leaf ---- */

static void sum_up(const struct boost_part *part, const struct boost_leaf *leaf,
                   struct boost_sum *sum)
{
    const uint32_t *order = part->b->order + leaf->first;
    memset(sum, 0, part->n_bins * sizeof *sum);
    for (uint32_t i = 0; i < leaf->n; i++) {
        struct boost_sum s = boost_sum_of(part->b->grad[order[i]]);
        uint64_t end = part->first[order[i] + 1];
        for (uint64_t k = part->first[order[i]]; k < end; k++)
            boost_sum_add(&sum[part->bins[k]], s);
    }
}

static double worth(struct boost_sum s, double shrink)
{
    double g = boost_grad_of(s);
    return g * g / (boost_hess_of(s) + shrink);
}

/* The best split of a leaf by one column, if it is better than *best; of equals, the lowest bin stays. */
static void try_column(const struct boost_part *part, const struct boost_leaf *leaf,
                       const struct boost_column *c, const struct boost_sum *sum,
                       struct boost_split *best)
{
    const struct boost_params *p = &part->b->p;
    double whole = worth(leaf->sum, p->shrink);
    uint32_t end = c->first_bin + c->n_bins;
    struct boost_sum usual = leaf->sum, low = { 0 };
    for (uint32_t i = c->first_bin; i < end; i++)
        boost_sum_take(&usual, sum[i]);
    for (uint32_t i = c->first_bin; i + 1 < end; i++) {
        boost_sum_add(&low, i == c->usual ? usual : sum[i]);
        if (boost_count(low) < p->least_rows) continue;
        if (leaf->n - boost_count(low) < p->least_rows) break;
        struct boost_sum high = leaf->sum;
        boost_sum_take(&high, low);
        double gain = (worth(low, p->shrink) + worth(high, p->shrink) - whole) / 2;
        if (gain > LEAST_GAIN && gain > best->gain)
            *best = (struct boost_split){ gain, c->fact, part->most[i], low };
    }
}

static void find_split(const struct boost_part *part, const struct boost_leaf *leaf,
                       const struct boost_sum *sum, struct boost_split *best)
{
    *best = (struct boost_split){ .gain = 0 };
    if (leaf->n / 2 < part->b->p.least_rows) return;
    for (uint32_t k = 0; k < part->n_columns; k++)
        try_column(part, leaf, &part->column[k], sum, best);
}

void boost_part_look(struct boost_part *part)
{
    const struct boost_leaf *small = part->b->small, *large = part->b->large;
    struct boost_sum *sum = part->sum + (size_t)small->slot * part->n_bins;
    sum_up(part, small, sum);
    find_split(part, small, sum, &part->small);
    if (!large) return;
    struct boost_sum *rest = part->sum + (size_t)large->slot * part->n_bins;
    for (uint32_t i = 0; i < part->n_bins; i++)
        boost_sum_take(&rest[i], sum[i]);
    find_split(part, large, rest, &part->large);
}
