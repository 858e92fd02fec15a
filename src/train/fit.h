/* train/fit.h — a model from marked texts: rounds until the held-out texts say stop, then all of it again.
 *
 *     fit_params p = fit_default_params();
 *     fit_run(&image, files, &p, report, ctx, &diag);         `image` is what `cordon train` writes
 *
 * 1. Learns from the texts that are not held out; after each round the mean of the weights so far is
 *    measured on those that are. It stops when that has not been better for `patience` rounds.
 * 2. Chooses what "outside" loses: as much as costs at most 0.2 points of F1; and the curve that makes scores comparable to
 *    probabilities, both on the held-out texts and with the weights as they will be stored.
 *    With `folds`, 1 and 2 are done once a part, and what to choose is counted over all of them.
 * 3. Learns again from all texts, as many rounds: their mean gains from more of them than one held-out part can show.
 * The same texts, seed and version give the same bytes, whatever the number of threads.
 */
#pragma once
#include "base/buf.h"
#include "train/crf.h"
#include "train/tag_score.h"

struct fit_params {
    const struct tag_kind *kind;
    uint64_t seed;
    unsigned threads; /* 0: one a processor */
    unsigned held_percent, rounds_max, patience, least;
    unsigned folds;    /* 0: hold out held_percent; else all texts in turn, in so many parts */
    unsigned rows_max; /* features in the image, at most */
    float rate, dropout, shrink; /* train/crf.h */
    bool is_perceptron;          /* for comparison: docs/adr/0009 */
};
struct fit_params fit_default_params(void);

struct fit_news { /* what a caller may print as it goes; NULL and 0 where there is nothing to say */
    enum { FIT_READ, FIT_ROUND, FIT_CHOSEN, FIT_REFIT, FIT_IMAGE } what;
    const struct corpus *corpus;
    unsigned round, fold; /* fold 0: there are none */
    double loss, seconds;
    const struct tag_score *held;
    float bias;                        /* nats */
    const uint32_t *bin_n, *bin_right; /* FIT_CHOSEN: reliability, TAG_KNOTS - 1 bins */
    uint32_t rows;
    size_t bytes;
};
typedef void fit_report(void *ctx, const struct fit_news *n);

/* ERR_FORMAT, ERR_ENCODING, ERR_LIMIT, ERR_MEMORY, ERR_SYSTEM; ERR_UNSUPPORTED when nothing is marked. */
MUST_USE err fit_run(struct buf *image, view file, const struct fit_params *p, fit_report *report,
                     void *ctx, struct diag *d);
/* What a model finds in marked texts, strictly. */
MUST_USE err fit_test(const struct tag_model *m, view file, unsigned threads, struct corpus *c,
                      struct tag_score *out, struct diag *d);
