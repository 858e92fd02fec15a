#include "train/boost.h"

#include "base/exp_plain.h"
#include "base/log_plain.h"
#include "base/mem.h"
#include "train/boost_inside.h"

struct boost_params boost_default_params(void)
{
    return (struct boost_params){
        .trees = 200, .leaves = 15, .least_rows = 20, .rate = 0.06F, .shrink = 1.0F, .threads = 1
    };
}

/* ---- what is wrong so far ---- */

/* The gradient of each row's loss by its score. Returns the mean loss when it is wanted. */
static double measure(struct boost *b, bool want_loss)
{
    const struct boost_rows *r = b->rows;
    double sum = 0, product = 1;
    for (uint32_t i = 0; i < r->n; i++) {
        float score = b->base + (float)b->score[i] / TAG_VOTE_UNIT;
        float right = 1.0F / (1.0F + exp_plain(r->is_true[i] ? -score : score));
        float hess = right * (1.0F - right) * (1 << BOOST_HESS_BITS);
        int32_t wrong = (1 << BOOST_GRAD_BITS) - (int32_t)(right * (1 << BOOST_GRAD_BITS));
        b->grad[i].grad = r->is_true[i] ? -wrong : wrong;
        b->grad[i].hess = MAX((uint32_t)hess, 1); /* so that no sum that is divided by is 0 */
        if (!want_loss) continue;
        product *= (double)right; /* at least e^-83 each: eight stay far from 0 */
        if (i % 8 < 7 && i + 1 < r->n) continue;
        sum -= log_plain(product);
        product = 1;
    }
    return sum / r->n;
}

/* ---- a tree ---- */

static void do_look(void *ctx, unsigned worker, void *job)
{
    (void)ctx, (void)worker;
    boost_part_look(job);
}

static void take_better(struct boost_split *best, const struct boost_split *s)
{
    if (s->gain > best->gain || (s->gain > 0 && s->gain >= best->gain && s->fact < best->fact))
        *best = *s;
}

/* Fills in where the two halves of a leaf (or the root and no other) are best split. */
static void look(struct boost *b, struct boost_leaf *small, struct boost_leaf *large)
{
    uint32_t most = MAX(small->n, large ? large->n : 0);
    if (most / 2 < b->p.least_rows) return;
    b->small = small;
    b->large = large;
    for (uint32_t i = 0; i < b->n_parts; i++)
        pool_submit(b->pool, &b->part[i]);
    while (pool_take(b->pool)) {
    }
    for (uint32_t i = 0; i < b->n_parts; i++) {
        take_better(&small->best, &b->part[i].small);
        if (large) take_better(&large->best, &b->part[i].large);
    }
}

static void begin_tree(struct boost *b, struct tag_tree *t)
{
    struct boost_leaf *root = &b->leaf[0];
    *t = (struct tag_tree){ .zero = { 0 } };
    for (uint32_t i = 0; i < TAG_TREE_NODES; i++)
        t->node[i].low = t->node[i].high = TAG_TREE_IS_LEAF;
    *root = (struct boost_leaf){ .n = b->rows->n };
    for (uint32_t i = 0; i < b->rows->n; i++) {
        b->order[i] = i;
        boost_sum_add(&root->sum, boost_sum_of(b->grad[i]));
    }
    b->n_leaves = 1;
    if (b->p.leaves > 1) look(b, root, NULL);
}

/* The leaf whose split gains most, of equals the first; NULL when none gains. */
static struct boost_leaf *best_leaf(struct boost *b)
{
    struct boost_leaf *best = &b->leaf[0];
    for (uint32_t i = 1; i < b->n_leaves; i++)
        if (b->leaf[i].best.gain > best->best.gain) best = &b->leaf[i];
    return best->best.gain > 0 ? best : NULL;
}

/* The rows of a leaf that go low come first; both kinds stay ascending, which is kind to the cache. */
static uint32_t part_rows(struct boost *b, const struct boost_leaf *leaf)
{
    const uint8_t *facts = b->rows->facts + leaf->best.fact;
    uint32_t *order = b->order + leaf->first, n_low = 0, n_high = 0;
    for (uint32_t i = 0; i < leaf->n; i++) {
        uint32_t row = order[i];
        bool is_low = facts[(size_t)row * b->rows->width] <= leaf->best.most;
        order[n_low] = b->spare[n_high] = row;
        n_low += is_low;
        n_high += !is_low;
    }
    memcpy(order + n_low, b->spare, n_high * sizeof *order);
    return n_low;
}

