/* street_plain.c — streets that no word such as street ends, told by what stands around: see street_inside.h.
 *
 *     the bus on Sycamore    CVS off Poplar    2100 S 1100 E    Flat 2/1, 88 Allison St    Blk 442 Yishun Ave 11
 *     Bay 26, Hollin Caravan Park
 */
#include "detect/shape.h"
#include "detect/street_inside.h"

enum { REACH = 4 };

/* Something that stands or happens by a road, or a shop, right before "on" or "off" at `on`. */
static bool is_by_road(const struct street_walk *w, int64_t on)
{
    if (doc_bits(w->d, on - 1) & LEX(ORG_NAME)) return true;
    for (int64_t j = on - 1; j >= 0 && j >= on - REACH; j--) {
        if (doc_tok(w->d, j)->kind != TOK_WORD) return false;
        if (street_class_at(w, j) & ST_ROADSIDE) return true;
        if (doc_tok(w->d, j)->flags & TOK_LINE) return false;
    }
    return false;
}

/* "to the bus on Sycamore", "at the light off Poplar": one capital word at i. */
err street_at_roadside(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const uint64_t never = LEX(FUNCTION) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) |
                           LEX(ABBREVIATION) | LEX(DRUG) | LEX(EPONYM) | LEX(TITLE) |
                           LEX(RELATIVE) | LEX(ORG_NAME) | LEX(ORG_HEAD) | LEX(DEMONYM) |
                           LEX(COUNTRY) | LEX(STATE) | LEX(CUE_PLAN) | LEX(CLINICIAN);
    const struct doc *d = w->d;
    const int64_t on = (int64_t)i - 1;
    const struct lex_info *l = d->lex[i];
    if (!doc_is_word(d, on, VIEW("on")) && !doc_is_word(d, on, VIEW("off"))) return OK;
    if (shape_of(d, i) != SHAPE_TITLE || d->tok[i].flags & TOK_LINE || d->shield[i] ||
        d->tok[i].len < 4 || l->bits & never || street_is_medical(d, i) || l->word > 3)
        return OK;
    const struct token *after = doc_tok(d, (int64_t)i + 1);
    if (after->flags & TOK_CAP || after->kind == TOK_NUMBER || doc_joined(d, i + 2) ||
        !is_by_road(w, on))
        return OK;
    *done = i;
    return street_emit(w, i, i, RULE_STREET_NAME, 0.7f);
}

/* "2100 S 1100 E #6", as towns that are a grid have it: the second number is at i. */
err street_at_grid(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    uint32_t house = i < 2 ? 0 : i - 2;
    const int64_t side = (int64_t)i - 1, end = (int64_t)i + 1;
    if (i < 2 || !(street_class_at(w, side) & ST_AFTER) || !(street_class_at(w, end) & ST_AFTER) ||
        !street_is_capital(d, i - 1) || !street_is_capital(d, i + 1) ||
        d->tok[house].kind != TOK_NUMBER || d->tok[house].len < 2 || d->tok[i].len < 2 ||
        doc_joined(d, i) || doc_joined(d, i + 1) ||
        (d->tok[i].flags | d->tok[i + 1].flags) & TOK_LINE || !street_is_house_number(d, &house))
        return OK;
    *done = street_address_end(w, i + 1);
    return street_emit(w, house, *done, RULE_STREET_NUMBER, 0.85f);
}

/* Back from the house number at `first` over "Flat 2/1," and "Blk". */
uint32_t street_unit_before(const struct street_walk *w, uint32_t first)
{
    const struct doc *d = w->d;
    int64_t i = (int64_t)first - 1;
    if (d->tok[first].flags & TOK_LINE) return first;
    if (doc_is_word(d, i, VIEW("blk"))) return (uint32_t)i;
    /* "Unit 16/120 Elm Drive", "Lot 9 Elm Drive" */
    if (street_class_at(w, i) & ST_UNIT && doc_tok(d, i)->flags & TOK_CAP &&
        !doc_is_word(d, i, VIEW("floor")))
        return (uint32_t)i;
    if (!doc_is_mark(d, i, ',')) return first;
    for (i--; i > 0 && doc_joined(d, (uint32_t)i); i--) /* the value: "4C", "2/1" */
        if (first - i > 6) return first;
    if (i < 1 || doc_tok(d, i)->kind == TOK_MARK || doc_tok(d, i)->flags & TOK_LINE) return first;
    int64_t unit = i - 1;
    if (doc_is_mark(d, unit, '.')) unit--;
    const bool is = street_class_at(w, unit) & ST_UNIT && doc_tok(d, unit)->flags & TOK_CAP;
    return is ? (uint32_t)unit : first;
}

/* A capital word of such a park's name, on the same line as the one behind it. */
static bool is_of_park(const struct doc *d, uint32_t i)
{
    return !(d->tok[i + 1].flags & TOK_LINE) && !shape_opens_column(d, i + 1) &&
           shape_of(d, i) == SHAPE_TITLE && !(d->shield[i] & SHIELD_TAG) &&
           !(doc_bits(d, i) & (LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) | LEX(RELATIVE)));
}

/* "Bay", "Lot": before the number of a place in a park. */
static bool is_pitch(const struct street_walk *w, int64_t i)
{
    static const view words[] = {
        { "bay", 3 }, { "pitch", 5 }, { "plot", 4 }, { "site", 4 }, { "berth", 5 }
    };
    for (size_t k = 0; k < COUNT_OF(words); k++)
        if (doc_is_word(w->d, i, words[k])) return doc_tok(w->d, i)->flags & TOK_CAP;
    return street_class_at(w, i) & ST_UNIT && doc_tok(w->d, i)->flags & TOK_CAP;
}

bool street_at_park(const struct street_walk *w, uint32_t i, uint32_t *done, err *e)
{
    enum { WORDS = 4 };
    const struct doc *d = w->d;
    uint32_t kind = i ? i - 1 : 0, first;
    if (doc_is_word(d, kind, VIEW("home"))) {
        if (!kind) return false;
        kind--;
    }
    if (!(street_class_at(w, kind) & ST_PARKED)) return false;
    if (shape_of(d, i) != SHAPE_TITLE || d->tok[i].flags & TOK_LINE ||
        !(d->tok[kind].flags & TOK_CAP))
        return false;
    for (first = kind; first && first + WORDS > kind && is_of_park(d, first - 1);)
        first--;
    if (first == kind) return false;
    uint32_t number = first;
    if (number && doc_is_mark(d, (int64_t)number - 1, ',')) number--;
    if (number && !(d->tok[first].flags & TOK_LINE) && d->tok[number - 1].kind == TOK_NUMBER &&
        d->tok[number - 1].len <= 4) {
        number--;
        first = is_pitch(w, (int64_t)number - 1) ? number - 1 : number;
    }
    *done = i;
    *e = street_emit(w, first, i, RULE_STREET_NAME, 0.85f);
    return true;
}
