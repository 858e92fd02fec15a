/* detect/tag_fact.h — what the trees of detect/tag_tree.h ask of a candidate: bytes, most of them yes or no.
 *
 * How sure the tagger was; what it was in doubt of; where it stands, and what was found near; what the gate asks of names
 * (detect/tag_gate_inside.h); and of its first and last token, and of those before and behind it: what they are, were
 * found to be, and can be by the lexicon. Names themselves are none of it: nobody is told apart by what he is called.
 * Threads: pure.
 */
#pragma once
#include "detect/tag_pass.h"

enum { TAG_TOKEN_FACTS = 12 + LEX_BIT_COUNT, TAG_WORD_FACTS = 20 };
/* Change it with anything that changes a fact: models with another number are refused. */
enum { TAG_FACTS = 17 + TAG_WORD_FACTS + 4 * TAG_TOKEN_FACTS };

/* What is asked for all candidates of a text. */
struct tag_scene {
    const struct doc *d;
    const uint8_t *hit; /* of all that was found: struct tag_text's; never NULL */
    uint8_t share;      /* of 255: tokens that were found */
};
struct tag_scene tag_scene_of(const struct doc *d, const uint8_t *hit);
/* v: the doubts of tokens first … last. Returns which of them is the surest. */
const struct tag_doubt *tag_facts(const struct tag_scene *s, const struct tag_doubt *v,
                                  uint32_t first, uint32_t last, uint8_t facts[TAG_FACTS]);
