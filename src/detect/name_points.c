#include "detect/name_points.h"

#include "detect/name_deed.h"

enum {
    FULL_NAME = 2, /* given and family name in order */
    COMMA_NAME = 3,
    WITH_INITIAL = 3,  /* "Anna S." */
    INITIAL_FIRST = 1, /* "J. Smith" */
    INITIAL_RARE = 3,  /* "A. Choudry", who is nothing else, in a sentence */
    INITIALLED = 5,    /* "T. Achterberg", whom no list knows */
    WITH_SUFFIX = 6,
    WITH_PARTICLE = 3,
    ALONE = -3,
    OWN_COLUMN = 3,       /* alone between the edges of a column */
    STARTS_SENTENCE = -2, /* its capital says little */
    DEED = 8              /* words that no list knows or that are names, and what only persons do */
};

/* "Whitcomb	L THA", "OR3  Tolliver   C/S": a family name that fills its column, and no other word. */
static bool fills_column(const struct doc *d, const struct name_run *r)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(EPONYM) |
                           LEX(ORG_NAME) | LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY);
    const struct lex_info *l = d->lex[r->first];
    if (l->word > 1 || MAX(l->given, l->surname) < MAX(2, l->place + 1) || l->bits & other)
        return false;
    const uint32_t next = r->last + 1;
    const bool begins = doc_opens_line(d, r->first) || shape_opens_column(d, r->first);
    return begins && next < d->n && !(d->tok[next].flags & TOK_LINE) && shape_opens_column(d, next);
}

/* A letter with a full stop and a new word that is built as a name: not what opens an item of a list. */
static bool is_initialled(const struct doc *d, const struct name_run *r)
{
    const struct token *t = &d->tok[r->last];
    const bool dotted = doc_is_mark(d, (int64_t)r->first + 1, '.') &&
                        !doc_is_mark(d, (int64_t)r->first - 1, '+'); /* "Stemmer + L. …" */
    if (!dotted || r->n_unknown != r->n_words || t->len < 4 || shape_of(d, r->last) != SHAPE_TITLE)
        return false;
    const int64_t after = (int64_t)r->last + 1;
    return !shape_starts_sentence(d, r->first) ||
           (doc_is_mark(d, after, '/') && !doc_joined(d, after)) ||
           name_run_is_credential(d, (uint32_t)after);
}

/* A letter with a full stop, and a word that people are called by and that means nothing else. */
static bool is_rare(const struct doc *d, const struct name_run *r)
{
    const uint64_t names = LEX_GIVEN | LEX(NICK) | LEX(SURNAME);
    return r->n_words == 1 && doc_is_mark(d, (int64_t)r->first + 1, '.') &&
           !(d->lex[r->last]->bits & ~names) && shape_of(d, r->last) == SHAPE_TITLE &&
           !shape_starts_sentence(d, r->first);
}

/* "given to Tressick 14:54": a time of day, no score. */
SELDOM static bool is_clock(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i + 1, ':') && doc_joined(d, i + 2) &&
           doc_tok(d, i + 2)->kind == TOK_NUMBER && doc_tok(d, i + 2)->len == 2;
}

/* One word, and nothing else of a name. */
static int points_alone(const struct doc *d, const struct name_run *r)
{
    const enum shape s = shape_of(d, r->first);
    int p = s == SHAPE_TITLE && fills_column(d, r) ? ALONE + OWN_COLUMN : ALONE;
    /* Boston, Houston, Jordan: a place unless the words around say otherwise */
    const struct lex_info *l = d->lex[r->first];
    bool rather_place = (l->bits & LEX(PLACE)) && l->place + 2 >= MAX(l->given, l->surname);
    if (rather_place || (l->bits & (LEX(COUNTRY) | LEX(STATE) | LEX(ORG_NAME)))) p -= 3;
    /* "Hunt-Hess 3, Fisher 4": a score; "Smith 45F" is a person */
    const struct token *n = doc_tok(d, (int64_t)r->last + 1);
    if (n->kind == TOK_NUMBER && n->len <= 2 && !(n->flags & TOK_LINE) &&
        !(doc_joined(d, r->last + 2) && doc_tok(d, r->last + 2)->kind == TOK_WORD) &&
        doc_tok(d, r->last + 2)->kind == TOK_MARK && !is_clock(d, (int64_t)r->last + 1))
        p -= 2;
    return s == SHAPE_BLANK ? p - 3 : s == SHAPE_ACRONYM ? p - 2 : p;
}

/* A letter, and one word at most before or behind it. */
SELDOM static int points_initialled(const struct doc *d, const struct name_run *r,
                                    bool first_is_initial)
{
    if (!first_is_initial)
        return !r->initial_dotted ? 0 : r->begins_given ? WITH_INITIAL : r->n_unknown;
    return is_initialled(d, r) ? INITIALLED
           : is_rare(d, r)     ? INITIAL_RARE
           : r->ends_surname   ? INITIAL_FIRST
                               : -2;
}

int name_points_of_form(const struct doc *d, const struct name_run *r, enum rule *rule)
{
    int p = 0;
    const bool first_is_initial = d->tok[r->first].len == 1;
    if (r->is_comma_form) {
        p += COMMA_NAME;
        *rule = RULE_NAME_COMMA;
    } else if (r->n_words >= 2) {
        if (r->begins_given && r->ends_surname && r->n_unknown < r->n_words) p += FULL_NAME;
        *rule = RULE_NAME_FULL;
    } else if (r->n_initials) {
        p += points_initialled(d, r, first_is_initial);
        *rule = RULE_NAME_INITIAL;
    } else {
        p += points_alone(d, r);
        *rule = RULE_NAME_ALONE;
    }
    /* "Forrester II", "Outerbridge IV": a numeral after one word grades */
    if (r->has_suffix) p += r->n_words > 1 || r->has_senior ? WITH_SUFFIX : -2;
    if (r->has_particle) p += WITH_PARTICLE;
    if (!first_is_initial && d->lex[r->first]->word > 0 && shape_starts_sentence(d, r->first))
        p += STARTS_SENTENCE;
    return p;
}

int name_points_of_deed(const struct doc *d, const struct name_run *r)
{
    if (!name_deed_at(d, r->last + 1)) return 0;
    const uint32_t begin = shape_word_begin(d, r->last);
    if (shape_of(d, r->last) != SHAPE_TITLE || shape_of(d, begin) != SHAPE_TITLE) return 0;
    if (r->n_initials)
        return r->initial_dotted && (r->n_words == 1 || r->n_unknown == r->n_words) ? DEED : 0;
    const bool is_usual = r->speaks_for > 0 && r->speaks_for >= r->speaks_against;
    const bool is_new = r->n_unknown == r->n_words && doc_tok(d, r->last)->len > 2 &&
                        !name_deed_is_misspelt(d, r->last);
    return is_new || (r->n_words == 1 && r->n_unknown == 0 && (is_usual || begin < r->last)) ? DEED
                                                                                             : 0;
}
