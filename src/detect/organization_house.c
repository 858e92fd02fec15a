/* organization_house.c — houses told by their first word and "at", and the letters of other hospitals.
 *
 *     The Terrace at Sorvik Bend     Arbor Villas at Monte del Zelby     The Gardens of Larkmead     OSH (SVH)
 *
 * Homes for the old and rented homes alike are called by what they would like to be and a name behind "at"; what that
 * name is does not matter. Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/organization_inside.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum { NAME_WORDS = 4, BEFORE = 2, LETTERS_MIN = 3, LETTERS_MAX = 6 };
enum {
    W_HOUSE = 1,
    W_LINK = 2,   /* inside a name in small letters */
    W_OUTSIDE = 4 /* another hospital, before its letters in parentheses */
};
static const struct wordset_row rows[] = {
    { "terrace terraces villa villas village villages garden gardens manor manors commons pines "
      "oaks "
      "elms "
      "cedars willows meadow meadows residence residences suites springs arbor arbors courtyard "
      "courtyards landing landings reserve preserve lodge lodges cottage cottages estate estates "
      "glen bluff bluffs heights grove groves lakes lake crossing crossings harbor harbour pointe "
      "place atrium legacy bridges fountains cloisters abbey ridge ranch club inn inns lofts "
      "apartments apts townhomes homes condominiums condos flats quarters retreat haven hamlet "
      "chateau hacienda birches maples laurels magnolias enclave summit vistas vista park court "
      "hall house pavilion pavilions pavillion plaza station shores shore woods farm farms",
      W_HOUSE },
    { "of the del de la las los el du des and", W_LINK },
    { "osh oshs outside referring transferring sending", W_OUTSIDE },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* May the word at i be in such a name? */
static bool is_part(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(TITLE) | LEX(CREDENTIAL) | LEX(MONTH) | LEX(WEEKDAY) |
                           LEX(RELATIVE) | LEX(DRUG) | LEX(UNIT) | LEX(FUNCTION);
    return i < d->n && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 1 &&
           !(d->tok[i].flags & TOK_LINE) && !(d->shield[i] & SHIELD_TAG) &&
           (!(d->lex[i]->bits & never) || d->lex[i]->bits & (LEX(PLACE) | LEX(SAINT)));
}

/* The last word of the name that begins at i: over "del", "of the" and hyphens. */
static uint32_t name_end(const struct doc *d, uint32_t i)
{
    uint32_t last = i;
    for (uint32_t n = 1; n < NAME_WORDS; n++) {
        uint32_t j = last + 1;
        if (doc_is_mark(d, j, '.') && doc_joined(d, j) && d->lex[last]->bits & LEX(SAINT)) j++;
        if (doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1)) j++;
        for (uint32_t k = 0; k < 2 && cls(d, j) & W_LINK && doc_tok(d, j)->flags & TOK_LOWER; k++)
            j++;
        if (!is_part(d, j) || doc_is_word(d, (int64_t)j - 1, VIEW("and"))) break;
        last = j;
    }
    return last;
}

/* "The Terrace at", "Arbor Villas at": the first token of the name that goes on at token i; i when there is none. */
static uint32_t house_before(const struct doc *d, uint32_t i)
{
    const bool of = doc_is_word(d, (int64_t)i - 1, VIEW("of"));
    if (i < 3 || (!of && !doc_is_word(d, (int64_t)i - 1, VIEW("at"))) ||
        !(cls(d, (int64_t)i - 2) & W_HOUSE) || d->tok[i - 1].flags & (TOK_LINE | TOK_CAP))
        return i;
    const uint32_t house = i - 2;
    uint32_t first = house;
    if (shape_of(d, house) != SHAPE_TITLE || d->shield[house] & SHIELD_TAG) return i;
    for (uint32_t n = 0; n < BEFORE && first > 0 && !(d->tok[first].flags & TOK_LINE) &&
                         d->tok[first - 1].kind == TOK_WORD &&
                         (is_part(d, first - 1) || doc_is_word(d, (int64_t)first - 1, VIEW("the")));
         n++) {
        first--;
        if (doc_is_word(d, first, VIEW("the"))) break;
    }
    const bool the = doc_is_word(d, first, VIEW("the"));
    if (the && d->tok[first].flags & TOK_CAP) return first;
    if (of) return i; /* "House of Representatives" */
    if (the) return first + 1;
    return first < house || organization_has_cue(d, house, 0) ? first : i;
}

err organization_house(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const uint32_t first = house_before(d, i);
    if (first == i || !is_part(d, i)) return OK;
    const uint32_t last = name_end(d, i);
    *next = last + 1;
    return findings_add(out,
                        doc_finding(d, first, last, LABEL_ORGANIZATION, RULE_ORG_FRAME, 0.85F));
}

/* "OSH (SVH)", "outside hospital (TRMC)": the letters are at token i. */
err organization_outside(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const struct token *t = &d->tok[i];
    const bool hospital = doc_is_word(d, (int64_t)i - 2, VIEW("hospital"));
    if (t->len < LETTERS_MIN || t->len > LETTERS_MAX || !(t->flags & TOK_UPPER) || d->shield[i] ||
        !doc_is_mark(d, i + 1, ')') || !(cls(d, (int64_t)i - 2 - hospital) & W_OUTSIDE) ||
        d->lex[i]->bits & (LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(DRUG) | LEX(FUNCTION)))
        return OK;
    *next = i + 1;
    return findings_add(out, doc_finding(d, i, i, LABEL_ORGANIZATION, RULE_ORG_FRAME, 0.85F));
}
