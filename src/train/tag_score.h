/* train/tag_score.h — strict precision, recall and F1 of spans by label: same start, same end, same label.
 *
 * Gold spans whose border lies inside a token can't be found and count as missed. Character recall: bytes
 * of gold spans that some predicted span covers, whatever its label.   Threads: pure.
 */
#pragma once
#include "train/corpus.h"

struct tag_count {
    uint64_t gold, found, right;
};
struct tag_score {
    struct tag_count label[TAG_LABELS_MAX], all;
    uint64_t gold_bytes, covered;
};
static inline double tag_precision(const struct tag_count *c)
{
    return c->found ? (double)c->right / (double)c->found : 0;
}
static inline double tag_recall(const struct tag_count *c)
{
    return c->gold ? (double)c->right / (double)c->gold : 0;
}
static inline double tag_f1(const struct tag_count *c)
{
    return c->gold + c->found ? 2 * (double)c->right / (double)(c->gold + c->found) : 0;
}
/* Adds the counts of another part of the texts. */
void tag_score_add(struct tag_score *sum, const struct tag_score *part);
/* Over the texts that are held out, or over the others. */
void tag_score_of(const struct corpus *c, const uint8_t *tags, bool held, struct tag_score *out);