/* `leaf` becomes the low half, a new leaf the high one. */
static void split(struct boost *b, struct tag_tree *t, struct boost_leaf *leaf)
{
    uint32_t k = b->n_leaves - 1, n_low = part_rows(b, leaf);
    struct tag_tree_node *node = &t->node[k];
    struct boost_leaf *high = &b->leaf[b->n_leaves++];
    BUG_IF(n_low != boost_count(leaf->best.low));
    *node = (struct tag_tree_node){ .fact = (uint16_t)leaf->best.fact,
                                    .most = leaf->best.most,
                                    .low = (uint8_t)(TAG_TREE_IS_LEAF | (leaf - b->leaf)),
                                    .high = (uint8_t)(TAG_TREE_IS_LEAF | (high - b->leaf)) };
    if (leaf->link) *leaf->link = (uint8_t)k;
    *high = (struct boost_leaf){ .first = leaf->first + n_low,
                                 .n = leaf->n - n_low,
                                 .sum = leaf->sum,
                                 .slot = leaf->slot,
                                 .link = &node->high };
    boost_sum_take(&high->sum, leaf->best.low);
    leaf->n = n_low;
    leaf->sum = leaf->best.low;
    leaf->best = (struct boost_split){ .gain = 0 };
    leaf->link = &node->low;
    struct boost_leaf *small = leaf->n <= high->n ? leaf : high;
    small->slot = k + 1; /* the larger half has the old one: its sums are what is left there */
    if (b->n_leaves < b->p.leaves) look(b, small, small == leaf ? high : leaf);
}

static int16_t leaf_vote(const struct boost *b, const struct boost_leaf *leaf)
{
    double v = -(double)b->p.rate * boost_grad_of(leaf->sum) /
               (boost_hess_of(leaf->sum) + (double)b->p.shrink) * TAG_VOTE_UNIT;
    v = MIN(MAX(v, -(double)INT16_MAX), (double)INT16_MAX);
    return (int16_t)(v + (v < 0 ? -0.5 : 0.5));
}

static void grow(struct boost *b, struct tag_tree *t)
{
    begin_tree(b, t);
    for (struct boost_leaf *l; b->n_leaves < b->p.leaves && (l = best_leaf(b));)
        split(b, t, l);
    for (uint32_t i = 0; i < b->n_leaves; i++) {
        const struct boost_leaf *l = &b->leaf[i];
        t->leaf[i] = leaf_vote(b, l);
        for (uint32_t k = 0; k < l->n; k++)
            b->score[b->order[l->first + k]] += t->leaf[i];
    }
}

/* ---- all ---- */

static err check(const struct boost_rows *r, float *base)
{
    uint32_t n_true = 0;
    if (r->n > BOOST_ROWS_MAX || r->width > BOOST_WIDTH_MAX) return ERR_LIMIT;
    for (uint32_t i = 0; i < r->n; i++)
        n_true += r->is_true[i] != 0;
    if (n_true == 0 || n_true == r->n || r->width == 0) return ERR_UNSUPPORTED;
    *base = (float)log_plain((double)n_true / (r->n - n_true));
    return OK;
}

static err init(struct boost *b, const struct boost_rows *rows, const struct boost_params *p)
{
    err e = OK;
    size_t n = rows->n;
    unsigned threads = p->threads ? p->threads : pool_cpus();
    b->rows = rows;
    b->p = *p;
    b->p.leaves = MIN(p->leaves, TAG_TREE_LEAVES);
    b->p.least_rows = MAX(p->least_rows, 1);
    b->n_parts = MIN(MIN(threads, BOOST_PARTS), rows->width);
    if (!(b->grad = mem_alloc(n * sizeof *b->grad))) TRY(ERR_MEMORY);
    if (!(b->score = mem_alloc_zero(n * sizeof *b->score))) TRY(ERR_MEMORY);
    if (!(b->order = mem_alloc(n * sizeof *b->order))) TRY(ERR_MEMORY);
    if (!(b->spare = mem_alloc(n * sizeof *b->spare))) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < b->n_parts; i++)
        TRY(boost_part_init(&b->part[i], b, i));
    TRY(pool_new(&b->pool, b->n_parts, b->n_parts, do_look, NULL));
out:
    return e;
}

static void clear(struct boost *b)
{
    pool_free(b->pool);
    for (uint32_t i = 0; i < b->n_parts; i++)
        boost_part_clear(&b->part[i]);
    mem_free(b->grad);
    mem_free(b->score);
    mem_free(b->order);
    mem_free(b->spare);
}

err boost_learn(const struct boost_rows *rows, const struct boost_params *p, struct tag_tree *out,
                float *base, boost_report *report, void *ctx)
{
    err e = OK;
    struct boost b = { .n_leaves = 0 };
    TRY(check(rows, &b.base));
    TRY(init(&b, rows, p));
    (void)measure(&b, false);
    for (unsigned i = 0; i < p->trees; i++) {
        grow(&b, &out[i]);
        double loss = measure(&b, report != NULL);
        if (report) report(ctx, i + 1, loss);
    }
    *base = b.base;
out:
    clear(&b);
    return e;
}
