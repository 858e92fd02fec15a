/* place_behind.c — the town behind a street's address or an organisation, on a list or not.
 *
 *     12 Rowan St, Sorvik     88 Ferry Terrace Apt 3 in Larkmead     RR 3 Box 11 in Pointe Zelby     9 Elm Rd * Zelby, WI
 *     Employer: Sorvik Flooring, Zelby     sent to Roe Drug Zelby: insulin     Mom: Ann Roe, MRN 4410, Zelby
 *
 * Nothing but a town stands behind a street with a capital: what else could ("12 Elm St, Attending: …") ends in a
 * colon, goes on in small letters or is a word that no town is called by. Behind an organisation a department or a
 * person may stand as well: one new word to the end of the line or sentence is asked for.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/organization_extent.h"
#include "detect/place.h"
#include "detect/taken.h"
#include "detect/wordset.h"

/* Does the line or column end behind token `last`? */
SELDOM static bool is_at_end(const struct doc *d, uint32_t last)
{
    return last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE || shape_opens_column(d, last + 1);
}

/* The first token behind what parts a name that ends at token `last` from its town; 0 when nothing does but a box's
 * number, which needs no mark. */
static uint32_t past_parting(const struct doc *d, uint32_t last, bool is_box, bool is_bare)
{
    static const uint32_t marks[] = { ',', ';', '*', '|', '^', '(', 0x2022, 0xB7 };
    uint32_t j = last + 1;
    if (doc_is_mark(d, j, '.') && doc_joined(d, j)) j++;
    if (j + 1 >= d->n || d->tok[j].flags & TOK_LINE || d->tok[j + 1].flags & TOK_LINE) return 0;
    if (doc_is_word(d, j, VIEW("in"))) return j + 1;
    if (is_bare) return j;
    while (doc_is_mark(d, j, '^') && doc_is_mark(d, j + 1, '^'))
        j++; /* components of a message that was pasted */
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        if (doc_is_mark(d, j, marks[k])) return j + 1;
    if (doc_is_mark(d, j, '-') && !doc_joined(d, j) && !doc_joined(d, j + 1) && !is_box)
        return j + 1; /* "12 Elm St - Sorvik" */
    return is_box && !shape_opens_column(d, j) ? j : 0;
}

/* Behind a street in a text without case: one to three words that no list has as anything but names, up to the end of
 * the line or a mark. */
SELDOM static bool is_blank_town(const struct doc *d, uint32_t first, struct town *t)
{
    enum { WORDS = 3 };
    const uint64_t never = LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(TITLE) | LEX(CREDENTIAL) |
                           LEX(RELATIVE) | LEX(CLINICIAN) | LEX(PERSON_VERB) | LEX(ABBREVIATION) |
                           LEX(STATE_CODE) | LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY);
    uint32_t j = first;
    bool tells = false;
    for (; j < first + WORDS && j < d->n && d->tok[j].kind == TOK_WORD; j++) {
        if (j > first && (d->tok[j].flags & TOK_LINE || shape_opens_column(d, j))) break;
        if (d->tok[j].len < 3 || d->lex[j]->bits & never || d->shield[j] & SHIELD_TAG) break;
        tells |= !d->lex[j]->bits || d->lex[j]->bits & LEX(PLACE);
    }
    if (j == first || !tells || !d->is_caseless) return false;
    *t = (struct town){ .first = first, .last = j - 1, .lex = d->lex[first] };
    const struct token *after = doc_tok(d, j);
    return is_at_end(d, j - 1) || after->kind == TOK_NUMBER ||
           (after->kind == TOK_MARK && (after->hash == ',' || after->hash == ';')) ||
           doc_bits(d, j) & LEX(STATE_CODE);
}

