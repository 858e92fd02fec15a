/* name_initials_letter.c — one letter with a full stop beside a name, and what is said of people only. See
 * name_initials_inside.h. */
#include "detect/name_initials_inside.h"
#include "detect/shape.h"

/* "y.o.", "y/o" */
static bool is_yo(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("y")) && doc_joined(d, i + 1) &&
           (doc_is_mark(d, i + 1, '.') || doc_is_mark(d, i + 1, '/')) && doc_joined(d, i + 2) &&
           doc_is_word(d, i + 2, VIEW("o"));
}

bool name_initials_is_years(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *next = doc_tok(d, i + 1);
    if (t->kind != TOK_NUMBER || t->len > 3) return false;
    return doc_bits(d, i + 1) & LEX(CUE_AGE) ||
           (doc_is_mark(d, i + 1, '-') && doc_tok(d, i + 2)->kind == TOK_WORD) ||
           (doc_joined(d, i + 1) && next->kind == TOK_WORD) || is_yo(d, i + 1);
}

/* "10-year problem": not how old somebody is. */
static bool is_span_of(const struct doc *d, int64_t i)
{
    const int64_t unit = i + 1 + doc_is_mark(d, i + 1, '-');
    return name_initials_class(d, unit + 1) & W_LASTS;
}

/* "is a very pleasant 40-year-old", "is single", "was placed in the prone position" from the word i behind "is": nothing else
 * than a person is so. */
static bool is_told_of_person(const struct doc *d, int64_t i)
{
    enum { REACH = 5 };
    bool placed = name_initials_class(d, i) & W_PLACED;
    if (name_initials_class(d, i) & (W_DONE | W_STATE)) return true;
    for (int64_t k = i; k < i + REACH && !(doc_tok(d, k)->flags & TOK_LINE); k++) {
        if (name_initials_is_years(d, k)) return !placed && !is_span_of(d, k);
        if (placed && name_initials_class(d, k) & W_LYING) return true;
        if (doc_tok(d, k)->kind != TOK_WORD) return false;
    }
    return false;
}

bool name_initials_go_on(const struct doc *d, int64_t i, bool certain)
{
    const struct token *t = doc_tok(d, i);
    if (doc_is_mark(d, i, '\'')) return !certain && doc_tok(d, i + 1)->kind == TOK_WORD;
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || (t->flags & TOK_LINE)) return false;
    uint32_t c = name_initials_class(d, i);
    if ((c & W_SAYS) || !certain) return true;
    if (!(c & W_BE)) return false;
    return is_told_of_person(d, i + 1);
}

err name_initials_shortened(const struct doc *d, uint32_t i, const uint8_t *taken,
                            struct findings *out)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(TITLE) |
                           LEX(CLINICIAN) | LEX(ORG_HEAD) | LEX(STREET_TYPE) | LEX(MONTH);
    const uint32_t given = i - 1, after = i + 2;
    if (i == 0 || taken[given] || taken[i] || d->shield[given] || d->tok[i].flags & TOK_LINE ||
        !(d->tok[i].flags & TOK_SPACE) || shape_of(d, given) != SHAPE_TITLE)
        return OK;
    const struct lex_info *l = d->lex[given];
    const struct token *t = doc_tok(d, after);
    if (l->bits && (l->bits & other || l->given < 2 || l->given <= l->word)) return OK;
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || t->flags & TOK_LINE) return OK;
    if (!(name_initials_class(d, after) & (W_BE | W_SAYS)) &&
        !(doc_bits(d, after) & LEX(PERSON_VERB)))
        return OK;
    return name_initials_add(d, given, i + 1, 0.85F, WHO_PATIENT, out);
}

err name_initials_lettered(const struct doc *d, uint32_t i, const uint8_t *taken,
                           struct findings *out)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(TITLE) |
                           LEX(CLINICIAN) | LEX(ORG_HEAD) | LEX(STREET_TYPE) | LEX(MONTH);
    const uint32_t family = i + 2;
    if (family >= d->n || taken[i] || d->shield[family] || doc_joined(d, family) ||
        d->tok[family].flags & TOK_LINE || shape_of(d, family) != SHAPE_TITLE ||
        shape_is_class_letter(d, i))
        return OK;
    const struct token *before = doc_tok(d, (int64_t)i - 1);
    if (!shape_starts_sentence(d, i) && !(before->flags & TOK_LOWER)) return OK;
    const struct lex_info *l = d->lex[family];
    if (l->bits && (l->bits & other || l->surname < 2)) return OK; /* "T. Do was told" is one */
    const uint32_t last = shape_word_end(d, family);
    if (!name_initials_go_on(d, (int64_t)last + 1, true)) return OK;
    return name_initials_add(d, i, last, 0.85F, WHO_UNKNOWN, out);
}
