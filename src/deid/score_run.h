/* deid/score_run.h — a file of marked texts compared with a file of predictions, or with an engine.
 *
 *     struct score_run r;  score_run_init(&r, show);
 *     score_marked_read(&r.gold, gold_bytes, true, &r.keep, &d);
 *     score_marked_read(&pred, pred_bytes, false, &r.keep, &d);
 *     score_run_compare(&r, score_predict_file, &pred, &d);         then rows, labels, counts
 *     score_run_clear(&r);
 *
 * Texts are compared by id. An id that stands twice counts as it stands last (at its first place); a
 * gold text without prediction counts as one in which nothing was found; both are counted, so that a
 * caller can tell.   Threads: one owner.
 */
#pragma once
#include "base/map.h"
#include "deid/score_read.h"

struct score_marked { /* texts by id, in file order */
    struct score_line *v;
    uint32_t n, cap;
    struct map by_id;
    uint32_t repeated; /* lines whose id had stood before */
};
/* `file` is borrowed as long as *out is used. ERR_FORMAT (also for a line without text, where texts
 * are needed), ERR_ENCODING (the diag names line and offset), ERR_MEMORY, ERR_LIMIT. */
MUST_USE err score_marked_read(struct score_marked *out, view file, bool need_text,
                               struct arena *keep, struct diag *d);

struct score_label {
    view name;
    uint64_t spans; /* gold: all; predicted: those that say something */
    uint64_t hits;  /* gold: fully covered; predicted: touch gold */
};
struct score_labels { /* in order of first sight */
    struct score_label *v;
    uint32_t n, cap;
    struct map by_name;
};
struct score_shown { /* a gold span not fully covered, or a predicted one that touches no gold */
    view label, value;
};

struct score_run {
    struct arena keep, scratch;
    struct score_marked gold;
    struct score_row *rows; /* one a gold text */
    struct score_labels gold_labels, pred_labels;
    struct score_shown *missed, *extra; /* the first of them, at most show_max each */
    uint64_t n_missed, n_extra;         /* all of them */
    uint32_t show_max;
    uint32_t unpredicted; /* gold texts without a prediction */
    uint32_t matched;     /* gold texts with one */
    uint64_t outside;     /* predicted spans that reach past the end of their text */
};
void score_run_init(struct score_run *r, uint32_t show_max);
void score_run_clear(struct score_run *r);

/* Where predictions come from: the spans for one gold text into *spans (in the arena, or kept alive by
 * ctx). *known = false: there is no prediction for it. */
typedef err score_predict(void *ctx, const struct score_line *gold, struct arena *a,
                          const struct score_span **spans, size_t *n, bool *known);
/* ctx is a struct score_marked. */
score_predict score_predict_file;

/* Scores every text of r->gold, once. On failure the diag's record is the text's ordinal. */
MUST_USE err score_run_compare(struct score_run *r, score_predict *predict, void *ctx,
                               struct diag *d);