/* "CVS Zelby:", "Roe Drug Zelby:": is the organisation that ends at token `last` a druggist's, with a capital behind? */
static bool is_druggist(const struct doc *d, uint32_t last)
{
    static const struct wordset_row rows[] = {
        { "pharmacy drug drugs apothecary rexall walgreens cvs walmart costco kroger safeway "
          "wegmans publix hyvee riteaid aid mart shopko center white store",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return (t->flags & (TOK_CAP | TOK_UPPER | TOK_LINE)) == TOK_CAP &&
           !shape_opens_column(d, last + 1) && wordset_class(wordset_ready(&set), &d->tok[last]);
}

/* Is the name over behind token `last`? "…, Lives alone" goes on. */
SELDOM static bool is_over(const struct doc *d, uint32_t last)
{
    const uint32_t j = last + 1;
    const struct token *t = doc_tok(d, j);
    if (is_at_end(d, last)) return true;
    if (t->kind == TOK_MARK) return t->hash != ':' && t->hash != '\'' && t->hash != '/';
    if (t->kind == TOK_NUMBER) return t->len == 5;
    return doc_bits(d, j) & (LEX(FUNCTION) | LEX(STATE) | LEX(STATE_CODE));
}

SELDOM static bool is_town_of_house(const struct doc *d, const struct town *t)
{
    const bool dot = doc_is_mark(d, (int64_t)t->last + 1, '.');
    const struct token *mark = doc_tok(d, (int64_t)t->last + 1);
    const bool cell = mark->kind == TOK_MARK && (mark->hash == '*' || mark->hash == '|' ||
                                                 mark->hash == ')' || mark->hash == ':');
    if (!cell && !is_at_end(d, t->last + dot) &&
        !(dot && doc_tok(d, (int64_t)t->last + 2)->flags & TOK_SPACE))
        return false;
    for (uint32_t i = t->first; i <= t->last; i++)
        if (d->lex[i]->given >= 2 && d->lex[i]->given > d->lex[i]->place) return false;
    return true;
}

bool place_is_box(const struct doc *d, uint32_t i)
{
    struct town t;
    bool is_new;
    if (d->tok[i].len > 4 || d->tok[i].flags & TOK_LINE || !doc_is_mark(d, (int64_t)i + 1, ',') ||
        doc_tok(d, (int64_t)i + 2)->flags & TOK_LINE || !place_run_at(d, i + 2, &t, &is_new))
        return false;
    const struct token *after = doc_tok(d, (int64_t)t.last + 1);
    return t.has_state ||
           (is_new && d->tok[i].len >= 2 &&
            (is_at_end(d, t.last) || (after->kind == TOK_MARK && after->hash != ':')));
}

/* ", Alkali Lake (555-0199)", ", Mud Bend, WY": two words or a state, with an end or a number behind. */
static bool is_sure_town(const struct doc *d, uint32_t first, bool street, struct town *t)
{
    if (!street || !place_any_at(d, first, t)) return false;
    const struct token *after = doc_tok(d, (int64_t)t->last + 1);
    return (t->has_state || t->last > first) &&
           (is_at_end(d, t->last) || after->kind == TOK_NUMBER || after->hash == '(' ||
            after->hash == ',' || after->hash == '.' || after->hash == ';');
}

err place_behind_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    for (uint32_t k = 0; k < n; k++) {
        const struct finding f = out->v[k];
        struct town t;
        bool is_new = false;
        const bool street = f.label == LABEL_LOCATION && f.part == PART_STREET;
        /* "Mom: Ann Roe, MRN 4410, Zelby" */
        const bool number = f.label == LABEL_MRN || f.label == LABEL_PHONE;
        if (!street && !number && f.label != LABEL_ORGANIZATION) continue;
        const bool box = f.rule == RULE_STREET_BOX;
        const uint32_t last = taken_token_at(d, f.end - 1);
        const bool shop = f.label == LABEL_ORGANIZATION && is_druggist(d, last);
        /* "36E Foundry Parade Sorvik" at the end of its line */
        const bool door = f.rule == RULE_STREET_NUMBER &&
                          shape_of(d, (int64_t)last + 1) == SHAPE_TITLE &&
                          !shape_opens_column(d, last + 1);
        const uint32_t first = past_parting(d, last, box, shop || door);
        if (!first) continue;
        const bool strict = place_run_at(d, first, &t, &is_new);
        const bool may = strict && (!street || is_over(d, t.last));
        if (!may && !is_sure_town(d, first, street, &t) && !(street && is_blank_town(d, first, &t)))
            continue;
        if (d->lex[first]->bits & (LEX(PERSON_VERB) | LEX(CUE_ADDRESS)) ||
            doc_is_word(d, first, VIEW("city")))
            continue;
        const bool bare = box && first == last + 1; /* "RR 2 Box 88 Zelby Hollow" */
        if (door && !is_at_end(d, t.last)) continue;
        if (shop && first == last + 1) {
            if (!doc_is_mark(d, (int64_t)t.last + 1, ':')) continue;
        } else if (!street && (!is_new || !is_town_of_house(d, &t))) {
            continue;
        }
        if (number && extent_is_practice(d, first)) continue;
        if (bare && !is_new) continue;
        struct finding x =
            doc_finding(d, t.first, t.last, LABEL_LOCATION, RULE_PLACE_ADDRESS, 0.9F);
        x.part = PART_TOWN;
        TRY(findings_add(out, x));
        /* "12 Rowan St, Old Town, Sorvik" */
        const uint32_t second = street ? past_parting(d, t.last, false, false) : 0;
        struct town more;
        if (!second || !doc_is_mark(d, (int64_t)second - 1, ',') ||
            !place_run_at(d, second, &more, &is_new) || !is_at_end(d, more.last))
            continue;
        x = doc_finding(d, more.first, more.last, LABEL_LOCATION, RULE_PLACE_ADDRESS, 0.85F);
        x.part = PART_TOWN;
        TRY(findings_add(out, x));
    }
out:
    return e;
}
