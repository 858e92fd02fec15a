/* street_crossing.c — two streets that cross, and streets that are called by a number: see street_inside.h. */
#include "detect/shape.h"
#include "detect/street_inside.h"

enum { USUAL = 3 }; /* words of the language up to this rank name streets that are told as such */

/* A capital word that may be a street's name, in mid-line. */
static bool is_crossed(const struct street_walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    return shape_of(d, i) == SHAPE_TITLE && !d->shield[i] && !(street_class_at(w, i) & ST_NEVER) &&
           !street_is_medical(d, i) &&
           !(doc_bits(d, i) & (LEX(FUNCTION) | LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) |
                               LEX(RELATIVE) | LEX(ORG_HEAD)));
}

/* "del" before another capital word. */
static bool is_spanish_joint(const struct doc *d, uint32_t i)
{
    return (doc_is_word(d, i, VIEW("del")) || doc_is_word(d, i, VIEW("de")) ||
            doc_is_word(d, i, VIEW("la")) || doc_is_word(d, i, VIEW("los"))) &&
           (shape_of(d, (int64_t)i + 1) == SHAPE_TITLE || doc_is_word(d, i, VIEW("de")));
}

/* Could a street be called so without a word such as street? Not "Home and Work". */
static bool is_namely(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return !l->bits || is_spanish_joint(d, i) ||
           (l->word < 6 &&
            l->bits & (LEX_GIVEN | LEX(SURNAME) | LEX(PLACE) | LEX(STREET_TYPE) | LEX(DIRECTION)));
}

/* The last token of the street after "and" or "&" at `and`, 0 when there is none; *sure: a word such as
 * street or an ordinal is in it. */
uint32_t street_crossed_end(const struct street_walk *w, uint32_t and, bool *sure)
{
    const struct doc *d = w->d;
    uint32_t last = 0, i = and+1;
    *sure = false;
    for (; i < d->n && i <= and+4 && !(d->tok[i].flags & TOK_LINE) && !*sure; i++) {
        if (d->tok[i].kind == TOK_NUMBER && d->tok[i].len <= 3 && street_is_ordinal_end(d, i + 1)) {
            last = ++i;
            *sure = !(street_class_at(w, i + 1) & ST_TYPE && street_is_capital(d, i + 1));
            continue;
        }
        if (last && is_spanish_joint(d, i)) { /* "Calle del Sol" */
            last = shape_of(d, (int64_t)i + 1) == SHAPE_TITLE ? ++i : last;
            continue;
        }
        bool type = last && street_class_at(w, i) & ST_TYPE && street_is_capital(d, i);
        if (!type && !is_crossed(w, i)) break;
        last = i;
        *sure = type;
    }
    return last;
}

/* "called to", "T-boned at", "corner of": nothing but a place stands behind, whatever its words. */
static bool is_sent_before(const struct street_walk *w, uint32_t first)
{
    const int64_t i = (int64_t)first - 1;
    if (doc_is_word(w->d, i, VIEW("of"))) return street_class_at(w, i - 1) & ST_CORNER;
    const uint32_t at = doc_is_word(w->d, i, VIEW("to"))   ? ST_SENT
                        : doc_is_word(w->d, i, VIEW("at")) ? ST_STRUCK
                                                           : 0;
    return street_class_at(w, i - 1) & at;
}

/* "corner of", "intersection of", "between", "MVC at": what two streets stand behind. */
bool street_is_corner_before(const struct street_walk *w, uint32_t first)
{
    const struct doc *d = w->d;
    int64_t i = (int64_t)first - 1;
    if (d->tok[first].flags & TOK_LINE) return false;
    if (doc_is_word(d, i, VIEW("between"))) return true;
    if (doc_is_word(d, i, VIEW("of"))) return street_class_at(w, i - 1) & ST_CORNER;
    if (doc_is_mark(d, i, '(')) return doc_is_mark(d, i - 2, '#'); /* "CVS #12 (Elm & 5th)" */
    /* "called to Foundry and Gosling" */
    if (doc_is_word(d, i, VIEW("to"))) return street_class_at(w, i - 1) & ST_SENT;
    if (!doc_is_word(d, i, VIEW("at")) && !doc_is_word(d, i, VIEW("near"))) return false;
    return (street_class_at(w, i - 1) | street_class_at(w, i - 2) | street_class_at(w, i - 3)) &
           ST_EVENT;
}

