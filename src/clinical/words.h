/* clinical/words.h — a text as the labeler reads it: words as symbols, in sentences, in sections.
 *
 * Left out: hyphens, slashes and the like, words that a scrubber took away ("XXXX", "___",
 * "[**…**]", "[NAME-7QK2]"), so that "pleural XXXX effusion" reads as it did. A full stop is kept as
 * the end of its sentence alone.   Threads: pure but for the arena.
 */
#pragma once
#include "clinical/schema.h"
#include "text/section.h"

struct word {
    uint32_t start, end; /* bytes of the text */
};
struct sentence_span {
    uint32_t first, end; /* words */
    enum section_kind section;
    uint32_t section_number; /* counts headers */
};
struct words {
    struct word *v;
    uint16_t *symbols;
    uint32_t n;
    struct sentence_span *sentences;
    uint32_t n_sentences;
    uint32_t n_words;          /* of letters */
    uint32_t english, foreign; /* small words of English, of other languages */
    uint32_t foreign_letters;  /* words that begin with a letter of another script */
    bool has_impression;
    bool has_header; /* a header that reports have, or a box to tick */
};
/* `text`: well-formed UTF-8. `memo`: of the texts before. OK, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err words_read(const struct schema *s, struct vocab_memo *memo, view text, struct arena *a,
                        struct words *out);
