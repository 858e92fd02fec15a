/* Persons in a row behind a word that says who they are, see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/wordset.h"

enum {
    L_CUE = 1,   /* names follow straight: "kids Ilvana, Torbin, Amparo" */
    L_FIELD = 2, /* with a colon: "Lives with: Ilvana and Torbin" */
    L_AND = 4,
    L_WITH = 8, /* before a title: "cared for by Dr. Tarrow, Ilvana and Torbin" */
};
static const struct wordset_row rows[] = {
    { "kids children sons daughters siblings sibs survivors witnesses grandkids twins triplets "
      "brothers sisters nieces nephews roommates cousins proband",
      L_CUE | L_FIELD },
    { "team", L_CUE },
    { "thread with household contacts", L_FIELD },
    { "and", L_AND },
    { "by with to from", L_WITH },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

static bool may_be_item(const struct doc *d, uint32_t i)
{
    return shape_of(d, i) == SHAPE_TITLE && !(d->tok[i].flags & TOK_LINE) &&
           (name_is_new_or_usual(d, i) || name_may_be_called(d, i));
}

/* What is before the name at token `first` may be such a row: a comma, "and", or the cue itself. */
static bool may_be_listed(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK ? t->hash == ',' || t->hash == ':' || t->hash == '&'
                               : cls(d, i) != 0;
}

/* Small letters, but for "/ team", and no house's "Sisters". */
static bool is_cue(const struct doc *d, int64_t i)
{
    if (doc_is_word(d, i, VIEW("team")))
        return doc_is_mark(d, i - 1, '/') || d->tok[i].flags & TOK_LINE;
    return d->tok[i].flags & TOK_LOWER;
}

int64_t name_frame_list(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { ITEMS = 6 };
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    int64_t i = (int64_t)first - 1;
    if (!may_be_listed(d, i) || !may_be_item(d, last)) return -1;
    if (next->kind == TOK_WORD && !(next->flags & (TOK_LOWER | TOK_LINE))) return -1;
    for (int n = 0; n < ITEMS && i > 0; n++) {
        if (doc_is_mark(d, i, ':')) return cls(d, i - 1) & L_FIELD ? i - 1 : -1;
        if (cls(d, i) & L_CUE) return is_cue(d, i) ? i : -1;
        if (n > 0 && doc_is_mark(d, i, '.') && doc_bits(d, i - 1) & LEX(TITLE))
            return cls(d, i - 2) & L_WITH ? i - 1 : -1;
        if (doc_tok(d, i + 1)->flags & TOK_LINE) return -1;
        const bool joint = doc_is_mark(d, i, ',') || doc_is_mark(d, i, '&') || cls(d, i) & L_AND;
        if (!joint) return -1;
        if (cls(d, i) & L_AND && doc_is_mark(d, i - 1, ',')) i--;
        const uint32_t begin = shape_word_begin(d, (uint32_t)i - 1);
        if (shape_of(d, begin) != SHAPE_TITLE) return -1;
        i = (int64_t)begin - 1;
    }
    return -1;
}
