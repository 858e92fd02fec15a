/* detect/number_row.c — see number_row.h. */
#include "detect/number_row.h"

#include "detect/measure_words.h"

/* Words before a row that name no one value. */
static const struct wordset_row rows[] = {
    { "in out net total totals intake output uop io gave given took drained voided residual "
      "residuals "
      "audiogram thresholds impedance frequencies readings values trend trended peak peaks doses "
      "volumes weights lengths",
      1 },
};
static struct wordset words = WORDSET(rows);

static bool names_values(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (doc_is_word(d, i, VIEW("pt"))) return false; /* the patient */
    return wordset_class(wordset_ready(&words), t) ||
           wordset_class(measure_words(), t) & (MW_BEFORE | MW_PAIR);
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

/* A number that stands beside the row, one blank away, and heads no entry of a list: "2) his sister". */
static bool is_beside(const struct doc *d, int64_t i, int64_t gap_before)
{
    const struct token *t = doc_tok(d, i), *right = doc_tok(d, gap_before);
    if (t->kind != TOK_NUMBER || right->flags & TOK_LINE) return false;
    if (right->start - token_end(doc_tok(d, gap_before - 1)) > 1) return false;
    return !(doc_is_mark(d, i + 1, ')') && doc_joined(d, i + 1));
}

bool number_is_row(const struct doc *d, uint32_t first, uint32_t last)
{
    if (d->shield[last] & SHIELD_MEASURE) return true;
    const int64_t before = (int64_t)first - 1, after = (int64_t)last + 1;
    const struct token *next = doc_tok(d, after);
    if (is_beside(d, after, after) || is_beside(d, before, first)) return true;
    if (!(next->flags & TOK_LINE) &&
        (doc_bits(d, after) & LEX(UNIT) || wordset_class(measure_words(), next) & MW_UNIT))
        return true;
    if (!(d->tok[first].flags & TOK_LINE) &&
        (names_values(d, before) || (doc_is_mark(d, before, ':') && names_values(d, before - 1))))
        return true;
    return is_round(d, first, last);
}
