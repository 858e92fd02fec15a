/* detect/age_plain_kin.c — see age_plain_inside.h: by a relative before the number. */
#include "detect/age_inside.h"
#include "detect/age_plain_inside.h"

enum kin_class {
    KIN = 1,      /* relatives, with those of a list */
    KIN_LIFE = 2, /* alive, passed: between a relative and the number */
    KIN_LINE = 4, /* maternal, mat: before a relative's letters */
    KIN_MANY = 8, /* siblings: each has an age */
};
static const struct wordset_row rows[] = {
    { "alive living well healthy still deceased dead died d passed dec dies lived until till both "
      "now and in his her sleep peacefully expired away just aged",
      KIN_LIFE },
    { "maternal paternal mat pat great", KIN_LINE },
    { "parents sisters brothers siblings sibs aunts uncles cousins twins couple grandparents",
      KIN_MANY },
    { "mother father mom mum dad daddy mama parent parents sister sisters brother brothers sibling "
      "siblings sibs aunt aunts uncle uncles cousin grandmother grandfather grandma grandpa granny "
      "gran nana wife husband spouse partner mgm mgf pgm pgf roommate neighbor neighbour twin "
      "twins couple oldest eldest stepmother stepfather godmother fiance friend",
      KIN },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

bool age_plain_is_relative(const struct doc *d, int64_t i)
{
    return cls(d, i) & KIN;
}

static bool is_kin(const struct doc *d, int64_t k)
{
    if (age_plain_is_relative(d, k)) return true;
    if (doc_is_word(d, k, VIEW("mo")) || doc_is_word(d, k, VIEW("fa"))) /* Mo: 94 */
        return doc_opens_line(d, k) && doc_is_mark(d, k + 1, ':');
    return (doc_is_word(d, k, VIEW("gm")) || doc_is_word(d, k, VIEW("gf"))) &&
           cls(d, k - 1) & KIN_LINE;
}

/* "Mother: 98, 97, 99": one person, counted again and again. */
static bool is_counted_on(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i + 1, ',') && doc_tok(d, i + 2)->kind == TOK_NUMBER &&
           doc_tok(d, i + 2)->len > 1 && age_plain_is_closed(d, i + 3) &&
           doc_is_mark(d, i - 1, ':') && !(cls(d, i - 2) & KIN_MANY);
}

/* "Mother: 95, alive", "aunt, 94", "Father deceased (96)", "Dad died in his sleep at 96", "siblings 90, 92 and 87" */
bool age_plain_is_of_kin(const struct doc *d, int64_t i)
{
    enum { REACH = 7 };
    /* "Father passed 90 stones" */
    if (!age_plain_is_told(d, i) || doc_is_word(d, i + 1, VIEW("to"))) return false;
    if (is_counted_on(d, i)) return false;
    if (!age_plain_is_closed(d, i + 1) &&
        !(doc_bits(d, i + 1) & (LEX(FUNCTION) | LEX(PERSON_VERB))))
        return false;
    int64_t k = i - 1;
    const struct token *t = doc_tok(d, k);
    if (doc_tok(d, i)->flags & TOK_LINE) return false;
    if (t->kind == TOK_MARK) {
        const bool bracket = t->hash == '(', dash = t->hash == '-' && !doc_joined(d, i);
        if (!bracket && !dash && t->hash != ':' && t->hash != ',') return false;
        if (bracket && !doc_is_mark(d, i + 1, ')')) return false;
        if (t->hash == ',' && !age_plain_is_closed(d, i + 1)) return false;
        k--;
        /* "Neighbor Ottoline, 94, fell too" */
        if (t->hash == ',' && doc_tok(d, k)->flags & TOK_CAP && is_kin(d, k - 1)) k--;
    } else if (doc_is_word(d, k, VIEW("at")) || doc_is_word(d, k, VIEW("is")) ||
               doc_is_word(d, k, VIEW("was"))) {
        k--;
    }
    for (; k >= 0 && k >= i - REACH; k--) {
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
        if (is_kin(d, k)) return true;
        if (doc_is_mark(d, k, '.') && doc_is_word(d, k - 1, VIEW("d"))) continue; /* d. at 90 */
        if (!(cls(d, k) & KIN_LIFE) && !doc_is_mark(d, k, ',')) return false;
    }
    return false;
}
