/* train/crf.h — a linear-chain conditional random field: weights, gradients, decoding.
 *
 * Weights of a feature are one row, a float a tag. Learned by AdaGrad over small batches of runs: the
 * runs of a batch are measured in parallel, then each feature's weights move once an occurrence, in the
 * order of the text, so that any number of threads gives the same bytes. Sums and exponentials are our
 * own plain arithmetic: the same bytes on every machine that follows IEEE 754.
 * Source: Lafferty, McCallum, Pereira, ICML 2001; Duchi, Hazan, Singer, JMLR 2011.
 * Threads: one owner; inside, as many as asked for.
 */
#pragma once
#include "train/corpus.h"

struct crf {
    const struct corpus *c; /* borrowed */
    uint32_t n_tags, width;
    float *w, *w_sq;       /* n_features × width: weights, sums of squared gradients */
    float *link, *link_sq; /* (n_tags + 1) × width; the last row: from before the first */
};
struct crf_params {
    float rate;    /* of AdaGrad */
    float dropout; /* share of a token's features that a round leaves out, at random */
    float shrink;  /* what a weight loses each time its feature is seen and something is wrong */
    unsigned threads;
    uint64_t seed;
    bool is_perceptron;
};
MUST_USE err crf_init(struct crf *m, const struct corpus *c);
void crf_clear(struct crf *m);
/* May tag `to` follow `from` (n_tags: nothing)? */
bool crf_may_follow(uint32_t n_tags, uint32_t from, uint32_t to);

struct crf_work;
MUST_USE err crf_work_new(struct crf_work **out, struct crf *m, const struct crf_params *p);
void crf_work_free(struct crf_work *w);
/* One round over the runs of `order`. *loss: mean negative log-likelihood a token. */
MUST_USE err crf_round(struct crf_work *w, const uint32_t *order, uint32_t n, uint32_t round,
                       double *loss);
/* The best tags of all runs of which `held` says so into tags (one a token of the corpus). */
MUST_USE err crf_decode(struct crf_work *w, bool held, uint8_t *tags);
