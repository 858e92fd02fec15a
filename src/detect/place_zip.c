/* place_zip.c — the town and the street before a state and its postal code, whatever they are called.
 *
 *     538D Euclid
 *     Sorvik / WA / 98101            Mail to: 278R Furnace, Mud Hollow, WI 53001
 *
 * Before a code with its state stands a town, on a list or not. Before that, or on the line above, stands what begins
 * with a house number, though no word such as street ends it.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/shape.h"
#include "detect/taken.h"

enum { TOWN_WORDS = 4, STREET_TOKENS = 7 };

/* A comma, stroke, caret or dash between the parts of an address. */
SELDOM static bool is_parting(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK && (t->hash == ',' || t->hash == '/' || t->hash == '^' ||
                                   t->hash == ';' || t->hash == '|' || t->hash == '.');
}

SELDOM static bool is_state(const struct doc *d, int64_t i)
{
    return doc_tok(d, i)->flags & TOK_UPPER && d->tok[i].len == 2 &&
           doc_bits(d, i) & LEX(STATE_CODE);
}

/* May the word at i be in the name of a town or street? */
static bool is_part(const struct doc *d, int64_t i)
{
    const uint64_t never = LEX(TITLE) | LEX(CREDENTIAL) | LEX(MONTH) | LEX(RELATIVE) | LEX(DRUG) |
                           LEX(CUE_ADDRESS) | LEX(PERSON_VERB);
    return i >= 0 && doc_tok(d, i)->flags & TOK_CAP && shape_of(d, i) == SHAPE_TITLE &&
           !(d->shield[i] & SHIELD_TAG) && !(doc_bits(d, i) & LEX(FUNCTION)) &&
           (!(doc_bits(d, i) & never) || doc_bits(d, i) & (LEX(PLACE) | LEX(SURNAME)));
}

/* The first token of the town whose last one is `last`; past `last` when there is none. */
SELDOM static uint32_t town_begin(const struct doc *d, uint32_t last)
{
    uint32_t first = last + 1;
    for (uint32_t n = 0; n < TOWN_WORDS && first > 0; n++) {
        uint32_t j = first - 1;
        if (n && (d->tok[first].flags & TOK_LINE || shape_opens_column(d, first))) break;
        const int64_t owner = shape_owner(d, j);
        if (owner >= 0) j = (uint32_t)owner; /* "Sawyer's End" */
        if (!is_part(d, j)) break;
        first = j;
        const bool joint = first >= 2 && doc_is_mark(d, (int64_t)first - 1, '-') &&
                           doc_joined(d, first) && doc_joined(d, first - 1);
        if (joint && is_part(d, (int64_t)first - 2)) first -= 2;
    }
    return first;
}

/* The house number with which the street begins whose last token is `last`; past `last` when none does. */
SELDOM static uint32_t street_begin(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 1, words = 0;
    for (uint32_t n = 0; n < STREET_TOKENS && i > 0; n++) {
        const uint32_t j = i - 1;
        const struct token *t = &d->tok[j];
        if (i <= last && d->tok[i].flags & TOK_LINE) return last + 1;
        if (t->kind == TOK_NUMBER) {
            const struct token *b = doc_tok(d, (int64_t)j - 1);
            const bool begins = t->flags & TOK_LINE || j == 0 || shape_opens_column(d, j) ||
                                (b->kind == TOK_MARK && (b->hash == ':' || b->hash == ',' ||
                                                         b->hash == ';' || b->hash == '^'));
            return words && begins && t->len <= 5 ? j : last + 1;
        }
        const bool letter = t->kind == TOK_WORD && t->len == 1 && doc_joined(d, j);
        words += t->kind == TOK_WORD && t->len > 2;
        if (!letter && !is_part(d, j) && !doc_is_mark(d, j, '.') && !doc_is_mark(d, j, '-'))
            return last + 1;
        i = j;
    }
    return last + 1;
}

SELDOM static err add(const struct doc *d, uint32_t first, uint32_t last, enum finding_part part,
                      struct findings *out)
{
    struct finding x = doc_finding(d, first, last, LABEL_LOCATION, RULE_PLACE_ADDRESS, 0.85F);
    x.part = (uint8_t)part;
    return findings_add(out, x);
}

err place_zip_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    if (d->is_caseless) return OK;
    for (uint32_t k = 0; k < n; k++) {
        if (out->v[k].label != LABEL_LOCATION || out->v[k].part != PART_ZIP) continue;
        int64_t i = (int64_t)taken_token_at(d, out->v[k].start) - 1;
        for (; i > 0 && is_parting(d, i); i--)
            if (d->tok[i + 1].flags & TOK_LINE) break;
        if (i <= 0 || d->tok[i + 1].flags & TOK_LINE || !is_state(d, i) ||
            d->tok[i].flags & TOK_LINE)
            continue;
        for (i--; i > 0 && is_parting(d, i);)
            i--;
        if (i < 0 || d->tok[i + 1].flags & TOK_LINE) continue;
        const uint32_t last = (uint32_t)i, first = town_begin(d, last);
        if (first > last) continue;
        TRY(add(d, first, last, PART_TOWN, out));
        int64_t end = (int64_t)first - 1;
        while (end > 0 && is_parting(d, end))
            end--;
        if (end < 1 || d->tok[first].flags & TOK_PARA) continue;
        const uint32_t street = street_begin(d, (uint32_t)end);
        if (street <= (uint32_t)end) TRY(add(d, street, (uint32_t)end, PART_STREET, out));
    }
out:
    return e;
}
