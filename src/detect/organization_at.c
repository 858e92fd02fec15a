/* detect/organization_at.c — capital words of any kind behind "at", or where somebody works.
 *
 *     at Cedar Sinai     @ Northwestern     a clerk at Northern     fired from Sonic     agency Open Cradle
 *
 * Such a word, in mid-line of a text that knows small letters, is where something happened, unless it is a person, a
 * time or medicine. */
#include "detect/organization_inside.h"
#include "detect/place.h"
#include "detect/wordset.h"
#include "detect/workplace.h"

/* What stands right before it; most words are told off by that. */
static const struct wordset_row rows[] = { { "at for with by from of the our her his", 1 } };
static struct wordset led = WORDSET(rows);

/* One word of the language behind "at" or "from": "a clerk at Northern", "fired from Sonic". */
SELDOM static bool is_hired_at(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(ABBREVIATION) | LEX(UNIT) |
                           LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) | LEX(DEMONYM) |
                           LEX(COUNTRY) | LEX(STATE) | LEX(FUNCTION) | LEX(ORG_HEAD) | LEX(TRADE) |
                           LEX(CLINICIAN) | LEX(RELATIVE);
    const int64_t at = (int64_t)i - 1;
    const bool left =
        doc_is_word(d, at, VIEW("from")) &&
        (doc_is_word(d, at - 1, VIEW("fired")) || doc_is_word(d, at - 1, VIEW("retired")) ||
         doc_is_word(d, at - 1, VIEW("off")));
    return (left || doc_is_word(d, at, VIEW("at"))) && d->tok[i].len >= 4 && d->lex[i]->word < 4 &&
           !(d->lex[i]->bits & never);
}

/* "Discharged to Elijah's Table", "meals from Peter's Porch": what somebody owns has a capital in mid-sentence where it is a
 * house. The last token of it, or 0. */
static uint32_t owned_house_end(const struct doc *d, uint32_t i)
{
    static const struct wordset_row leads[] = { { "to at from by through via", 1 } };
    static struct wordset before = WORDSET(leads);
    const uint64_t never = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(EPONYM_HEAD) |
                           LEX(ABBREVIATION) | LEX(UNIT) | LEX(RELATIVE) | LEX(CLINICIAN) |
                           LEX(HOLIDAY) | LEX(WEEKDAY) | LEX(MONTH) | LEX(TITLE) | LEX(FUNCTION) |
                           LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(CREDENTIAL);
    if (!wordset_class(wordset_ready(&before), doc_tok(d, (int64_t)i - 1))) return 0;
    const int64_t thing = shape_after_possessive(d, i);
    if (thing <= (int64_t)i + 1 || thing >= (int64_t)d->n || doc_opens_line(d, (uint32_t)thing))
        return 0;
    const uint32_t j = (uint32_t)thing;
    if (shape_of(d, i) != SHAPE_TITLE || d->tok[i].len < 3 || !(d->lex[i]->given) ||
        d->lex[i]->bits & (LEX(MEDICAL) | LEX(EPONYM) | LEX(DRUG) | LEX(HOLIDAY)))
        return 0;
    if (shape_of(d, j) != SHAPE_TITLE || d->tok[j].len < 4 || d->lex[j]->bits & never ||
        d->shield[j])
        return 0;
    return j;
}

err organization_after_at(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const uint32_t owned = d->is_caseless ? 0 : owned_house_end(d, i);
    if (owned)
        return organization_emit(d, (struct extent){ .first = i, .last = owned }, RULE_ORG_AT, 0.7F,
                                 out, next);
    const uint64_t not_here = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(HOLIDAY) | LEX(SEASON) |
                              LEX(DEMONYM) | LEX(COUNTRY) | LEX(STATE) | LEX(ABBREVIATION) |
                              LEX(UNIT);
    int64_t at = (int64_t)i - 1;
    const struct token *before = doc_tok(d, at); /* tells most words off */
    bool may = before->kind == TOK_MARK ? before->hash == ':' || before->hash == ',' ||
                                              before->hash == '@' || before->hash == '('
                                        : wordset_class(wordset_ready(&led), before) != 0;
    /* "agency Open Cradle" */
    const bool called =
        before->len > 4 && doc_tok(d, (int64_t)i + 1)->flags & TOK_CAP && workplace_called(d, i);
    if (!(may || called)) return OK;
    if (doc_is_word(d, at, VIEW("the")) || doc_is_word(d, at, VIEW("our"))) at--;
    const bool work = called || workplace_before(d, i);
    if (!(work || doc_is_word(d, at, VIEW("at")) || doc_is_mark(d, at, '@'))) return OK;
    struct extent s = { .first = i, .last = i };
    uint32_t j = i;
    for (; j < d->n && j < i + 4; j++) {
        const struct token *t = doc_tok(d, j);
        if (j > i && doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1)) continue;
        /* "Harmon's Hardware" */
        uint32_t past = j > i && doc_is_mark(d, j, '\'') ? shape_after_possessive(d, s.last) : j;
        if (past > j + 1 && shape_of(d, past) == SHAPE_TITLE && !(d->tok[past].flags & TOK_LINE)) {
            j = past - 1;
            continue;
        }
        /* "Vandermeer & Sons", "Foot & Ankle" */
        if (j > i && doc_is_mark(d, j, '&') && shape_of(d, j + 1) == SHAPE_TITLE) continue;
        const struct phrase *p = doc_phrase_at(d, j);
        if (j > i && p && p->lex->bits & (LEX(ORG_HEAD) | LEX(ORG_NAME)))
            break; /* extent_right takes it whole */
        if (p && p->lex->bits & (LEX(COUNTRY) | LEX(STATE) | LEX(DEMONYM)) && !p->lex->place) break;
        /* "Apex Physical Therapy" */
        const uint8_t passes = j > i && s.telling ? SHIELD_PHRASE : 0;
        if (t->kind != TOK_WORD || (j > i && (t->flags & TOK_LINE || shape_opens_column(d, j))) ||
            d->shield[j] & (uint8_t)~passes)
            break;
        if (shape_of(d, j) != SHAPE_TITLE || t->len < 3 || !extent_is_inner(d, j)) break;
        if (!(d->shield[j] & SHIELD_PHRASE) && (doc_bits(d, j) & not_here) &&
            !(doc_bits(d, j) & (LEX(ORG_NAME) | LEX(ORG_WORD) | LEX(PLACE))))
            break;
        extent_count(d, j, &s);
        s.last = j;
    }
    const struct lex_info *l = d->lex[i];
    bool person =
        l->given >= 4 && l->given > l->place && !(l->bits & (LEX(ORG_NAME) | LEX(ORG_WORD)));
    const bool alone = s.last == i;
    /* "fired from Sonic", "a clerk at Northern"; people are worked with, and supervisors called */
    const bool hired = work && alone && !called && is_hired_at(d, i);
    if (!(s.telling || hired || (work && !alone && extent_plain(d, i, s.last + 1) > 0)) || person ||
        (called && (alone || l->given >= 2)))
        return OK;
    if (alone && !hired &&
        (doc_tok(d, i)->len < 5 || l->word > 1 || (l->bits & not_here) ||
         (l->bits & LEX(PLACE) && l->place >= l->surname)))
        return OK;
    extent_right(d, &s);
    if (place_is_cited(d, s.first, s.last)) return OK;
    return organization_emit(d, s, RULE_ORG_AT, alone ? 0.7F : 0.8F, out, next);
}
