#include "detect/bare_number.h"

#include "detect/cue.h"
#include "detect/field.h"

enum { DIGITS_MAX = 6 };

/* "id", "value", "note_id": no word of it leads to an identifier. */
static bool is_silent(view field)
{
    uint64_t hash[FIELD_WORDS_MAX];
    if (!field.n) return true;
    for (unsigned i = 0, n = field_words(field, hash); i < n; i++)
        if (cue_class_of_hash(hash[i]) & CUE_WHAT) return false;
    return field_kind_of(field) == FIELD_OTHER;
}

bool bare_number(view text, view field)
{
    if (!text.n || text.n > DIGITS_MAX) return false;
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_digit(text.p[i])) return false;
    return is_silent(field);
}
