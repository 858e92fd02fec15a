/* train/corpus.h — marked texts as runs of tokens with numbered features and gold tags.
 *
 *     corpus_read(&c, file, &params, &diag);     JSON lines as `cordon eval` reads them
 *
 * Tags: 0 is "outside"; 1 + 2k begins and 2 + 2k continues a span of labels[k]. Labels are sorted, so
 * that the order of the lines changes no number. A text is held out by a hash of its id and the seed.
 * Texts are prepared by several threads; what comes out does not depend on how many.
 * Threads: one owner.
 */
#pragma once
#include "base/arena.h"
#include "base/diag.h"
#include "detect/tag_model.h"

struct tag_run { /* tokens [first, first + n), decoded together */
    uint32_t first, n;
    uint32_t text; /* ordinal of its text */
};
struct gold_span {
    uint32_t text, start, end; /* bytes of the text as it was read */
    uint32_t label;
};
struct corpus {
    struct tag_labels labels;
    uint32_t n_texts, n_runs, n_tokens, n_features, n_spans;
    bool *is_held;  /* one a text */
    uint8_t *share; /* one a text: 0 … 99, by a hash of its id and the seed */
    struct tag_run *runs;
    uint8_t *gold;           /* one a token: its tag */
    uint32_t *start, *end;   /* one a token: bytes of the text as it was read */
    uint64_t *feature;       /* one a token, and one more: where its features begin in ids */
    uint32_t *ids;           /* below n_features */
    uint64_t *keys;          /* one a feature */
    struct gold_span *spans; /* by text, then start */
    uint32_t spans_cut;      /* whose border lies inside a token */
    uint64_t n_words;        /* tokens of the texts, in runs or not */
};
struct corpus_params {
    const struct tag_kind *kind;
    uint64_t seed;
    unsigned held_percent, threads;
    unsigned least; /* times that a feature must be seen */
    /* NULL, or a model: its labels are used, its tags are put into `gold`, and no features are kept. */
    const struct tag_model *model;
};
/* *c is zeroed or cleared. Shares below held_percent are held out.
 * ERR_FORMAT, ERR_ENCODING, ERR_LIMIT, ERR_MEMORY, ERR_SYSTEM. */
MUST_USE err corpus_read(struct corpus *c, view file, const struct corpus_params *p,
                         struct diag *d);
/* Holds out the texts of shares from … to - 1 instead. */
void corpus_hold_out(struct corpus *c, unsigned from, unsigned to);
void corpus_clear(struct corpus *c);
