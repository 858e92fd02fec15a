/* detect/tag_window.h — where a tagger is asked: runs of tokens that are decoded together.
 *
 * A model either reads all (each line a run, long lines cut at the ends of sentences) or only windows
 * around what the rules could not settle: unknown words with a capital, words that the lexicon has as
 * names and as plain language, digits that no rule explained. Everything outside is left as the rules
 * have it; that is what keeps the tagger cheap.   Threads: pure but for the document's arena.
 */
#pragma once
#include "detect/tag_model.h"

enum { TAG_RUN_MAX = 128 }; /* tokens */
struct tag_window {
    uint32_t first, last; /* tokens */
};
struct tag_windows {
    struct tag_window *v; /* ascending, not overlapping; in the document's arena */
    uint32_t n;
};
MUST_USE err tag_windows_find(const struct tag_text *t, enum tag_reach reach,
                              struct tag_windows *out);
