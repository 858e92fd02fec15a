/* detect/age_of_kin.c — see age_passing.h: by a relative before the number and nothing but how he fares between.
 *
 *     PGF 96 A&W           mother alive at ninety-two      Father: dec. 91
 *     Parents ninety and 81, both well                     twin died last year at 90 */
#include "detect/age_inside.h"
#include "detect/age_passing_inside.h"
#include "detect/measure_words.h"

enum of_kin_class {
    OF_FARE = 1, /* between a relative and his age */
    OF_LIVE = 2, /* behind it: "92 living", "94 old age" */
    OF_AND = 4,
    OF_NO_MORE = 8, /* more than, less than: a limit */
    OF_CHILD = 16,  /* not born yet, of whom a heart rate is counted */
};
static const struct wordset_row rows[] = {
    { "is was are were at to lived alive living deceased dec decd died passed away aged age now "
      "until "
      "till still about almost nearly both well last year month week d a the in his her early late "
      "already healthy past into",
      OF_FARE },
    { "alive living well healthy deceased dec dead old natural a l", OF_LIVE },
    { "and", OF_AND },
    { "than least most over under", OF_NO_MORE },
    { "fetal fetus fhr fht fhts", OF_CHILD },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "A&W", "a/w", "L&W": alive and well. */
static bool is_alive_and_well(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *w = doc_tok(d, i + 2);
    return t->len == 1 && !(t->flags & TOK_LINE) && !doc_joined(d, i) && cls(d, i) & OF_LIVE &&
           (doc_is_mark(d, i + 1, '&') || doc_is_mark(d, i + 1, '/')) && w->len == 1 &&
           doc_is_word(d, i + 2, VIEW("w"));
}

/* The number that a pair's second is, from token i on: "ninety and 81", "91 & ninety-three". */
static bool is_age_of_pair(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind == TOK_NUMBER)
        return t->hash >= 40 && t->hash <= 125 && age_passing_is_closed(d, i + 1);
    return age_class_at(d, i) & (AGE_NINETY | AGE_HUNDRED);
}

static bool joins_pair(const struct doc *d, int64_t i)
{
    return cls(d, i) & OF_AND || doc_is_mark(d, i, '&') || doc_is_mark(d, i, ',');
}

/* Ends the clause, or goes on with how he fares: A&W, alive, old age, another's age. */
static bool goes_on(const struct doc *d, int64_t after, bool in_words)
{
    if (age_passing_is_closed(d, after) || is_alive_and_well(d, after)) return true;
    if (joins_pair(d, after) && is_age_of_pair(d, after + 1)) return true;
    const struct token *t = doc_tok(d, after);
    if (t->kind != TOK_WORD || doc_joined(d, after)) return false;
    if (t->len > 1 && cls(d, after) & OF_LIVE) return true;
    return in_words && cls(d, after) & OF_AND && doc_tok(d, after + 1)->flags & TOK_LOWER;
}

/* "Mother: 98, 97, 99": values in a row, before or behind. */
static bool is_listed(const struct doc *d, int64_t i)
{
    const bool behind = doc_is_mark(d, i + 1, ',') && doc_tok(d, i + 2)->kind == TOK_NUMBER;
    return behind || (doc_is_mark(d, i - 1, ',') && doc_tok(d, i - 2)->kind == TOK_NUMBER);
}

bool age_is_beside_child(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i + 1, ',') && cls(d, i + 2) & OF_CHILD &&
           !(doc_tok(d, i + 2)->flags & TOK_LINE);
}

/* "Daughter bilirubin 91, son 94": the value of what is measured, of one relative and the next. */
static bool is_next_value(const struct doc *d, int64_t kin)
{
    const int64_t number = kin - 2;
    if (number < 1 || !doc_is_mark(d, kin - 1, ',') || doc_tok(d, number)->kind != TOK_NUMBER)
        return false;
    return wordset_class(measure_words(), doc_tok(d, number - 1));
}

bool age_is_of_kin(const struct doc *d, int64_t first, int64_t last)
{
    enum { REACH = 9 };
    const bool in_words = doc_tok(d, first)->kind == TOK_WORD;
    if (doc_tok(d, first)->flags & TOK_LINE || !goes_on(d, last + 1, in_words)) return false;
    for (int64_t k = first - 1; k >= 0 && k >= first - REACH; k--) {
        const struct token *t = doc_tok(d, k);
        if (age_passing_is_relative(d, k))
            return !is_next_value(d, k) && (!doc_is_mark(d, k + 1, ':') || !is_listed(d, last));
        if (t->flags & TOK_LINE || cls(d, k) & OF_NO_MORE) return false;
        /* "Twin A at 92", "twin b 94" */
        if (t->len == 1 && (t->flags & TOK_CAP || doc_is_word(d, k - 1, VIEW("twin"))))
            return false;
        if (t->kind == TOK_MARK) {
            const bool point = t->hash == '.' && cls(d, k - 1) & OF_FARE && doc_joined(d, k);
            const bool passes = t->hash < 0x80 && t->hash && strchr("@('-,:", (int)t->hash);
            if (!point && !passes) return false;
        } else if (t->kind == TOK_NUMBER) {
            if (!joins_pair(d, k + 1) || t->hash < 40 || t->hash > 125) return false;
        } else if (!(cls(d, k) & (OF_FARE | OF_AND)) &&
                   !(age_class_at(d, k) & (AGE_NINETY | AGE_HUNDRED | AGE_ONES | AGE_PART))) {
            return false;
        }
    }
    return false;
}

/* "Ada (niece, 90)", "Bo Roe (battle buddy, 101)": what somebody is to the patient, in brackets with the age. */
bool age_is_in_kins_bracket(const struct doc *d, int64_t i)
{
    enum { REACH = 4 };
    if (!doc_is_mark(d, i - 1, ',') || !doc_is_mark(d, i + 1, ')') ||
        !age_passing_is_relative(d, i - 2))
        return false;
    for (int64_t k = i - 3; k >= 0 && k >= i - REACH - 2; k--) {
        if (doc_is_mark(d, k, '(')) return doc_tok(d, k - 1)->kind == TOK_WORD;
        if (doc_tok(d, k)->kind != TOK_WORD || doc_tok(d, k)->flags & TOK_LINE) return false;
    }
    return false;
}
