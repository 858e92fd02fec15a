/* detect/site_phrase.h — a phrase of a site's lists as a sequence of keys, found in a text whatever its case,
 * accents, typographic marks, line breaks and hyphens.
 *
 * A word counts by its hash, a number by its digits ("007" is not "7"). Between two elements at most two of
 * the marks - . , ' ^ _ and white space may stand, and no empty line, nor a period that ends a sentence. Two numbers are different: what stands
 * between them must be what the phrase has, so that "12-34" is neither "12.34" nor "12 34".
 * Threads: pure.
 */
#pragma once
#include "detect/doc.h"

enum { SITE_PHRASE_MAX = 16 }; /* elements of a phrase in a site's lists */

struct site_phrase {
    uint64_t *key; /* of each element, in the arena */
    uint32_t n;
    bool has_word;         /* else digits and marks alone */
    uint32_t n_characters; /* letters and digits */
};
/* A place in a text while a phrase is followed: the last token taken. */
struct site_step {
    uint64_t key;
    uint32_t at;
};

/* `text` is well-formed UTF-8. OK, ERR_FORMAT without a letter or digit, ERR_LIMIT (more than `most`
 * elements), ERR_MEMORY. */
MUST_USE err site_phrase_read(struct site_phrase *out, view text, uint32_t most, struct arena *a);

/* May a phrase begin at token i: is it a word, number or telling mark, and not the rest of one
 * ("98" in "b98")? Fills *s. */
bool site_phrase_begin(const struct doc *d, uint32_t i, struct site_step *s);
/* The next element after *s. False when none follows closely. */
bool site_phrase_next(const struct doc *d, struct site_step *s);
/* May a phrase end with token i? */
bool site_phrase_ends(const struct doc *d, uint32_t i);
/* Does p stand at token i? Its last token into *last. */
bool site_phrase_at(const struct doc *d, uint32_t i, const struct site_phrase *p, uint32_t *last);
