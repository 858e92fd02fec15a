/* detect/number_row.c — see number_row.h. */
#include "detect/number_row.h"

#include "detect/measure_words.h"

static bool names_values(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->len > 2 && wordset_class(measure_words(), t) & (MW_BEFORE | MW_PAIR);
}

bool number_is_clock(const struct token *t)
{
    return t->kind == TOK_NUMBER && t->len == 4 && t->hash <= 2359 && t->hash % 100 < 60;
}

/* 500 40 1000: numbers as they are rounded or preset, and as one telephone number in a thousand ends. */
static bool is_round(const struct doc *d, uint32_t first, uint32_t last)
{
    bool all = true;
    for (uint32_t i = first; i <= last; i++)
        all = all && d->tok[i].hash % 10 == 0;
    return all || (d->tok[first].hash % 50 == 0 && d->tok[last].hash % 100 == 0);
}

/* Another number goes on with the row, one blank away, and heads no entry of a list: "2) his sister". */
static bool goes_on(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_NUMBER && !(t->flags & TOK_LINE) &&
           t->start - token_end(doc_tok(d, i - 1)) <= 1 &&
           !(doc_is_mark(d, i + 1, ')') && doc_joined(d, i + 1));
}

static bool ends_decimal(const struct doc *d, int64_t i)
{
    return doc_tok(d, i)->kind == TOK_NUMBER && doc_joined(d, i) && doc_is_mark(d, i - 1, '.') &&
           doc_joined(d, i - 1) && doc_tok(d, i - 2)->kind == TOK_NUMBER;
}

bool number_is_row(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t before = (int64_t)first - 1, after = (int64_t)last + 1;
    /* "CA 510 555 0134" is a state: names of two letters are too much else */
    const bool is_short = doc_tok(d, before)->kind == TOK_WORD && doc_tok(d, before)->len <= 2;
    if (d->shield[last] & SHIELD_MEASURE && !is_short) return true;
    const struct token *next = doc_tok(d, after);
    if (goes_on(d, after)) return true;
    if (!(next->flags & TOK_LINE) &&
        (doc_bits(d, after) & LEX(UNIT) || wordset_class(measure_words(), next) & MW_UNIT))
        return true;
    if (!(d->tok[first].flags & TOK_LINE) &&
        (number_is_clock(doc_tok(d, before)) || ends_decimal(d, before) ||
         names_values(d, before) || (doc_is_mark(d, before, ':') && names_values(d, before - 1))))
        return true;
    return is_round(d, first, last);
}
