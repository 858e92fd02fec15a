/* redact/value_words.h — a place or an organisation taken apart into words.
 *
 * A word is a run of letters and digits with the apostrophes inside it; "(", ",", "#" and the like are
 * borders. A comma, semicolon or line break begins a new segment ("12 Elm St, Springfield").
 * Threads: pure.
 */
#pragma once
#include "redact/canonical.h"
#include "redact/pools.h"

enum { VALUE_WORDS_MAX = 48, VALUE_WORD_ROOM = 48, VALUE_KEY_ROOM = 256 };
struct value_word {
    uint32_t start, end;
    uint32_t kinds; /* set of enum word_kind, of the sheet asked */
    uint8_t segment;
    int8_t letters; /* 1 upper, -1 lower, 0 mixed or none */
    uint8_t n_letters, n_digits;
    bool joined; /* by a hyphen to the word before it */
    bool ascii;
    uint8_t n_key;
    char key[VALUE_WORD_ROOM];
};
struct value_words {
    view value;
    struct value_word v[VALUE_WORDS_MAX];
    uint32_t n;
};
/* *done is false when there are too many words, or one too long. OK or ERR_MEMORY. */
MUST_USE err value_split(view value, enum sheet sheet, struct arena *a, struct value_words *out,
                         bool *done);
void value_words_wipe(struct value_words *ws);
/* The canonical words i … j-1 with `gap` between them (' ' or 0 for none). */
view value_key(const struct value_words *ws, uint32_t i, uint32_t j, char gap,
               char room[VALUE_KEY_ROOM]);
/* Where a run that ends before word j ends, with the point after a single letter ("P.S."). */
size_t value_run_end(const struct value_words *ws, uint32_t j);
/* The case of words i … j-1 together: 1 all upper, -1 all lower, 0 else. */
int value_letters(const struct value_words *ws, uint32_t i, uint32_t j);
static inline view value_word_key(const struct value_word *w)
{
    return view_of(w->key, w->n_key);
}
