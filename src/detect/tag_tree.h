/* detect/tag_tree.h — trees that vote on what the tagger left undecided (detect/tag_judge.h).
 *
 * A tree asks facts of one candidate, a byte each, until a leaf says how many nats it speaks for an identifier; the
 * votes of all trees are added. Trees are learned by train/boost.h and lie in a model as they are here.
 * Threads: pure.
 */
#pragma once
#include "base/base.h"

enum {
    TAG_TREE_LEAVES = 16,
    TAG_TREE_NODES = TAG_TREE_LEAVES - 1,
    TAG_TREE_IS_LEAF =
        0x80, /* in low and high: the rest is the number of a leaf, else of a node further on */
    TAG_VOTE_UNIT = 4096, /* a leaf of this says one nat */
};
struct tag_tree {
    struct tag_tree_node {
        uint16_t fact;
        uint8_t most;      /* facts up to this go to `low` */
        uint8_t low, high; /* a node with a larger number, or a leaf */
        uint8_t zero;
    } node[TAG_TREE_NODES];
    int16_t leaf[TAG_TREE_LEAVES];
    uint8_t zero[6];
};
_Static_assert(sizeof(struct tag_tree) == 128, "two lines of the cache");

/* Of n trees together, in 1 / TAG_VOTE_UNIT nats; `facts` holds as many bytes as the trees ask for. */
static inline int32_t tag_trees_vote(const struct tag_tree *v, uint32_t n, const uint8_t *facts)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint8_t at = 0;
        while (!(at & TAG_TREE_IS_LEAF)) {
            const struct tag_tree_node *k = &v[i].node[at];
            at = facts[k->fact] <= k->most ? k->low : k->high;
        }
        sum += v[i].leaf[at & ~TAG_TREE_IS_LEAF];
    }
    return sum;
}
/* May every walk through them end, asking no fact from n_facts on? */
static inline bool tag_trees_are_sound(const struct tag_tree *v, uint32_t n, uint32_t n_facts)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < TAG_TREE_NODES; k++) {
            const struct tag_tree_node *x = &v[i].node[k];
            const uint8_t to[] = { x->low, x->high };
            if (x->fact >= n_facts) return false;
            for (uint32_t s = 0; s < 2; s++)
                if (to[s] & TAG_TREE_IS_LEAF ? (to[s] & ~TAG_TREE_IS_LEAF) >= TAG_TREE_LEAVES
                                             : to[s] <= k || to[s] >= TAG_TREE_NODES)
                    return false;
        }
    return true;
}
