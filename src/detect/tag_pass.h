/* detect/tag_pass.h — a document on its way through the tagger, for the files that work on it.
 *
 *     tagger.c      which parts of it are tagged, and what of the rules is doubted
 *     tag_put.c     what of the best tags becomes findings, past the gate
 *     tag_again.c   what they left, looked at again
 *
 * Threads: one document each. */
#pragma once
#include "detect/tag_decode.h"
#include "detect/tag_window.h"
#include "detect/tagger.h"

struct tag_preset {
    bool biased; /* "outside" loses what the model says */
    float least; /* calibrated score below which nothing is added */
    float veto;  /* probability of an identifier below which the lexicon is overruled */
};

struct tagger_scratch {
    struct tag_decoder decoder;
    uint64_t keys[TAG_RUN_MAX * TAG_TEMPLATES];
};

/* A token that was not taken and has a chance to be part of an identifier: detect/tag_judge.h. */
struct tag_doubt {
    uint32_t token;
    uint8_t inside; /* probability × 255 */
    uint8_t label;  /* the model's, the likeliest there */
    bool tagged;    /* part of the likeliest text: the gate refused it */
};

struct tag_pass {
    const struct tag_model *m;
    struct tag_preset with;
    const struct doc *d;
    struct tag_text text;
    struct tagger_scratch *s;
    struct tag_window w; /* what is decoded now */
    struct tag_decoded out[TAG_RUN_MAX];
    bool taken[TAG_RUN_MAX]; /* tokens of the window that became findings */
    bool has_scores;         /* `out` has its probabilities */
    uint8_t
        *inside; /* one a token, when there is something to doubt: probability × 255, or unseen */
    struct findings *found;
};

/* The gate is about English words: models of other languages carry their own evidence. */
static inline bool tag_pass_is_gated(const struct tag_pass *p)
{
    return p->m->kind->rules == RULES_ALL;
}
static inline void tag_pass_need_scores(struct tag_pass *p)
{
    if (!p->has_scores) tag_scores(p->m, &p->s->decoder, p->w.last - p->w.first + 1, p->out);
    p->has_scores = true;
}
/* The calibrated score of tokens first … last of the window. */
float tag_pass_score(struct tag_pass *p, uint32_t first, uint32_t last);
/* A label that the model knows of this kind, `or` where it knows none. */
const struct tag_label *tag_pass_label(const struct tag_model *m, enum label label,
                                       enum finding_part part, const struct tag_label * or);

/* Tokens first … last become a finding, whatever the gate says. OK or ERR_MEMORY, ERR_LIMIT; so all below. */
MUST_USE err tag_put(struct tag_pass *p, uint32_t first, uint32_t last, const struct tag_label *l,
                     float score);
/* The same in pieces that do not reach over the edge of a column, without what is medicine. */
MUST_USE err tag_put_apart(struct tag_pass *p, uint32_t first, uint32_t last,
                           const struct tag_label *l, float score);
/* What the best tags call label `label` becomes findings as far as the gate allows. */
MUST_USE err tag_add(struct tag_pass *p, uint32_t first, uint32_t last, uint32_t label);
/* What they left, for one identifier fewer is the likelier text: forms that hardly anything else has need less of a chance
 * than half. */
MUST_USE err tag_look_again(struct tag_pass *p);
