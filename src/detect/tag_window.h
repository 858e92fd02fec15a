/* detect/tag_window.h — where a tagger is asked: runs of tokens that are decoded together.
 *
 * A model either reads all (each line a run, long lines cut at the ends of sentences) or only windows
 * around what the rules could not settle: unknown words with a capital, words that the lexicon has as
 * names and as plain language, plain words with a capital that no sentence gives them, digits that no rule
 * explained, each with the parts that go on from it. Everything outside is left as the rules have it; that is what keeps the tagger cheap.
 * A model learns from fewer: plain words with a capital are hardly ever names in the texts it learns from, and
 * with them in it grows too shy of names (measured: docs/model-card.md).
 * Threads: pure but for the document's arena.
 */
#pragma once
#include "detect/tag_model.h"

enum {
    TAG_RUN_MAX = 128,   /* tokens */
    TAG_DIGITS_LEAST = 3 /* of a number that is worth a look */
};
struct tag_window {
    uint32_t first, last; /* tokens */
};
struct tag_windows {
    struct tag_window *v; /* ascending, not overlapping; in the document's arena */
    uint32_t n;
};
MUST_USE err tag_windows_find(const struct tag_text *t, enum tag_reach reach, bool to_learn,
                              struct tag_windows *out);
