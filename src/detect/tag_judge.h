/* detect/tag_judge.h — what the tagger nearly took, judged when everything else has spoken.
 *
 * A model knows the habits of those whose texts it learned from. Of a stranger's identifiers it misses some that it gave
 * a chance of a tenth to a half, and the gate refuses others, among as many words that are none. What tells the two apart
 * is seldom one fact and often several together: what was found beside it, where it stands, what its letters can be, how
 * sure the tagger was. Trees (detect/tag_tree.h), learned from texts of writers whom the tagger asked there had not
 * learned from, weigh those facts. docs/adr/0015-a-judge.md
 *
 *     tagger_find notes the tokens in doubt
 *     … all other detectors …
 *     tag_judge makes findings (SOURCE_TAGGER) of those for whom the vote is high enough
 *
 * Threads: one document each.
 */
#pragma once
#include "detect/tag_fact.h"

/* Who is shown candidates in place of having them judged: training. `start` and `end` are bytes of the folded text. */
struct tag_tap {
    err (*see)(void *ctx, uint32_t start, uint32_t end, const uint8_t facts[TAG_FACTS]);
    void *ctx;
};

/* Appends to q the tokens of the window that was just decoded that are in doubt. OK or ERR_MEMORY. */
MUST_USE err tag_doubts_note(struct tag_pass *p, struct tag_doubts *q);
/* Judges them; `found` holds what all detectors found. Or shows them to `tap`. OK, ERR_MEMORY, ERR_LIMIT, or what the
 * tap returns. */
MUST_USE err tag_judge(const struct tag_model *m, enum recall recall, const struct doc *d,
                       const struct tag_doubts *q, const struct tag_tap *tap,
                       struct findings *found);
