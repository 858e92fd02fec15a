/* shield_scale.c — towns that are classifications: "Prague C3M5", "Montreal E3", "Ann Arbor IVB", "Chicago 4".
 *
 * Medicine grades by the towns where its meetings were. The grade stands right behind, and nothing before says
 * that somebody lives there or goes there. */
#include "detect/shape.h"
#include "detect/shield.h"
#include "detect/wordset.h"

enum { W_ONE = 1, W_SECOND = 2, W_PERSON = 4, W_CITY = 8 };
static const struct wordset_row rows[] = {
    { "prague montreal rome atlanta tokyo vienna bethesda toronto boston ottawa chicago amsterdam "
      "lugano rotterdam berlin kigali denver glasgow cincinnati edinburgh vancouver oxford banff "
      "stanford seattle galveston zurich ghent leeds lille heidelberg kyoto brisbane manchester "
      "birmingham cambridge bristol dundee venice lausanne nottingham leicester louisville dallas",
      W_ONE },
    { "paris sydney milan", W_ONE | W_PERSON }, /* Paris, 12: a child */
    { "york haven arbor angeles gallen", W_SECOND },
    { "city", W_SECOND | W_CITY }, /* of Kansas City's questionnaire */
};
static struct wordset words = WORDSET(rows);

/* "II", "IVB": a grade in Roman numerals; not "I". */
static bool is_roman(const struct doc *d, const struct token *t)
{
    if (!(t->flags & TOK_UPPER) || t->len < 2 || t->len > 4) return false;
    uint32_t k = 0;
    while (k < t->len && strchr("IVX", d->text.p[t->start + k]))
        k++;
    return k + 1 == t->len ? k && strchr("ABC", d->text.p[t->start + k]) : k == t->len;
}

/* The last token of the grade at j, or 0. */
SELDOM static uint32_t grade_end(const struct doc *d, uint32_t j, bool person)
{
    const struct token *t = doc_tok(d, j), *next = doc_tok(d, (int64_t)j + 1);
    if (j >= d->n || t->flags & TOK_LINE || !(t->flags & TOK_SPACE)) return 0;
    if (t->kind == TOK_WORD) {
        if (is_roman(d, t)) return j;
        const bool code = t->len == 1 && t->flags & TOK_UPPER && next->kind == TOK_NUMBER &&
                          next->len <= 2 && doc_joined(d, j + 1);
        return code ? j + 1 : 0; /* "E3", "C3" of "C3M5" */
    }
    if (t->kind == TOK_NUMBER && t->len == 4 && t->hash > 1960 && t->hash < 2060)
        /* "Brisbane 2000 nomenclature", "Atlanta 2012 criteria" */
        return next->kind == TOK_WORD && !(next->flags & TOK_LINE) &&
                       doc_bits(d, (int64_t)j + 1) & LEX(EPONYM_HEAD)
                   ? j + 1
                   : 0;
    if (t->kind != TOK_NUMBER || t->len > 2 || person) return 0;
    if (j + 1 >= d->n || next->flags & TOK_LINE) return j;
    if (next->kind == TOK_MARK)
        return next->hash == ',' || next->hash == ';' || next->hash == ')' ||
                       ((next->hash == '.' || next->hash == ':') && !doc_joined(d, j + 2))
                   ? j
                   : 0;
    /* "2 encephalopathy", not "4 years" */
    return doc_bits(d, (int64_t)j + 1) & LEX(MEDICAL) && !(doc_bits(d, (int64_t)j + 1) & LEX(UNIT))
               ? j
               : 0;
}

uint32_t shield_scale_at(const struct doc *d, uint32_t i)
{
    const uint32_t class = wordset_class(wordset_ready(&words), &d->tok[i]);
    if (!class || shape_of(d, i) == SHAPE_LOWER) return 0;
    if (class & W_SECOND && (!i || d->tok[i].flags & TOK_LINE)) return 0;
    if (class & W_CITY && !doc_is_word(d, (int64_t)i - 1, VIEW("kansas"))) return 0;
    int64_t before = (int64_t)i - (class & W_SECOND ? 2 : 1);
    if (doc_is_word(d, before, VIEW("the"))) before--;
    const struct token *t = doc_tok(d, before);
    if (doc_bits(d, before) & (LEX(PLACE_CUE) | LEX(CUE_ADDRESS) | LEX(DIRECTION)) ||
        (t->kind == TOK_WORD && t->flags & TOK_CAP && doc_bits(d, before) & LEX_GIVEN))
        return 0;
    return grade_end(d, i + 1, class & W_PERSON);
}
