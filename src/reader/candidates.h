/* reader/candidates.h — what a model is asked about: the sentences of what is left, and the phrases in
 * them.
 *
 * A phrase is a run of words that belong together by their look: of words with a capital letter and numbers,
 * or of small words; function words, marks, tags and a length of six tokens end it. Threads: pure.
 */
#pragma once
#include "lexicon/lexicon.h"
#include "text/sentence.h"

enum { CANDIDATE_MAX = 300 /* bytes; a longer sentence is asked about in pieces of it */ };
struct candidates {
    view *v; /* parts of the text */
    uint32_t n;
};
/* Sentences with a word or a number outside tags. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err candidates_sentences(view text, struct arena *a, struct candidates *out);
/* Phrases of one of them. */
MUST_USE err candidates_phrases(const struct lexicon *l, view sentence, struct arena *a,
                                struct candidates *out);