/* "Vine and Delancey", "Elm & 5th", "Mott St and 3rd Ave": the word at i is the last of the first. */
err street_at_crossing(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    bool sure;
    uint32_t first = i, last = street_crossed_end(w, i + 1, &sure);
    if (!last || !is_crossed(w, i)) return OK;
    while (first > 0 && first + 3 > i && !(d->tok[first].flags & TOK_LINE) &&
           is_crossed(w, first - 1))
        first--;
    const struct token *after = doc_tok(d, (int64_t)last + 1);
    bool ends = last + 1 >= d->n || after->flags & TOK_LINE || after->kind == TOK_MARK ||
                doc_bits(d, (int64_t)last + 1) & LEX(FUNCTION); /* not "at T4 and 5th rib" */
    bool where = sure && street_class_at(w, (int64_t)first - 1) & ST_WHERE;
    /* "Dog bite, Gosling & 12th": a number counted in order beside a name is a street's */
    where |= sure && last == i + 3 && doc_is_mark(d, (int64_t)i + 1, '&') && is_namely(d, i);
    ends |= where && last == i + 3;
    if (!ends || !(where || street_is_corner_before(w, first))) return OK;
    const bool sent = is_sent_before(w, first);
    for (uint32_t k = first; !sure && k <= last; k++)
        if (!is_namely(d, k) && !street_is_and(d, k) && !(sent && d->lex[k]->word <= USUAL))
            return OK;
    *done = last;
    return street_emit(w, first, last, RULE_STREET_NAME, sure ? 0.85f : 0.75f);
}

err street_at_estate(const struct street_walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    uint32_t first = i;
    if (!is_crossed(w, i) || d->tok[i + 1].flags & TOK_LINE || !(d->tok[i + 1].flags & TOK_LOWER))
        return OK;
    while (first > 0 && first + 3 > i && !(d->tok[first].flags & TOK_LINE) &&
           is_crossed(w, first - 1))
        first--;
    /* "Real estate" */
    if (first == i && d->lex[i]->word > USUAL && !doc_is_word(d, i + 1, VIEW("roundabout")))
        return OK;
    return street_emit(w, first, i + 1, RULE_STREET_NAME, 0.8f);
}

/* "lives on", "resides at" in front of token i. */
static bool is_lived_at(const struct street_walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    int64_t at = (int64_t)i - 1;
    if (d->tok[i].flags & TOK_LINE ||
        !(doc_is_word(d, at, VIEW("on")) || doc_is_word(d, at, VIEW("at"))))
        return false;
    return doc_is_word(d, at - 1, VIEW("lives")) || doc_is_word(d, at - 1, VIEW("living")) ||
           doc_is_word(d, at - 1, VIEW("resides")) || doc_is_word(d, at - 1, VIEW("house"));
}

/* "1420 E 38th", "on W 11th": a street that is a number, its side of the town before it. */
static err at_side(const struct street_walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    const uint32_t side = i - 1;
    const struct token *t = doc_tok(d, side), *after = doc_tok(d, (int64_t)i + 2);
    if (!i || !(street_class_at(w, side) & ST_AFTER) || !(t->flags & TOK_CAP) ||
        t->flags & TOK_LINE || d->tok[i].flags & TOK_LINE || doc_joined(d, i))
        return OK;
    if (street_class_at(w, (int64_t)i + 2) & ST_TYPE && !(after->flags & TOK_LINE))
        return OK; /* at_type's */
    uint32_t house = side ? side - 1 : 0;
    const bool numbered = side && d->tok[house].kind == TOK_NUMBER && d->tok[house].len >= 2 &&
                          !(d->shield[house] & SHIELD_MEASURE) && street_is_house_number(d, &house);
    /* "on W 11th and", not "on E 1st try" */
    const bool ends = after->kind == TOK_MARK || after->flags & TOK_LINE ||
                      doc_bits(d, (int64_t)i + 2) & LEX(FUNCTION);
    const bool ridden = ends && street_class_at(w, (int64_t)side - 1) & (ST_RIDDEN | ST_WHERE);
    if (!numbered && !ridden) return OK;
    return street_emit(w, numbered ? house : side, street_address_end(w, i + 1),
                       numbered ? RULE_STREET_NUMBER : RULE_STREET_NAME, 0.8f);
}

/* "63rd and Halsted", "lives on 10th st": the number is at i. */
err street_at_ordinal(const struct street_walk *w, uint32_t i)
{
    bool sure;
    const struct doc *d = w->d;
    uint32_t last = street_is_and(d, (int64_t)i + 2) ? street_crossed_end(w, i + 2, &sure) : 0;
    if (last && (street_is_corner_before(w, i) || is_lived_at(w, i)))
        return street_emit(w, i, last, RULE_STREET_NAME, 0.75f);
    if (is_lived_at(w, i) && street_class_at(w, (int64_t)i + 2) & ST_TYPE &&
        !(d->tok[i + 2].flags & TOK_LINE))
        return street_emit(w, i, i + 2, RULE_STREET_NAME, 0.75f);
    return at_side(w, i);
}
