/* train/crf_inside.h — a batch on its way, between crf.c (who moves the weights) and crf_measure.c (what is
 * wrong with them).   Threads: a shard belongs to one worker at a time; the rest is read only meanwhile. */
#pragma once
#include "base/hash.h"
#include "base/pool.h"
#include "detect/tag_window.h"
#include "train/crf.h"

enum { CRF_SHARDS = 16, CRF_RUN_MAX = TAG_RUN_MAX };
static const float CRF_NEVER = -1e6F; /* a link that may not be */

struct crf_shard {
    struct crf_work *w;
    uint32_t index;
    double loss;
    float *link_grad;          /* (n_tags + 1) × width */
    float *alpha, *beta, *psi; /* CRF_RUN_MAX × width */
    uint32_t *kept;            /* features that stay in this round */
};
struct crf_work {
    struct crf *m;
    struct crf_params p;
    struct pool *pool;
    struct crf_shard shard[CRF_SHARDS];
    float *link_exp;
    /* the batch */
    const uint32_t *runs;
    uint32_t n_runs, n_tokens, round;
    uint32_t *first; /* one a run: first token in the batch */
    float *grad;     /* one row a token of the batch */
    bool is_step, is_held;
    uint8_t *tags;
    unsigned parts;
};

/* Is this occurrence of a feature left out in this round? The same for measuring and for moving. */
static inline bool crf_is_dropped(const struct crf_work *w, uint32_t token, uint32_t feature)
{
    if (w->p.dropout <= 0) return false;
    uint64_t h = hash_mix((uint64_t)token << 32 | feature, w->p.seed + w->round);
    return (float)(h >> 40) * (1.0F / 16777216.0F) < w->p.dropout;
}

/* Forward and backward over one run; grad gets P(tag) - gold, the shard its loss and links. */
void crf_measure_run(struct crf_shard *s, const struct tag_run *r, float *grad);
/* The same for a perceptron: of the best tags, those that are wrong. */
void crf_measure_perceptron(struct crf_shard *s, const struct tag_run *r, float *grad);
/* The best tags of a run. `back`: room for its length × width bytes. */
void crf_viterbi_run(const struct crf_work *w, const struct tag_run *r, bool learn, uint8_t *back,
                     uint8_t *tags);
