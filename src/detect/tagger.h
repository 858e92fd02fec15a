/* detect/tagger.h — what a trained model finds beyond the rules, and what of theirs it doubts.
 *
 * The rules have spoken: `found` holds what they found, in offsets of the folded text. The tagger looks at
 * the windows of detect/tag_window.h, appends findings of its own (SOURCE_TAGGER; detect/merge.h settles
 * what overlaps), and takes back findings of the lexicon alone that it is sure are none.
 *
 *   preset      what is added                              what is taken back
 *   high        the model's choice, "outside" made to      lexicon alone, score < 0.9, P(identifier) < 0.01
 *               lose what its training found cheap
 *   balanced    what is likelier an identifier than not    … < 0.05
 *   utility     the same from a calibrated score of 0.8    … < 0.25
 *
 * What a title, cue, field, check digit or the site's own lists gave away is never taken back.
 * Threads: the model is shared; the rest belongs to the caller.
 */
#pragma once
#include "detect/tag_model.h"

enum recall { RECALL_HIGH, RECALL_BALANCED, RECALL_UTILITY };

struct tagger_scratch; /* one a thread; wiped when freed */
MUST_USE err tagger_scratch_new(struct tagger_scratch **out);
void tagger_scratch_free(struct tagger_scratch *s);

/* What it nearly took, for detect/tag_judge.h; in the document's arena. */
struct tag_doubts {
    struct tag_doubt *v; /* in text order */
    uint32_t n, cap;
};
/* doubts: filled; NULL: nobody asks for them. OK, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err tagger_find(const struct tag_model *m, enum recall recall, const struct doc *d,
                         struct tagger_scratch *s, struct findings *found,
                         struct tag_doubts *doubts);
