/* train/model_write.h — learned weights as the image of detect/tag_model.h.
 * Threads: pure. */
#pragma once
#include "base/buf.h"
#include "train/crf.h"

struct model_extra {
    int32_t bias;
    uint16_t curve[TAG_KNOTS];
};
/* Keeps the `rows_max` features that weigh most, rounds weights to eight bits and appends the image.
 * ERR_MEMORY, ERR_LIMIT. */
MUST_USE err model_write(const struct crf *m, const struct tag_kind *kind, uint32_t rows_max,
                         const struct model_extra *extra, struct buf *out, uint32_t *rows);
/* The same image with n trees (detect/tag_tree.h) that ask for facts below n_facts, their vote beginning at `base` nats.
 * ERR_MEMORY, ERR_LIMIT. */
struct tag_tree;
MUST_USE err model_put_trees(struct buf *image, const struct tag_tree *trees, uint32_t n,
                             uint32_t n_facts, float base);
float model_unit(void); /* nats */
