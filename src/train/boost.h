/* train/boost.h — trees that vote (detect/tag_tree.h), learned from rows of facts that are true or false.
 *
 *     struct boost_params p = boost_default_params();
 *     struct tag_tree trees[200];                                     as many as p.trees
 *     err e = boost_learn(&rows, &p, trees, &base, NULL, NULL);
 *     base + tag_trees_vote(trees, p.trees, facts) / (float)TAG_VOTE_UNIT      log odds that a row is true
 *
 * Each tree is grown on what the trees before it leave wrong, leaf by leaf, the split that gains most first. What it says
 * is rounded as it will be stored before the next tree sees it. The same rows and parameters give the same bytes, on
 * every machine that follows IEEE 754 and with any number of threads.
 * Source: Friedman, Annals of Statistics 29(5), 2001; gains of second order: Chen, Guestrin, KDD 2016.
 * Threads: one owner; inside, as many as asked for.
 */
#pragma once
#include "base/base.h"
#include "detect/tag_tree.h"

enum { BOOST_ROWS_MAX = 1 << 22, BOOST_WIDTH_MAX = 1 << 16 };

struct boost_rows {         /* borrowed */
    uint32_t n, width;      /* at most BOOST_ROWS_MAX, BOOST_WIDTH_MAX */
    const uint8_t *facts;   /* n × width, a row after the other */
    const uint8_t *is_true; /* one a row */
};
struct boost_params {
    unsigned trees;
    unsigned leaves;     /* a tree, at most TAG_TREE_LEAVES */
    unsigned least_rows; /* a leaf */
    float rate;          /* what a tree says of what it would have to say */
    float shrink;        /* lambda: L2 on what a leaf says */
    unsigned threads;    /* 0: one a processor */
};
struct boost_params boost_default_params(void);

/* After each tree. loss: mean negative log-likelihood a row, in nats. */
typedef void boost_report(void *ctx, unsigned n_trees, double loss);

/*   out      p->trees trees, owned by the caller; what is in them when this fails has no meaning
 *   base     nats that every row begins with: the log odds of the share that is true
 *   report   may be NULL, and then no loss is computed
 * ERR_MEMORY, ERR_SYSTEM; ERR_LIMIT when there are too many rows or facts; ERR_UNSUPPORTED when there is nothing to tell
 * apart: rows are all true or all false, or have no facts. */
MUST_USE err boost_learn(const struct boost_rows *rows, const struct boost_params *p,
                         struct tag_tree *out, float *base, boost_report *report, void *ctx);
