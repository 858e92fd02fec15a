#include "detect/name_context.h"

#include "detect/name_register_inside.h"
#include "detect/wordset.h"

enum { W_PERSON = 1, W_COMPLAINS = 2, W_WAY = 4, W_MATTER = 8, W_PATIENT = 16, W_RACE = 32 };
static const struct wordset_row rows[] = {
    { "male female man woman boy girl child patient infant gentleman lady old yo y m f bb bg adult "
      "teenager baby newborn",
      W_PERSON },
    { "pt patient client resident veteran inmate infant baby child girl boy", W_PATIENT },
    { "presented presents denies denied complains complained endorses states", W_COMPLAINS },
    { "pager beeper ext cell extension", W_WAY },
    { "black white brown", W_RACE },
    { "procedure procedures operation operations surgery test tests study studies exam", W_MATTER },
};
static struct wordset words = WORDSET(rows);

static bool is_of(const struct doc *d, int64_t i, uint32_t classes)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i)) & classes;
}

static enum finding_role role_of(uint64_t bits)
{
    if (bits & LEX(CLINICIAN)) return WHO_CLINICIAN;
    if (bits & LEX(RELATIVE)) return WHO_RELATIVE;
    return WHO_PATIENT;
}

/* "male", "woman", "patient", "72yo", "-old": a person was just described before token i. */
static bool describes_person(const struct doc *d, int64_t i)
{
    return is_of(d, i, W_PERSON) || (doc_bits(d, i) & LEX(CUE_AGE));
}

SELDOM static bool is_called_here(const struct doc *d, uint32_t at)
{
    const struct lex_info *l = d->lex[at];
    return shape_of(d, at) == SHAPE_TITLE && doc_tok(d, at)->len > 1 &&
           (l->given >= (l->word ? 2 : 1) || !l->bits || (l->surname && !l->word && !l->place)) &&
           !(l->bits & (LEX(MEDICAL) | LEX(DRUG) | LEX(FUNCTION) | LEX(MONTH)));
}

/* "her husband Will drove": a word of the language, with a capital that nothing else explains. */
SELDOM static bool is_called_word(const struct doc *d, uint32_t at)
{
    const struct lex_info *l = d->lex[at];
    return at && shape_of(d, at) == SHAPE_TITLE && (l->bits & LEX(FUNCTION)) && l->given >= 3 &&
           doc_tok(d, at)->len > 2 && doc_tok(d, (int64_t)at - 1)->flags & TOK_LOWER &&
           doc_tok(d, (int64_t)at + 1)->flags & TOK_LOWER;
}

/* "Baby Girl Delacroix", "Twin A (Boy Hargrove)": the family name of a child without one of its own. */
static bool is_newborn_label(const struct doc *d, int64_t i, uint32_t at)
{
    const struct lex_info *l = d->lex[at];
    return (doc_is_word(d, i, VIEW("girl")) || doc_is_word(d, i, VIEW("boy"))) &&
           d->tok[i].flags & TOK_CAP && d->tok[at].flags & TOK_CAP && l->word <= 1 &&
           !(l->bits & (LEX(MEDICAL) | LEX(DRUG))) &&
           (doc_is_word(d, i - 1, VIEW("baby")) || doc_is_mark(d, i - 1, '('));
}

/* "92 yr WM", "90+ yr WM", "63 yo wm", "55-year-old Black male": race and sex. */
SELDOM static bool is_kind(const struct doc *d, uint32_t at)
{
    if (is_of(d, at, W_RACE)) /* "Brown M 54" is a person */
        return is_of(d, (int64_t)at + 1, W_PERSON) && doc_tok(d, (int64_t)at + 1)->len > 2;
    const struct token *t = doc_tok(d, at);
    int64_t age = (int64_t)at - 2;
    if (doc_is_mark(d, age, '+')) age--;
    return (t->flags & TOK_UPPER || d->is_caseless) && t->len == 2 &&
           doc_tok(d, age)->kind == TOK_NUMBER;
}

