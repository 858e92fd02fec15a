/* deid/score.h — how good findings are, measured against texts that a person marked.
 *
 *     struct score_words *w;  score_words_new(&w);
 *     score_text(w, text, gold, n_gold, pred, n_pred, &arena, &row, NULL, NULL);     a row a text
 *     score_total(rows, NULL, n, value);                                             all texts
 *     score_intervals(rows, n, &params, interval);                                   bootstrap over
 * texts
 *
 * Only letters and digits count, so blanks and punctuation at an edge never matter. Where the value
 * stands again unmarked, and cue words right before it ("Dr.", "MRN"), covering is neither right
 * nor wrong. docs/measure.md defines each measure. Threads: pure but for `score_words` (one owner)
 * and the arena.
 */
#pragma once
#include "deid/score_words.h"
#include "stats/bootstrap.h"

#define SCORE_METRIC_MAP(X)                                                                        \
    X(E_FULL, "E-full", "gold spans with every character covered / gold spans")                    \
    X(E_CORE, "E-core", "as E-full, generic words inside the value left out")                      \
    X(E_ANY, "E-any", "gold spans with any character covered / gold spans")                        \
    X(C_REC, "C-rec", "gold characters covered / gold characters")                                 \
    X(P_ENT, "P-ent", "predicted spans that touch gold / predicted spans")                         \
    X(F1, "F1", "harmonic mean of P-ent and E-full")                                               \
    X(CLEAN, "clean", "texts with gold in which everything is covered / texts with gold")          \
    X(OR, "OR", "texts without gold that were touched / texts without gold")                       \
    X(OR_X, "OR-x", "as OR, spans that are only an age, a year or a duration left out")            \
    X(LOST, "lost", "characters outside gold that were covered / characters outside gold")
enum score_metric {
#define X(name, text, meaning) SCORE_##name,
    SCORE_METRIC_MAP(X)
#undef X
        SCORE_METRIC_COUNT
};
const char *score_metric_name(enum score_metric m); /* "E-full" */
const char *score_metric_meaning(enum score_metric m);

struct score_span {
    uint32_t start, end; /* code points, start <= end; what lies past the text counts for nothing */
    view label;          /* "" when there is none */
};

struct score_row {                  /* what one text adds to the totals */
    uint32_t gold, full, core, any; /* gold spans */
    uint32_t gold_chars, covered;   /* letters and digits of gold, those that were covered */
    uint32_t pred, right;           /* predicted spans that say something; those that touch gold */
    uint32_t other_chars, lost;     /* letters and digits outside gold and neutral; those covered */
    bool negative;                  /* no gold spans */
    bool touched, touched_more; /* negative: by any span; by one that is more than an age or year */
};

/* Told of every gold span (is_gold) and every predicted span that says something.
 *   hit    gold: every character covered; predicted: touches gold
 *   value  the span's text, borrowed from `text` */
typedef err score_seen(void *ctx, bool is_gold, const struct score_span *s, view value, bool hit);

/* Compares gold and prediction for one text (well-formed UTF-8). `seen` may be NULL. Everything
 * taken from the arena may be released afterwards. OK, ERR_MEMORY, ERR_LIMIT, or what `seen`
 * returned; *row is unchanged when this fails. */
MUST_USE err score_text(struct score_words *w, view text, const struct score_span *gold,
                        size_t n_gold, const struct score_span *pred, size_t n_pred,
                        struct arena *a, struct score_row *row, score_seen *seen, void *ctx);

/* The measures over rows[items[0 … n)], or rows[0 … n) when items is NULL. NaN where nothing
 * counts. */
void score_total(const struct score_row *rows, const uint32_t *items, uint32_t n,
                 double out[SCORE_METRIC_COUNT]);
/* Percentile bootstrap over texts. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err score_intervals(const struct score_row *rows, uint32_t n,
                             const struct bootstrap_params *p,
                             struct interval out[SCORE_METRIC_COUNT]);
