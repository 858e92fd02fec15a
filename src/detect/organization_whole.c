/* detect/organization_whole.c — what stands before the part of an organisation's name that was found.
 *
 *     Mid-Coast Egg     Twin Ports Clinic     The Biscuit Barrel     Tia Chela's
 *     Angels of Red Wing     Project Larkmead     village of zelby
 *
 * The first words of such names are words of the language, so they tell nothing by themselves; before the rest of
 * a name they can be little else. A town becomes a house behind "Friends of": the word before it is of many, and its
 * capital is not due to its place. Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/organization_whole.h"

#include "detect/organization_inside.h"
#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum {
    W_OPENS = 1,
    W_BAND = 2,
    W_LINK = 4,
    W_NEVER = 8,
    W_SEAT = 16,
    W_HOME = 32,
    W_LOOSE = 64,
    W_SAINTS = 128,
    W_CARE = 256
};
static const struct wordset_row rows[] = {
    { "twin mid mother greater upper lower north south east west northern southern eastern western "
      "new old great grand royal major three four five seven ten first second iron rust big little "
      "papa mama holy good tri inter all white black red blue green golden silver centre hospital "
      "hms uss hmas hmcs rfa",
      W_OPENS },
    /* one of them, before "of" and a town */
    { "project house home place city town county law church temple taste "
      "voice heart spirit bank society museum friends",
      W_BAND },
    { "based affiliated owned run wide trained style type area sponsored led like", W_LOOSE },
    { "of at", W_LINK },
    /* the only ones before "at", where verbs stand as well: "Arbors at Zelby", no "Works at Zelby" */
    { "arbors gardens pines oaks elms terrace terraces villas haven landing reserve residences "
      "memorial commons retreat abbey legacy sanctuary serenity harmony cottages harbor heritage "
      "fountains bridges",
      W_HOME },
    { "village borough township", W_BAND | W_SEAT },
    { "hospice cottages friends gardens villas daughters sons sisters voices", W_BAND | W_CARE },
    { "ss sts saints", W_SAINTS },
    /* many, but nobody's name */
    { "residents streets states parts outskirts suburbs hospitals clinics physicians doctors notes "
      "records results images scans films reports veterans natives members citizens counties "
      "cities "
      "towns areas sites patients symptoms signs days weeks months years times this his was is has "
      "hers ours yours theirs us",
      W_NEVER },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* May the capital word at i, of the line of the token behind it, be in a name? */
static bool is_part(const struct doc *d, int64_t i)
{
    const uint64_t never = LEX(TITLE) | LEX(CREDENTIAL) | LEX(MONTH) | LEX(WEEKDAY) | LEX(DRUG) |
                           LEX(UNIT) | LEX(FUNCTION) | LEX(MEDICAL) | LEX(CLINICIAN) |
                           LEX(RELATIVE) | LEX(PERSON_VERB);
    return i >= 0 && i < (int64_t)d->n && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 1 &&
           !(d->shield[i] & SHIELD_TAG) && !(doc_bits(d, i) & never);
}

/* Is the capital of token i of its own, not of its place? */
static bool is_own_capital(const struct doc *d, uint32_t i)
{
    const struct token *b = doc_tok(d, (int64_t)i - 1);
    if (i == 0 || d->tok[i].flags & TOK_LINE) return false;
    return b->kind == TOK_WORD || (b->kind == TOK_MARK && b->hash != '.' && b->hash != '?');
}

/* "Ss. Simon and" before "Jude Clinic", "Christ the" before "Healer Clinic": where the name begins whose rest begins at
 * token `first`; `first` when it is none. */
static uint32_t holy(const struct doc *d, uint32_t first)
{
    const int64_t b = (int64_t)first - 1, name = b - 1;
    if (name < 0 || d->tok[first].flags & TOK_LINE || shape_of(d, name) != SHAPE_TITLE ||
        (d->tok[b].flags & (TOK_LINE | TOK_CAP)))
        return first;
    if (doc_is_word(d, b, VIEW("the")) && doc_is_word(d, name, VIEW("christ")))
        return (uint32_t)name;
    const int64_t saints = name - 1 - doc_is_mark(d, name - 1, '.');
    return doc_is_word(d, b, VIEW("and")) && cls(d, saints) & W_SAINTS &&
                   d->tok[saints].flags & TOK_CAP && !(d->tok[name].flags & TOK_LINE)
               ? (uint32_t)saints
               : first;
}