/* "FAMILY HISTORY: Strong for …", "PROCEDURE PERFORMED: Nissen …", "ANESTHESIA: MAC": fields that no person
 * fills, though words of people are in their names. Token j ends the name, `at` begins what is in it. */
static bool is_of_matters(const struct doc *d, int64_t j, uint32_t at)
{
    const struct token *t = doc_tok(d, at);
    if (doc_is_word(d, j, VIEW("performed"))) return is_of(d, j - 1, W_MATTER);
    if (doc_is_word(d, j, VIEW("history"))) return true;
    return doc_is_word(d, j, VIEW("anesthesia")) && t->flags & TOK_UPPER && t->len <= 4;
}

/* "her brother, Deshawn, drove", "the nurse, Ife.", "the pt, Babar,": between two marks behind the person in small letters at token i. */
SELDOM static bool is_apposed(const struct doc *d, int64_t i, uint32_t at)
{
    const uint32_t after = shape_word_end(d, at) + 1;
    const struct token *t = doc_tok(d, after);
    const bool opens = shape_starts_sentence(d, i) && !(doc_tok(d, i)->flags & TOK_UPPER) &&
                       doc_is_mark(d, after, ',');
    return (doc_tok(d, i)->flags & TOK_LOWER || opens) &&
           (doc_bits(d, i) & (LEX(RELATIVE) | LEX(CLINICIAN)) || is_of(d, i, W_PATIENT)) &&
           is_called_here(d, at) &&
           (after >= d->n || (t->kind == TOK_MARK && (t->hash == ',' || t->hash == '.')));
}

bool name_context_may_lead(const struct doc *d, uint32_t at)
{
    const int64_t i = (int64_t)at - 1;
    const struct token *t = doc_tok(d, i);
    if (t->kind == TOK_MARK)
        return t->hash == ':' || t->hash == '"' || t->hash == '(' ||
               (t->hash == ',' &&
                (doc_is_mark(d, i - 1, ':') || doc_is_word(d, i - 1, VIEW("signed"))));
    if (t->kind != TOK_WORD || d->tok[at].flags & TOK_LINE) return false;
    const uint64_t bits = d->lex[i]->bits;
    if (doc_is_word(d, i, VIEW("by"))) return true;
    if (!(bits & (LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN)))) return false;
    return (bits & LEX(RELATIVE) && d->lex[at]->bits & LEX(FUNCTION)) ||
           doc_is_word(d, i, VIEW("name")) || doc_is_word(d, i, VIEW("named")) ||
           doc_is_word(d, i, VIEW("called"));
}

