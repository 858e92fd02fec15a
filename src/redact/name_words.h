/* redact/name_words.h — a NAME finding taken apart: which words are whose, and what is no name in it.
 *
 * "SMITH, JOHN Q., MD" has a family name, a given name, an initial and a credential. Who is given and who
 * is family follows from commas, order and the finding's part; whether a word is known, and as what,
 * from the frozen lists alone.   Threads: pure.
 */
#pragma once
#include "redact/canonical.h"
#include "redact/pools.h"

enum { NAME_WORDS_MAX = 24, NAME_WORD_ROOM = 64 };
enum name_kind {
    NAME_WORD,     /* replaced */
    NAME_INITIAL,  /* one letter, replaced by another one */
    NAME_INITIALS, /* "JRS" alone: letter by letter */
    NAME_NUMBER,   /* digits in a name: "p1234" */
    NAME_SUFFIX,   /* Jr, III */
    NAME_PARTICLE, /* de, van */
    NAME_TITLE,
    NAME_CREDENTIAL,
};
struct name_word {
    uint32_t start, end; /* bytes of the value, without a possessive 's */
    uint32_t tail_start,
        tail_end;      /* second half of a word broken over a line; equal when there is none */
    uint8_t kind;      /* enum name_kind */
    bool family;       /* NAME_WORD: a family name, if the lists do not know better */
    int8_t letters;    /* case of all letters: 1 upper, -1 lower, 0 mixed or none */
    uint8_t n_letters; /* at most 255 */
    uint8_t segment;   /* how many commas stand before it */
    uint8_t n_key;
    char key[NAME_WORD_ROOM]; /* canonical, both halves; empty when it does not fit */
};
struct name_words {
    struct name_word v[NAME_WORDS_MAX];
    uint32_t n;
};
static inline view name_key(const struct name_word *w)
{
    return view_of(w->key, w->n_key);
}

void name_words_wipe(struct name_words *ws); /* what name_split left in it */

/* *done is false when the value has too many words, or one too long. OK or ERR_MEMORY. `part` is an
 * enum finding_part. */
MUST_USE err name_split(view value, uint8_t part, struct arena *a, struct name_words *out,
                        bool *done);