/* "Hospice of the" before "Iron Range": where the name begins, or `first`. */
static uint32_t of_the(const struct doc *d, uint32_t first)
{
    const int64_t i = (int64_t)first - 3;
    return i >= 0 && doc_is_word(d, i + 2, VIEW("the")) && doc_is_word(d, i + 1, VIEW("of")) &&
                   cls(d, i) & W_CARE && shape_of(d, i) == SHAPE_TITLE &&
                   !((d->tok[first].flags | d->tok[i + 1].flags | d->tok[i + 2].flags) & TOK_LINE)
               ? (uint32_t)i
               : first;
}

/* "Mid-", "Osgood-", "Twin", "The" before token `first`: where the name begins. */
static uint32_t opening(const struct doc *d, uint32_t first)
{
    const int64_t b = (int64_t)first - 1;
    if (b < 0 || d->tok[first].flags & TOK_LINE || shape_opens_column(d, first)) return first;
    if (doc_is_mark(d, b, '-') && doc_joined(d, first) && doc_joined(d, b) && b > 0 &&
        shape_of(d, b - 1) == SHAPE_TITLE && d->tok[first].flags & TOK_CAP)
        return shape_word_begin(d, (uint32_t)b - 1);
    if (!(d->tok[b].flags & TOK_CAP) || shape_of(d, b) != SHAPE_TITLE) return first;
    if (doc_is_word(d, b, VIEW("the")) && is_own_capital(d, (uint32_t)b)) return (uint32_t)b;
    return cls(d, b) & W_OPENS && !(d->shield[b] & SHIELD_TAG) ? (uint32_t)b : first;
}

/* Does the line or column end, or a comma stand, behind token `last`? */
static bool is_over(const struct doc *d, uint32_t last)
{
    return last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE ||
           shape_opens_column(d, last + 1) || doc_is_mark(d, last + 1, ',');
}

/* "Angels of", "Project" before the town or the name at tokens first … last: where it begins, or `first`.
 * At the head of a line the name must be all of it; two words need no capital of their own. */
static uint32_t band(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { BEFORE = 2, LETTERS_MIN = 3, LETTERS_MAX = 6 };
    if (first < 2 || d->tok[first].flags & TOK_LINE) return first;
    uint32_t i = first - 1, n = 0;
    const bool link = cls(d, i) & W_LINK && !(d->tok[i].flags & (TOK_CAP | TOK_LINE));
    if (link) i--;
    /* "RSPCA Zelby": letters that stand for nothing in medicine */
    if (!link && shape_of(d, i) == SHAPE_ACRONYM && !d->lex[i]->bits && !d->shield[i] &&
        d->tok[i].len >= LETTERS_MIN && d->tok[i].len <= LETTERS_MAX &&
        !shape_opens_column(d, first))
        return i;
    if (!is_part(d, i)) return first;
    const bool at = link && doc_is_word(d, (int64_t)i + 1, VIEW("at"));
    if (!link) return doc_is_word(d, i, VIEW("project")) && is_own_capital(d, i) ? i : first;
    const uint32_t word = i;
    const char end = d->text.p[token_end(&d->tok[i]) - 1];
    const bool many = end == 's' && d->tok[i].len > 4 && !doc_joined(d, i);
    if (at ? !(cls(d, i) & W_HOME) : !many && !(cls(d, i) & W_BAND)) return first;
    for (; n < BEFORE && i > 0 && !(d->tok[i].flags & TOK_LINE) && !shape_opens_column(d, i) &&
           is_part(d, (int64_t)i - 1);
         n++)
        i--;
    if (n == 0 && cls(d, word) & W_NEVER) return first;
    const bool heads = i == 0 || d->tok[i].flags & TOK_LINE;
    return is_own_capital(d, i) || (heads && is_over(d, last)) || (n > 0 && !heads) ? i : first;
}