struct name_context name_context_before(const struct doc *d, uint32_t at)
{
    struct name_context c = { .rule = RULE_NONE };
    int64_t i = (int64_t)at - 1;
    bool same_line = !(doc_tok(d, at)->flags & TOK_LINE);
    if (i < 0) return c;
    if (doc_is_mark(d, i, '(') && doc_bits(d, at) & LEX(DEMONYM)) return c; /* (Russian) */
    if (doc_is_mark(d, i, '"') || doc_is_mark(d, i, '(')) i--;
    const uint64_t people = LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN);
    bool colon = doc_is_mark(d, i, ':') || (doc_is_mark(d, i, ',') && doc_is_mark(d, i - 1, ':'));
    if (colon && !(doc_tok(d, at)->flags & TOK_PARA)) {
        int64_t j = i - 1;
        if (doc_is_mark(d, j, ':')) j--;
        if (doc_is_mark(d, j, ')')) j--;
        if (j >= 0 && (d->shield[j] & SHIELD_TAG)) return c; /* "[NAME]:" is no field */
        uint64_t b = doc_bits(d, j) | doc_bits(d, j - 1);
        if (b & people && !is_of_matters(d, j, at) && !name_field_is_of_thing(d, j) &&
            !(d->shield[at] & SHIELD_EPONYM) &&
            (d->shield[at] & (SHIELD_PHRASE | SHIELD_CALLED)) != SHIELD_PHRASE) {
            name_context_reason(&c, 8, RULE_NAME_FIELD, (uint32_t)j, (uint32_t)i, role_of(b));
            c.is_led = true;
        }
        return c;
    }
    if (!same_line) return c;
    const struct token *t = doc_tok(d, i);
    /* "Pt. M.K.", "Spoke w/ B. Lindqvist" */
    if (doc_is_mark(d, i, '.') && doc_joined(d, i) && (doc_is_word(d, i - 1, VIEW("pt")))) {
        name_context_reason(&c, 5, RULE_NAME_CUE, (uint32_t)i - 1, (uint32_t)i, WHO_PATIENT);
        return c;
    }
    if (doc_is_mark(d, i, '/') && doc_joined(d, i) && doc_is_word(d, i - 1, VIEW("w"))) {
        name_context_reason(&c, 2, RULE_NAME_CUE, (uint32_t)i - 1, (uint32_t)i, WHO_UNKNOWN);
        return c;
    }
    if (t->kind == TOK_WORD) {
        uint64_t b = doc_bits(d, i);
        if (doc_is_word(d, i, VIEW("by")) &&
            (doc_is_word(d, i - 1, VIEW("goes")) || doc_is_word(d, i - 1, VIEW("go")))) {
            name_context_reason(&c, 8, RULE_NAME_CUE, (uint32_t)i - 1, (uint32_t)i, WHO_PATIENT);
            c.is_led = true;
        } else if (doc_is_word(d, i, VIEW("per")) && shape_of(d, at) == SHAPE_TITLE &&
                   d->lex[at]->surname >= 3 && doc_is_mark(d, (int64_t)at + 1, ',')) {
            /* "Per Abernathy, ok to discharge" */
            name_context_reason(&c, 4, RULE_NAME_CUE, (uint32_t)i, (uint32_t)i, WHO_CLINICIAN);
        } else if ((b & people) && (b & LEX(FUNCTION))) {
            /* "by", "with", "from" stand before instruments and eponyms more often than before people */
            name_context_reason(&c, doc_is_word(d, i, VIEW("by")) ? 2 : 1, RULE_NAME_CUE,
                                (uint32_t)i, (uint32_t)i, WHO_UNKNOWN);
        } else if (((b & LEX(RELATIVE)) ||
                    (doc_is_word(d, i, VIEW("law")) && doc_is_word(d, i - 2, VIEW("in")))) &&
                   is_called_here(d, at)) {
            /* "her husband Art drives": a capital in mid-sentence after a relative */
            name_context_reason(&c, 8, RULE_NAME_CUE, (uint32_t)i, (uint32_t)i, role_of(b));
        } else if ((b & LEX(RELATIVE)) && is_called_word(d, at)) {
            name_context_reason(&c, 8, RULE_NAME_CUE, (uint32_t)i, (uint32_t)i, role_of(b));
            c.is_led = true;
        } else if (is_newborn_label(d, i, at)) {
            name_context_reason(&c, 8, RULE_NAME_PERSON, (uint32_t)i, (uint32_t)i, WHO_PATIENT);
        } else if (b & people) {
            name_context_reason(&c, 5, RULE_NAME_CUE, (uint32_t)i, (uint32_t)i, role_of(b));
            c.is_led = doc_is_word(d, i, VIEW("named")) || doc_is_word(d, i, VIEW("name")) ||
                       doc_is_word(d, i, VIEW("called"));
            if (c.is_led) c.points += 3;
        } else if (doc_is_word(d, i, VIEW("like"))) {
            name_context_reason(&c, 3, RULE_NAME_CUE, (uint32_t)i, (uint32_t)i, WHO_UNKNOWN);
        } else if (doc_is_word(d, i, VIEW("is")) && (doc_bits(d, i - 1) & people)) {
            name_context_reason(&c, 4, RULE_NAME_CUE, (uint32_t)i - 1, (uint32_t)i,
                                role_of(doc_bits(d, i - 1)));
        } else if (describes_person(d, i) && !is_kind(d, at)) {
            name_context_reason(&c, 4, RULE_NAME_PERSON, (uint32_t)i, (uint32_t)i, WHO_PATIENT);
        }
    } else if (t->kind == TOK_MARK && t->hash == ',') {
        for (int64_t j = i - 1; j >= 0 && j > i - 2; j--)
            if (describes_person(d, j)) {
                name_context_reason(&c, 4, RULE_NAME_PERSON, (uint32_t)j, (uint32_t)i, WHO_PATIENT);
                break;
            }
        if (!c.points && (doc_bits(d, i - 1) & people)) {
            name_context_reason(&c, 4, RULE_NAME_CUE, (uint32_t)i - 1, (uint32_t)i,
                                role_of(doc_bits(d, i - 1)));
            if (is_apposed(d, i - 1, at)) c.points += 4;
            /* "Reviewed and signed, Ada Heart": the words after it are one */
            c.is_led = doc_is_word(d, i - 1, VIEW("signed")) && shape_of(d, at) == SHAPE_TITLE;
        }
        if (!c.points && doc_is_word(d, i - 1, VIEW("law")) && is_called_here(d, at))
            name_context_reason(&c, 8, RULE_NAME_CUE, (uint32_t)i - 1, (uint32_t)i, WHO_RELATIVE);
        /* "… with metastatic melanoma, John Smith, …": an apposition within the sentence */
        if (!c.points) c.points = 1;
    }
    return c;
}

