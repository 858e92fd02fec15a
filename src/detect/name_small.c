#include "detect/name_small.h"

#include "detect/shape.h"
#include "detect/wordset.h"

enum { W_TITLE = 1, W_THING = 2 };
static const struct wordset_row rows[] = {
    { "dr mr mrs ms mx", W_TITLE },
    { "brand generic trade drug product medication medicine pharmacy clinic hospital file test "
      "user company store program device trial study dog cat",
      W_THING },
};
static struct wordset words = WORDSET(rows);

static bool is_of(const struct doc *d, int64_t i, uint32_t classes)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i)) & classes;
}

enum behind {         /* what the word is looked for as */
              GIVEN,  /* a usual given name that is hardly anything else */
              FAMILY, /* a usual name of either kind, the same */
              EITHER, /* a name as usual as it is a word, or an unknown word */
};

static bool is_name(const struct doc *d, uint32_t i, enum behind as)
{
    const uint64_t other = LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) |
                           LEX(UNIT) | LEX(TITLE) | LEX(CREDENTIAL) | LEX(RELATIVE) |
                           LEX(CLINICIAN) | LEX(NAME_CUE) | LEX(PERSON_VERB) | LEX(ORG_HEAD) |
                           LEX(WEEKDAY) | LEX(NUMBER_WORD) | LEX(EPONYM_HEAD);
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || t->flags & TOK_LINE || t->len < 3 ||
        d->shield[i])
        return false;
    const struct lex_info *l = d->lex[i];
    if (!l->bits) return as == EITHER && t->len > 3;
    const int rank = as == GIVEN ? l->given : MAX(l->given, l->surname);
    if (l->bits & other) return rank >= 5 && rank > l->word + 1 && !(l->bits & LEX(FUNCTION));
    /* "father rose early": what is said often needs more than a word before it */
    const int needed = l->word + (as == EITHER ? 0 : l->word > 2 ? 2 : 1);
    return rank >= MAX(3, needed);
}

/* "my husbands name is", "a friend named": not of what is sold or kept. */
static bool is_persons_name(const struct doc *d, int64_t i)
{
    return !is_of(d, i - 1, W_THING) && !(doc_bits(d, i - 1) & (LEX(DRUG) | LEX(MEDICAL)));
}

bool name_small_after(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last)
{
    const bool is_title = is_of(d, i, W_TITLE);
    enum behind as = GIVEN;
    uint32_t j = i + 1;
    if (d->is_caseless || d->tok[i].flags & TOK_UPPER || d->shield[i]) return false;
    if (is_title) {
        if (doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER) return false; /* "600 ms" */
        if (doc_is_mark(d, j, '.') && doc_joined(d, j)) j++;
        as = EITHER;
    } else if (doc_is_word(d, i, VIEW("name"))) {
        const bool is = doc_is_word(d, j, VIEW("is")) || doc_is_word(d, j, VIEW("was"));
        if (!is || !is_persons_name(d, i)) return false;
        j++;
        as = EITHER;
    } else if (doc_is_word(d, i, VIEW("named"))) {
        if (!is_persons_name(d, i)) return false;
    } else if (!(d->lex[i]->bits & LEX(RELATIVE))) {
        return false;
    }
    if (j >= d->n || doc_joined(d, j) || !is_name(d, j, as)) return false;
    *first = is_title ? i : j;
    *last = shape_word_end(d, j);
    const uint32_t next = *last + 1; /* the family name */
    if (next < d->n && !doc_joined(d, next) && is_name(d, next, FAMILY))
        *last = shape_word_end(d, next);
    return true;
}
