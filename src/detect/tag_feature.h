/* detect/tag_feature.h — what the tagger looks at: hashed facts about a token and what stands around it.
 *
 * Each template turns a token into one 64-bit key, or 0 when it has nothing to say there. A model holds
 * weights for keys; it says which templates it was trained with, and in which version of this file. The
 * keys of a token depend on the document, on what the rules found in it and on nothing else.
 * Threads: pure but for the document's arena.
 */
#pragma once
#include "detect/doc.h"

/* Change it with anything that changes a key: models of another version are refused. */
enum { TAG_FEATURES_VERSION = 1 };

/* What each template says. Order is part of the format. */
/* clang-format off */
#define TAG_TEMPLATE_MAP(X)                                                                        \
    X(W)  X(W_BEFORE) X(W_AFTER) X(W_BEFORE2) X(W_AFTER2)                 \
    X(W_PAIR_BEFORE) X(W_PAIR_AFTER) X(W_AROUND) X(W_PAIR_BEFORE2)                \
    X(PREFIX2) X(PREFIX3) X(PREFIX4) X(SUFFIX2) X(SUFFIX3) X(SUFFIX4)        \
    X(SUFFIX_BEFORE)                                                               \
    X(SHAPE) X(SHAPE3) X(SHAPE5) X(SHAPE7) X(SHAPE_LEFT) X(SHAPE_RIGHT)                            \
    X(LEX) X(LEX_BEFORE) X(LEX_AFTER) X(LEX_PAIR_BEFORE) X(LEX_PAIR_AFTER) X(LEX_SHAPE)            \
    X(RANKS) X(RANKS_BEFORE) X(RANKS_AFTER) X(PHRASE)                                              \
    X(HEAD) X(HEAD_NEAR) X(HEAD_SHAPE) X(HEAD_LEX) X(LINE_FIRST) X(LINE_PLACE)       \
    X(HIT) X(HIT_BEFORE) X(HIT_AFTER) X(HIT_SHAPE)                                                 \
    X(WORD_LEFT) X(WORD_RIGHT) X(WORDS_LEFT) X(WORDS_RIGHT) X(LEX_LEFT)               \
    X(ELSEWHERE) X(AFAR_AHEAD) X(FROM_START) X(FROM_END) X(BRACKET)                 \
    X(GAPS) X(LINE_ABOVE) X(SEGMENT) X(SEGMENT_PLACE) X(LANDMARK) X(LANDMARK_W) X(LANDMARK_SHAPE) X(LINE_LEFT) \
    X(LANDMARK_AHEAD) X(LANDMARKS_SHAPE) X(SEGMENT_NUMBER) X(AFAR)
enum tag_template {
#define X(name) TAG_T_##name,
    TAG_TEMPLATE_MAP(X)
#undef X
    TAG_TEMPLATES
};
/* clang-format on */
#define TAG_SET(name) (UINT64_C(1) << TAG_T_##name)
_Static_assert(TAG_TEMPLATES <= 64, "a model names its templates in one 64-bit set");

#define TAG_SET_ALL (UINT64_MAX >> (64 - TAG_TEMPLATES))
/* What earns its time in English, where the rules have spoken first: see docs/model-card.md. */
#define TAG_SET_ENGLISH                                                                            \
    (TAG_SET(W) | TAG_SET(W_BEFORE) | TAG_SET(W_AFTER) | TAG_SET(W_BEFORE2) | TAG_SET(W_AFTER2) |  \
     TAG_SET(W_PAIR_BEFORE) | TAG_SET(W_PAIR_AFTER) | TAG_SET(PREFIX3) | TAG_SET(SUFFIX2) |        \
     TAG_SET(SUFFIX3) | TAG_SET(SUFFIX4) | TAG_SET(SHAPE) | TAG_SET(SHAPE3) | TAG_SET(SHAPE5) |    \
     TAG_SET(SHAPE_LEFT) | TAG_SET(SHAPE_RIGHT) | TAG_SET(LEX) | TAG_SET(LEX_BEFORE) |             \
     TAG_SET(LEX_AFTER) | TAG_SET(LEX_PAIR_BEFORE) | TAG_SET(LEX_PAIR_AFTER) |                     \
     TAG_SET(LEX_SHAPE) | TAG_SET(RANKS) | TAG_SET(RANKS_BEFORE) | TAG_SET(RANKS_AFTER) |          \
     TAG_SET(HEAD) | TAG_SET(HEAD_NEAR) | TAG_SET(HIT) | TAG_SET(HIT_BEFORE) |                     \
     TAG_SET(HIT_AFTER) | TAG_SET(HIT_SHAPE) | TAG_SET(ELSEWHERE) | TAG_SET(FROM_START) |          \
     TAG_SET(GAPS))

enum {
    TAG_HIT_UNSURE = 32, /* a rule's finding of a score below 0.75 */
    TAG_HIT_KNOWN = 64,  /* no rule's: what is known of someone. No model sees it */
};

/* What stands before a run of tokens on its line, and in the document; filled by tag_text_prepare, and before features
 * are asked for by tag_text_remember. */
struct tag_text {
    const struct doc *d;
    const uint8_t *hit;    /* one a token: 0, or 1 + label of a rule's finding, 0x80: goes on,
                            * TAG_HIT_UNSURE, TAG_HIT_KNOWN */
    struct tag_seen *seen; /* words of the document and the heads they stood under */
    uint64_t templates;    /* set of 1 << TAG_T_… */
};
/* rules     what was found so far, in offsets of the folded text
 * OK or ERR_MEMORY. */
MUST_USE err tag_text_prepare(struct tag_text *t, const struct doc *d, const struct findings *rules,
                              uint64_t templates);
/* Where the words of the text stand: with hot_only of d->hot alone, which the English lexicon chose. OK or ERR_MEMORY. */
MUST_USE err tag_text_remember(struct tag_text *t, bool hot_only);
/* Another place of the word at i: its token, or -1. */
int64_t tag_text_elsewhere(const struct tag_text *t, uint32_t i);
/* The keys of tokens first … last, at most TAG_RUN_MAX: those of token i lie from out[(i - first) * TAG_TEMPLATES]
 * on, in the order of their templates, and a 0 ends them if there is room for one.
 *   ahead  the model that will be asked for them: where it has them is fetched from memory meanwhile. Or NULL. */
struct tag_model;
void tag_features(const struct tag_text *t, const struct tag_model *ahead, uint32_t first,
                  uint32_t last, uint64_t *out);