/* What only persons do, so that even the name of a town is one: "Jordan presented with …". */
static bool says_complaint(const struct doc *d, uint32_t i)
{
    return is_of(d, i, W_COMPLAINS);
}

SELDOM static bool is_age_and_sex(const struct doc *d, uint32_t i)
{
    const struct token *n = doc_tok(d, i);
    return n->kind == TOK_NUMBER && n->len <= 3 &&
           (doc_is_word(d, (int64_t)i + 1, VIEW("m")) || doc_is_word(d, (int64_t)i + 1, VIEW("f")));
}

/* "Hartmann pager 2021", "Okoro ext. 4455": how somebody is reached, and the number. */
static bool is_paged(const struct doc *d, uint32_t i)
{
    if (!is_of(d, i, W_WAY) || (doc_tok(d, i)->flags & TOK_LINE)) return false;
    uint32_t j = i + 1;
    while (j < i + 3 &&
           (doc_is_mark(d, j, '.') || doc_is_mark(d, j, '#') || doc_is_mark(d, j, ':')))
        j++;
    return doc_tok(d, j)->kind == TOK_NUMBER && !(doc_tok(d, j)->flags & TOK_LINE);
}

/* "Hartmann DEA BH4471120", "Okoro, NPI: 1447288120": whose number it is. */
static bool is_licensed(const struct doc *d, uint32_t i)
{
    if (!(doc_bits(d, i) & (LEX(CUE_DEA) | LEX(CUE_NPI))) || !(doc_tok(d, i)->flags & TOK_UPPER) ||
        doc_tok(d, i)->flags & TOK_LINE)
        return false;
    uint32_t k = i + 1;
    while (k < i + 3 && doc_tok(d, k)->kind == TOK_MARK)
        k++;
    return doc_tok(d, k)->kind == TOK_NUMBER || doc_tok(d, (int64_t)k + 1)->kind == TOK_NUMBER;
}