/* The same in a text without case, of what nothing but a town is: "village of". */
SELDOM static uint32_t blank_band(const struct doc *d, uint32_t first)
{
    const int64_t i = (int64_t)first - 2;
    return i >= 0 && !(d->tok[first].flags & TOK_LINE) && doc_is_word(d, i + 1, VIEW("of")) &&
                   cls(d, i) & W_SEAT
               ? (uint32_t)i
               : first;
}

/* The "'s" that ends the name whose last token is `last`, or "& Tongs" behind it; `last` when there is neither. No
 * "Mercy's Emergency Department". */
static uint32_t name_end(const struct doc *d, uint32_t last)
{
    const uint32_t after = shape_after_possessive(d, last);
    const struct token *t = doc_tok(d, after);
    if (after > last + 1 && (!(t->flags & TOK_CAP) || t->flags & TOK_LINE)) return after - 1;
    if (after > last + 1 && is_part(d, after) && doc_bits(d, after) & LEX(TRADE))
        return after; /* "Lou's Tires" */
    const uint32_t second = last + 2;
    /* "Bike Co-op", "Holland O&P": the rest of a written word, no "Zelby-based", no assessment and plan */
    if (!doc_is_word(d, last, VIEW("a")) &&
        (doc_is_mark(d, last + 1, '-') || doc_is_mark(d, last + 1, '&')) &&
        doc_joined(d, last + 1) && doc_joined(d, second) && doc_tok(d, second)->kind == TOK_WORD &&
        !(cls(d, second) & W_LOOSE))
        return second;
    return doc_is_mark(d, last + 1, '&') && is_part(d, second) &&
                   !((d->tok[last + 1].flags | d->tok[second].flags) & TOK_LINE)
               ? second
               : last;
}

/* In a text without case, the last of the words behind `last` that name a kind of house: "ridge hospital". Behind a
 * town only those that the language seldom has. */
SELDOM static uint32_t heads_end(const struct doc *d, uint32_t last, bool house)
{
    enum { WORDS = 3, USUAL = 4 };
    for (uint32_t n = 0; n < WORDS; n++) {
        const uint32_t j = last + 1;
        if (j >= d->n || d->tok[j].flags & TOK_LINE || shape_opens_column(d, j)) return last;
        const struct phrase *p = doc_phrase_at(d, j);
        const uint64_t b = d->lex[j]->bits;
        if (p && p->lex->bits & LEX(ORG_HEAD))
            last = j + p->n - 1;
        else if (!(d->shield[j] & SHIELD_TAG) &&
                 (b & LEX(ORG_HEAD) ||
                  (b & LEX(TRADE) && (house || d->lex[j]->word < USUAL) && !(b & LEX(MEDICAL)))))
            last = j;
        else
            return last;
    }
    return last;
}

err organization_whole(const struct doc *d, uint32_t from, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    for (uint32_t k = from; k < n; k++) {
        const struct finding f = out->v[k];
        const bool house = f.label == LABEL_ORGANIZATION;
        const bool town =
            f.label == LABEL_LOCATION && (f.part == PART_TOWN || f.source == SOURCE_TAGGER);
        if (!house && !town) continue;
        const uint32_t at = taken_token_at(d, f.start), end = taken_last(d, at, f.end);
        if (d->tok[at].kind != TOK_WORD) continue;
        const enum shape shape = shape_of(d, at);
        if (shape == SHAPE_BLANK) {
            const uint32_t past = heads_end(d, end, house), seat = blank_band(d, at);
            if (past > end || seat < at)
                TRY(findings_add(
                    out, doc_finding(d, seat, past, LABEL_ORGANIZATION, RULE_ORG_OF, 0.85F)));
        }
        if (shape != SHAPE_TITLE) continue;
        uint32_t first = house ? opening(d, at) : at;
        if (first == at && house) first = holy(d, at);
        if (first == at) first = of_the(d, at);
        if (first == at) first = band(d, at, end);
        const uint32_t last = house ? name_end(d, end) : end;
        if (first == at && last == end) continue;
        TRY(findings_add(out, doc_finding(d, first, last, LABEL_ORGANIZATION, RULE_ORG_OF, 0.85F)));
    }
out:
    return e;
}
