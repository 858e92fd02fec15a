/* detect/tag_decode.h — the best tags for a run of tokens, and how sure each is.
 *
 * Best: Viterbi in 16-bit integers. Sure: forward and backward sums in plain float arithmetic, equal on
 * every machine.   Threads: pure.
 */
#pragma once
#include "detect/tag_window.h"

struct tag_decoded { /* of one token */
    uint8_t tag;
    float inside; /* probability that the token is part of any span; both from tag_scores */
    uint8_t
        likely; /* the label that is likeliest there, whatever the tag, if any is; from tag_scores */
    float label; /* probability that it is part of a span of its tag's label; of `inside` if 0 */
};
struct tag_decoder { /* scratch of one thread, zeroed at first; about 100 KB */
    int16_t node[TAG_RUN_MAX][TAG_WIDTH_MAX];
    int16_t best[TAG_RUN_MAX][TAG_WIDTH_MAX];
    uint32_t rows[TAG_RUN_MAX][TAG_TEMPLATES], n_rows[TAG_RUN_MAX];
    char links_of
        [64]; /* the checksum of the model whose transitions follow, turned and as factors */
    int16_t most[TAG_WIDTH_MAX]; /* that a tag may score: nothing beyond the model's tags */
    int16_t links_back[(TAG_TAGS_MAX + 1) * TAG_WIDTH_MAX]; /* [to][from]; the last row: zeros */
    float weights[(TAG_TAGS_MAX + 1) * TAG_WIDTH_MAX];
    float weights_back[TAG_TAGS_MAX * TAG_WIDTH_MAX]; /* [to][from] */
    float alpha[TAG_RUN_MAX][TAG_WIDTH_MAX], psi[TAG_RUN_MAX][TAG_WIDTH_MAX];
};
/* keys: n × TAG_TEMPLATES as tag_features writes them; n at most TAG_RUN_MAX. `bias` in units of the model:
 * what "outside" loses; more of it finds more. `out`: n tags. */
void tag_decode(const struct tag_model *m, struct tag_decoder *s, const uint64_t *keys, uint32_t n,
                int32_t bias, struct tag_decoded *out);
/* The probabilities of what tag_decode has just filled. They cost as much as the tags, and few are asked for. */
void tag_scores(const struct tag_model *m, struct tag_decoder *s, uint32_t n,
                struct tag_decoded *out);
/* Is token k, before its neighbours are asked, fewer than so many nats likelier to be outside than in any span? */
bool tag_is_within(const struct tag_model *m, const struct tag_decoder *s, uint32_t k, float nats);
/* The same of one nat : of those that are not, none of 1,400 had a probability of 0.3; it costs next to nothing, and the
 * probabilities as much as the tags. */
static inline bool tag_is_near(const struct tag_model *m, const struct tag_decoder *s, uint32_t k)
{
    return tag_is_within(m, s, k, 1);
}
/* A raw probability as the share of held-out findings that were right at it. */
float tag_calibrated(const struct tag_model *m, float raw);
