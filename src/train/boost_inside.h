/* train/boost_inside.h — a tree on its way, between boost.c (who grows it) and boost_split.c (where a leaf is best split).
 *
 * Sums are integers, so that neither their order nor the number of threads shows in them.
 * Threads: a part belongs to one worker at a time; the rest is read only meanwhile.
 */
#pragma once
#include "base/pool.h"
#include "train/boost.h"

enum {
    BOOST_PARTS = 16, /* of the columns, one a thread */
    BOOST_GRAD_BITS = 30,
    BOOST_HESS_BITS = 20,
    BOOST_COUNT_SHIFT = 41 /* the hessians of all rows, a quarter each at most, stay below it */
};
_Static_assert(BOOST_ROWS_MAX < 1 << (BOOST_COUNT_SHIFT - BOOST_HESS_BITS + 2), "no carry");

struct boost_grad { /* of the loss of one row by its score, in units of 2^-bits */
    int32_t grad;
    uint32_t hess;
};
struct boost_sum {
    int64_t grad;
    uint64_t hess_count; /* both in one, so that a row costs two additions a bin */
};
struct boost_split {
    double gain; /* 0: there is none */
    uint32_t fact;
    uint8_t most;
    struct boost_sum low;
};
struct boost_leaf {
    uint32_t first, n; /* rows: boost.order */
    struct boost_sum sum;
    struct boost_split best;
    uint32_t slot; /* of its sums in each part */
    uint8_t *link; /* in the tree: what leads here; NULL for the root */
};
struct boost_part {
    const struct boost *b;
    uint32_t n_columns, n_bins;
    struct boost_column *column;
    uint8_t *most;         /* one a bin: the largest fact that is in it */
    uint64_t *first;       /* one a row, and the end: its place in `bins` */
    uint32_t *bins;        /* of each row, but for those that are usual in their column */
    struct boost_sum *sum; /* a leaf's slot × n_bins; 0 for usual bins */
    struct boost_split small, large;
};
struct boost {
    const struct boost_rows *rows;
    struct boost_params p;
    struct pool *pool;
    uint32_t n_parts, n_leaves;
    struct boost_part part[BOOST_PARTS];
    struct boost_leaf leaf[TAG_TREE_LEAVES];
    const struct boost_leaf *small, *large; /* being looked at */
    struct boost_grad *grad;                /* one a row */
    int32_t *score;                         /* one a row: votes so far */
    uint32_t *order, *spare;                /* rows, those of a leaf together and ascending */
    float base;
};

MUST_USE err boost_part_init(struct boost_part *part, const struct boost *b, uint32_t index);
void boost_part_clear(struct boost_part *part);
/* Where to split b->small, and b->large if there is one: both were one leaf, whose sums are in the slot of `large`. */
void boost_part_look(struct boost_part *part);

static inline uint32_t boost_count(struct boost_sum s)
{
    return (uint32_t)(s.hess_count >> BOOST_COUNT_SHIFT);
}
static inline double boost_grad_of(struct boost_sum s)
{
    return (double)s.grad / (1 << BOOST_GRAD_BITS);
}
static inline double boost_hess_of(struct boost_sum s)
{
    return (double)(s.hess_count & (((uint64_t)1 << BOOST_COUNT_SHIFT) - 1)) /
           (1 << BOOST_HESS_BITS);
}
static inline void boost_sum_add(struct boost_sum *s, struct boost_sum a)
{
    s->grad += a.grad;
    s->hess_count += a.hess_count;
}
static inline void boost_sum_take(struct boost_sum *s, struct boost_sum a)
{
    s->grad -= a.grad;
    s->hess_count -= a.hess_count;
}
static inline struct boost_sum boost_sum_of(struct boost_grad g)
{
    return (struct boost_sum){ g.grad, (uint64_t)1 << BOOST_COUNT_SHIFT | g.hess };
}
