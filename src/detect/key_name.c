#include "detect/key_name.h"

#include "detect/field.h"

/* Ranks are of the lexicon: a name is this much more usual than the word that it may be. */
enum { USUAL = 4, MARGIN = 3, RARE_WORD = 1 };

/* What medicine, the calendar and tables mean by it is no name there. */
static const uint64_t OTHER = LEX(EPONYM) | LEX(DRUG) | LEX(MEDICAL) | LEX(ABBREVIATION) |
                              LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) |
                              LEX(STATE) | LEX(ORG_HEAD) | LEX(TITLE) | LEX(CREDENTIAL) |
                              LEX(FUNCTION) | LEX(STREET_TYPE) | LEX(EPONYM_HEAD) |
                              LEX(NUMBER_WORD) | LEX(RELATIVE) | LEX(CLINICIAN);

bool key_word_is_name(const struct lex_info *w)
{
    return (w->bits & (LEX_GIVEN | LEX(SURNAME) | LEX(NICK))) && !(w->bits & OTHER) &&
           MAX(w->given, w->surname) >= w->word + MARGIN;
}

/* "Jane": typed as names are. */
static bool is_title_case(view key)
{
    if (key.n < 3 || key.p[0] < 'A' || key.p[0] > 'Z') return false;
    for (size_t i = 1; i < key.n; i++)
        if (key.p[i] < 'a' || key.p[i] > 'z') return false;
    return true;
}

enum key_name key_name_judge(const struct lexicon *l, view key)
{
    uint64_t hash[FIELD_WORDS_MAX];
    unsigned n = field_words(key, hash);
    bool has_given = false;
    for (size_t i = 0; i < key.n; i++)
        if (ascii_is_digit(key.p[i])) return KEY_NAME_NOT; /* a column's number */
    if (n == 0 || n > 3) return KEY_NAME_NOT;
    for (unsigned i = 0; i < n; i++) {
        const struct lex_info *w = lexicon_find(l, hash[i]);
        if (!key_word_is_name(w)) return KEY_NAME_NOT;
        has_given |= (w->bits & LEX_GIVEN) != 0 && w->given >= USUAL;
    }
    if (n > 1) return has_given ? KEY_NAME_FULL : KEY_NAME_LIKE;
    const struct lex_info *w = lexicon_find(l, hash[0]);
    if (w->word > RARE_WORD || MAX(w->given, w->surname) < USUAL) return KEY_NAME_LIKE;
    return is_title_case(key) ? KEY_NAME_SURE : KEY_NAME_PLAIN;
}
