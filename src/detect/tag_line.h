/* detect/tag_line.h — what stands before a token on its line, for the tagger's features: heads before a colon, the
 * parts of an address, and the words that open them.   Threads: pure. */
#pragma once
#include "base/hash.h"
#include "detect/doc.h"

/* Words that open the parts of an address line, in the languages that have models. */
enum tag_mark {
    MARK_NONE,
    MARK_PERSON = 1,
    MARK_UNIT = 2,
    MARK_PLACE = 4,
    MARK_STREET = 8,
    MARK_POST = 16,
    MARK_MAIL = 32
};
struct tag_line {         /* what stands before a token on its line */
    uint64_t head, head2; /* the word, and the two words, before the nearest colon; 0: none */
    uint64_t first;       /* first token of the line */
    uint64_t above;       /* first token of the line above */
    uint64_t segment;     /* first token after the last stop, wide gap or colon */
    uint32_t since, place, segment_since;
    uint32_t mark, mark_since; /* the last landmark and the tokens since */
    uint32_t segments;         /* marks that end a part of an address, since the nearest colon */
};

/* The line as it is at token i, looking back some fifty tokens. */
void tag_line_at(const struct doc *d, uint32_t i, struct tag_line *l);
/* Token i and what stands before it on its line join *l; from the token before i. */
void tag_line_step(const struct doc *d, uint32_t i, struct tag_line *l);
/* The same of its heads alone, `head`, `head2` and `since`, which is all that some models ask for: tag_line_heads_step
 * goes on from here. */
void tag_line_heads_at(const struct doc *d, uint32_t i, struct tag_line *l);
/* Set of MARK_: which part of an address the word at i opens. */
uint32_t tag_line_mark(const struct doc *d, uint32_t i);
/* 0 touches, 1 a blank, 2 more, 3 another line: what lies before token i. */
static inline uint32_t tag_line_gap(const struct doc *d, int64_t i)
{
    if (i <= 0 || i >= (int64_t)d->n) return 3;
    const struct token *t = &d->tok[i];
    if (t->flags & TOK_LINE) return 3;
    if (!(t->flags & TOK_SPACE)) return 0;
    return t->start - token_end(t - 1) > 1 ? 2 : 1;
}

/* The word at i as part of a key; 1 before the text. */
static inline uint64_t tag_line_word(const struct doc *d, int64_t i)
{
    return i < 0 ? 1 : hash_mix(d->tok[i].hash, d->tok[i].kind);
}

/* The colon at token i, not the first of its line, becomes the nearest one. */
static inline void tag_line_take_head(const struct doc *d, uint32_t i, struct tag_line *l)
{
    l->head = tag_line_word(d, (int64_t)i - 1);
    l->head2 =
        hash_mix(l->head, (d->tok[i - 1].flags & TOK_LINE) ? 1 : tag_line_word(d, (int64_t)i - 2));
    l->since = 1;
}

static inline void tag_line_heads_step(const struct doc *d, uint32_t i, struct tag_line *l)
{
    if (i >= d->n) return;
    if (d->tok[i].flags & TOK_LINE) {
        l->head = l->head2 = l->since = 0;
        return;
    }
    l->since += l->since != 0;
    if (doc_is_mark(d, (int64_t)i - 1, ':') && i > 1 && !(d->tok[i - 1].flags & TOK_LINE))
        tag_line_take_head(d, i - 1, l);
}
