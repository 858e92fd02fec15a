/* detect/age_of_list.c — see age_passing.h: ages in lists of persons, and beside a person's name.
 *
 *     98, 95 and 72: ages of brothers living       Ages of household: 15, 32, ninety-three
 *     Centenarian club: Ada Mohr ninety-one, Bo Roe 98      Papaw Bo (ninety-six) signs too
 *     Obituary: Ada Mohr, 94, of Arcola, passed away       Ada, living, one hundred one       91 candles */
#include "detect/age_inside.h"
#include "detect/age_passing_inside.h"

enum list_class {
    LIST_AGES = 1,  /* says what the numbers are */
    LIST_CLUB = 2,  /* those who are in it are old */
    LIST_DIED = 4,  /* what an obituary says next */
    LIST_LIFE = 8,  /* how somebody of a pedigree fares */
    LIST_JOINT = 16 /* between two numbers */
};
static const struct wordset_row rows[] = {
    { "age ages", LIST_AGES },
    { "club centenarians centenarian nonagenarians longevity", LIST_CLUB },
    { "passed died survived departed beloved obit obituary", LIST_DIED },
    { "living alive deceased dead died d", LIST_LIFE },
    { "and or to", LIST_JOINT },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* A number, in words perhaps, or what joins it to the next. */
static bool is_of_row(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind == TOK_NUMBER) return t->len <= 3;
    if (t->kind == TOK_MARK) return t->hash == ',' || t->hash == '-' || t->hash == '&';
    return cls(d, i) & LIST_JOINT ||
           age_class_at(d, i) & (AGE_NINETY | AGE_HUNDRED | AGE_ONES | AGE_TEENS) ||
           age_passing_ends_in(d, i, VIEW("ty"));
}

/* "98, 95 and 72: ages of brothers", "Ages of household: 15, 32, 93" */
static bool is_row_of_ages(const struct doc *d, int64_t first, int64_t last)
{
    enum { REACH = 20, HEAD = 6 };
    int64_t k = last + 1;
    while (k < (int64_t)d->n && k <= last + REACH && !(doc_tok(d, k)->flags & TOK_LINE) &&
           is_of_row(d, k))
        k++;
    if (doc_is_mark(d, k, ':') && cls(d, k + 1) & LIST_AGES) return true;
    for (k = first - 1; k >= 0 && k >= first - REACH && is_of_row(d, k); k--)
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
    if (!doc_is_mark(d, k, ':')) return false;
    for (int64_t h = k - 1; h >= 0 && h >= k - HEAD; h--) {
        if (cls(d, h) & LIST_AGES) return doc_is_word(d, h, VIEW("ages"));
        if (doc_tok(d, h)->kind != TOK_WORD || doc_tok(d, h)->flags & TOK_LINE) return false;
    }
    return false;
}

/* "100+ club: Ada Mohr ninety-three, Bo 99" */
static bool is_of_club(const struct doc *d, int64_t first, int64_t last)
{
    enum { REACH = 24 };
    bool colon = false;
    if (!age_passing_is_closed(d, last + 1) || !age_passing_is_somebody(d, first - 1)) return false;
    for (int64_t k = first - 2; k >= 0 && k >= first - REACH; k--) {
        colon |= doc_is_mark(d, k, ':');
        if (colon && cls(d, k) & LIST_CLUB) return true;
        if (doc_tok(d, k)->flags & TOK_LINE || doc_is_mark(d, k, ';')) return false;
    }
    return false;
}

/* "Papaw Bo (ninety-six)", "Co-signer (ninety-one y)": no number is repeated in words behind it. */
static bool is_in_brackets(const struct doc *d, int64_t first, int64_t last)
{
    const bool years = doc_is_word(d, last + 1, VIEW("y"));
    return doc_tok(d, first)->kind == TOK_WORD && doc_is_mark(d, first - 1, '(') &&
           doc_is_mark(d, last + 1 + years, ')') &&
           (years || age_passing_is_somebody(d, first - 2));
}

/* "Obituary: Ada Mohr, 94, of Arcola, passed away May 10", "Ada Mohr, 100, Arcola, died" */
static bool is_of_obituary(const struct doc *d, int64_t first, int64_t last)
{
    enum { REACH = 8 };
    if (!doc_is_mark(d, first - 1, ',') || !doc_is_mark(d, last + 1, ',') ||
        !age_passing_is_somebody(d, first - 2))
        return false;
    const int64_t home = last + 2 + doc_is_word(d, last + 2, VIEW("of"));
    if (!(doc_tok(d, home)->flags & TOK_CAP)) return false;
    for (int64_t k = home + 1; k < (int64_t)d->n && k <= home + REACH; k++) {
        if (cls(d, k) & LIST_DIED) return true;
        if (doc_tok(d, k)->flags & TOK_LINE || doc_is_mark(d, k, '.')) return false;
    }
    return false;
}

/* "I-2 Ada, living, one hundred one" */
static bool is_behind_life(const struct doc *d, int64_t first, int64_t last)
{
    return doc_is_mark(d, first - 1, ',') && cls(d, first - 2) & LIST_LIFE &&
           doc_is_mark(d, first - 3, ',') && age_passing_is_somebody(d, first - 4) &&
           age_passing_is_closed(d, last + 1);
}

/* "Age given as one hundred and two" */
static bool is_given_as(const struct doc *d, int64_t first)
{
    return doc_is_word(d, first - 1, VIEW("as")) && doc_tok(d, first - 2)->kind == TOK_WORD &&
           doc_is_word(d, first - 3, VIEW("age"));
}

/* "father worked until one hundred and one", "aunts one hundred and one hundred and two" */
static bool is_of_long_life(const struct doc *d, int64_t first, int64_t last)
{
    if (doc_tok(d, first)->kind != TOK_WORD) return false;
    const bool until =
        doc_is_word(d, first - 1, VIEW("until")) || doc_is_word(d, first - 1, VIEW("till"));
    if (until && age_passing_is_closed(d, last + 1))
        return age_passing_class(d, first - 3) & PASS_KIN ||
               age_passing_class(d, first - 2) & PASS_KIN;
    return false;
}

bool age_is_of_list(const struct doc *d, int64_t first, int64_t last)
{
    if (doc_tok(d, first)->flags & TOK_LINE) return is_row_of_ages(d, first, last);
    if (doc_is_word(d, last + 1, VIEW("candles"))) return true;
    if (is_given_as(d, first)) return true;
    const struct token *before = doc_tok(d, first - 1), *after = doc_tok(d, last + 1);
    if (before->kind == TOK_MARK && doc_joined(d, (uint32_t)first) && before->hash != '(')
        return false;
    if (after->kind == TOK_NUMBER && !(after->flags & TOK_LINE)) return false;
    return is_row_of_ages(d, first, last) || is_in_brackets(d, first, last) ||
           is_of_long_life(d, first, last) ||
           (!(d->shield[first] & SHIELD_MEASURE) &&
            (is_of_club(d, first, last) || is_of_obituary(d, first, last) ||
             is_behind_life(d, first, last)));
}
