/* detect/engine_inside.h — the engine and its scratch, for engine.c, which makes them, and look.c, which uses them.
 * Threads: as detect/engine.h. */
#pragma once
#include "base/tuning.h"
#include "detect/doc.h"
#include "detect/engine.h"
#include "detect/site_terms.h"
#include "text/offsets.h"

struct detect {
    uint64_t number; /* random and not 0: tells it from one that stood at the same address before */
    struct detect_params with;
    struct routes routes;
};
/* A text on its way through look.c. */
struct look {
    struct detect_task *task;
    struct doc doc;
    struct offset_map map;
    const struct tag_model *model;
    struct tag_doubts doubts;
    struct site_spans allowed;
    uint32_t by_rules; /* of its findings, those that the rules made */
    bool keeps;        /* what is found may be remembered */
};
struct detect_scratch {
    struct arena arena;
    struct tagger_scratch *tagger;
    const struct tag_tap *tap; /* detect/tag_judge.h; NULL: none */
    struct seen *seen;         /* NULL: every text is looked through */
    struct look looks[TUNE_TOGETHER_MAX];
};