/* "Ramip OD", "Fostair BD": how often a medicine is taken, behind one word that hardly anybody is called. */
SELDOM static bool is_dose_of(const struct doc *d, uint32_t last, uint32_t j)
{
    if (!doc_is_word(d, j, VIEW("od")) && !doc_is_word(d, j, VIEW("bd"))) return false;
    const uint32_t first = shape_word_begin(d, last);
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    const struct lex_info *l = d->lex[last];
    const bool alone = d->tok[first].flags & TOK_LINE || first == 0 ||
                       (before->kind == TOK_MARK && before->hash != '.' && before->hash != ':');
    return first == last && alone && MAX(l->given, l->surname) < 3;
}

/* Right behind a name: a word, or a mark after which more is said of it. */
static bool may_tell(const struct token *t)
{
    return t->kind == TOK_WORD || (t->kind == TOK_MARK && (t->hash == ',' || t->hash == '|' ||
                                                           t->hash == '(' || t->hash == '\''));
}

void name_context_after(const struct doc *d, uint32_t last, struct name_context *c)
{
    uint32_t i = last + 1;
    if (i >= d->n || (doc_tok(d, i)->flags & TOK_PARA) || !may_tell(&d->tok[i])) return;
    if (d->tok[i].flags & TOK_LOWER) {
        if (is_paged(d, i))
            name_context_reason(c, 6, RULE_NAME_PERSON, i, i, WHO_CLINICIAN);
        else if (d->lex[i]->bits & LEX(PERSON_VERB))
            name_context_reason(c, 2 + says_complaint(d, i), RULE_NAME_VERB, i, i, WHO_UNKNOWN);
        return;
    }
    bool comma = doc_is_mark(d, i, ',');
    uint32_t j = comma ? i + 1 : i;
    if (name_run_is_credential(d, j) && !(j == i && is_dose_of(d, last, j))) {
        name_context_reason(c, 8, RULE_NAME_CREDENTIAL, j, j, WHO_CLINICIAN);
        return;
    }
    if (doc_is_mark(d, i, '|') && is_age_and_sex(d, i + 1)) { /* "Ada Hatz | 74F | 35261" */
        name_context_reason(c, 8, RULE_NAME_PERSON, i + 1, i + 2, WHO_PATIENT);
        return;
    }
    if (is_paged(d, i)) {
        name_context_reason(c, 6, RULE_NAME_PERSON, i, i, WHO_CLINICIAN);
        return;
    }
    if (is_licensed(d, j)) {
        name_context_reason(c, 6, RULE_NAME_PERSON, j, j, WHO_CLINICIAN);
        return;
    }
    if (doc_is_mark(d, i, '(')) j = i + 1;
    const struct token *t = doc_tok(d, j);
    uint64_t b = doc_bits(d, j);
    if (comma || j > i) {
        bool article = doc_is_word(d, j, VIEW("a")) || doc_is_word(d, j, VIEW("an")) ||
                       doc_is_word(d, j, VIEW("age")) || doc_is_word(d, j, VIEW("aged"));
        const struct token *num = doc_tok(d, article ? j + 1 : j);
        if (num->kind == TOK_NUMBER && num->hash < 120 && num->len <= 3 &&
            (article || comma || j > i)) {
            bool is_age = article || doc_is_mark(d, j + 1, '-') ||
                          (doc_bits(d, j + 1) & LEX(CUE_AGE)) ||
                          (doc_joined(d, j + 1) && doc_tok(d, j + 1)->kind == TOK_WORD);
            if (is_age) name_context_reason(c, 4, RULE_NAME_PERSON, j, j, WHO_PATIENT);
        } else if (b & (LEX(CUE_MRN) | LEX(CUE_DATE) | LEX(CUE_SSN)) && t->kind == TOK_WORD) {
            bool numbered = (b & LEX(CUE_MRN)) && doc_tok(d, j + 1)->kind != TOK_WORD;
            name_context_reason(c, numbered ? 8 : 4, RULE_NAME_PERSON, j, j, WHO_PATIENT);
        }
        return;
    }
    if (doc_is_mark(d, i, '\''))
        c->points += doc_bits(d, shape_after_possessive(d, last)) & LEX(RELATIVE) ? 3 : 1;
}
