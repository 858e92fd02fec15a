/* detect/place_county.c — counties called by words that are worth no look by themselves.
 *
 *     Tarpaper County     Switzerland County     County of Merganser
 *
 * See place.h. Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/place.h"
#include "detect/wordset.h"

bool place_county_called(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last)
{
    static const struct wordset_row none[] = {
        { "home same other this that each any every public rural residence origin birth service "
          "adult juvenile "
          "neighboring surrounding local whole entire city venue legal current payer",
          1 },
    };
    static struct wordset nobodys = WORDSET(none);
    enum { USUAL = 5 };
    const uint64_t never = LEX(FUNCTION) | LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(DEMONYM) |
                           LEX(STATE) | LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) | LEX(RELATIVE) |
                           LEX(CLINICIAN) | LEX(NAME_CUE) | LEX(DIRECTION) | LEX(STREET_TYPE);
    if (d->is_caseless || shape_of(d, i) != SHAPE_TITLE) return false;
    const bool of = doc_is_word(d, (int64_t)i + 1, VIEW("of"));
    const int64_t name = of ? (int64_t)i + 2 : (int64_t)i - 1;
    *first = MIN(i, (uint32_t)name);
    *last = MAX(i, (uint32_t)name);
    if (name < 0 || shape_of(d, name) != SHAPE_TITLE || doc_tok(d, name)->len < 3 ||
        d->tok[*last].flags & TOK_LINE || d->shield[name] || shape_opens_column(d, *last) ||
        doc_bits(d, name) & never || d->lex[name]->word >= USUAL ||
        wordset_class(wordset_ready(&nobodys), &d->tok[name]))
        return false;
    return !(doc_bits(d, name) & LEX(MEDICAL) && d->lex[name]->word > 1);
}
