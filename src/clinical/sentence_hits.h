/* clinical/sentence_hits.h — what the vocabulary finds in one sentence, sorted out: mentions, cues that
 * count, values, and where clauses begin.
 *
 * Of cues that overlap the longest counts. A mention is dropped when an exclusion touches it, when it
 * reaches over the beginning of a clause, or when the same finding is told by fewer words.
 * Threads: one owner.
 */
#pragma once
#include "clinical/words.h"

struct mention {
    uint32_t first, end; /* words */
    uint16_t finding;
    uint8_t kind; /* PATTERN_FIND, PATTERN_NORMAL or PATTERN_IMPLIED */
    bool has_gap, dropped;
    bool is_maybe; /* its words raise the question alone */
};
struct cue_hit {
    uint32_t first, end;
    uint8_t kind; /* enum cue_kind */
    bool hidden;  /* part of a longer one */
    bool is_mark; /* a question mark alone */
};
struct value_hit {
    uint32_t first, end;
    uint8_t group, which;
};
struct hit_list {
    void *p;
    uint32_t n, cap;
};
struct sentence_hits {
    const struct schema *schema;
    const struct words *words;
    uint32_t first, end; /* words of the sentence */
    struct hit_list mentions, cues, values, nots;
    struct hit_list breaks; /* uint8_t a word: 1 where a clause begins */
    bool about;
};
static inline struct mention *hit_mention(const struct sentence_hits *h, uint32_t i)
{
    return (struct mention *)h->mentions.p + i;
}
static inline struct cue_hit *hit_cue(const struct sentence_hits *h, uint32_t i)
{
    return (struct cue_hit *)h->cues.p + i;
}
static inline struct value_hit *hit_value(const struct sentence_hits *h, uint32_t i)
{
    return (struct value_hit *)h->values.p + i;
}
static inline bool hit_break(const struct sentence_hits *h, uint32_t word)
{
    return ((const uint8_t *)h->breaks.p)[word - h->first];
}

void sentence_hits_init(struct sentence_hits *h);
void sentence_hits_clear(struct sentence_hits *h);
/* Looks through sentence i of w; the lists are refilled. `own`: one more mention, or NULL. OK or
 * ERR_MEMORY. */
MUST_USE err sentence_hits_read(struct sentence_hits *h, const struct schema *s,
                                const struct words *w, uint32_t i, const struct mention *own);
/* A break strictly inside (first, end)? */
bool hits_break_inside(const struct sentence_hits *h, uint32_t first, uint32_t end);
/* Does the symbol stand in words [first, end)? */
bool hits_symbol_inside(const struct sentence_hits *h, uint16_t symbol, uint32_t first,
                        uint32_t end);
