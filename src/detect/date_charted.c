/* detect/date_charted.c — see date_charted.h. */
#include "detect/date_charted.h"

#include "detect/wordset.h"

/* "cx 3/5 neg, 3/7 pos", "a/p from 3/5 unchanged": a study's or culture's day, with what it showed. One to
 * four of as many bottles are none: "BCx 2/2 pos". */
static bool is_result(const struct doc *d, uint32_t first, uint32_t last,
                      const struct date_context *c)
{
    if (!(c->after & DATE_RESULT) || c->around & DATE_AGAINST) return false;
    if (c->around & (DATE_STUDY | DATE_NEAR)) return d->tok[last].hash > 4;
    return doc_is_word(d, (int64_t)first - 1, VIEW("from"));
}

/* "3/7 - called back": a line of a running log, which goes on with what was done. */
static bool is_log(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t dash = (int64_t)last + 1, word = dash + 1;
    const struct token *w = doc_tok(d, word);
    if (!(d->tok[first].flags & TOK_LINE) || w->kind != TOK_WORD || w->flags & TOK_LINE)
        return false;
    if (!(doc_is_mark(d, dash, '-') || doc_is_mark(d, dash, 0x2013)) || doc_joined(d, dash) ||
        doc_joined(d, word))
        return false;
    const uint32_t cls = date_class(d, word);
    if (cls & (DATE_AGAINST | DATE_UNIT | DATE_GRADE)) return false;
    return cls & (DATE_EVENT | DATE_NEAR | DATE_STRONG) || doc_bits(d, word) & LEX(PERSON_VERB);
}

/* D: or T: before i: the days of dictation and of transcription. */
static bool is_typist_letter(const struct doc *d, int64_t i, char letter)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == 1 && doc_is_mark(d, i + 1, ':') &&
           doc_joined(d, i + 1) && ascii_lower(d->text.p[t->start]) == letter;
}

bool date_is_dictated(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { REACH = 12 };
    const int64_t i = (int64_t)first - 2;
    if (is_typist_letter(d, i, 'd'))
        for (int64_t k = (int64_t)last + 1; k <= (int64_t)last + REACH; k++)
            if (is_typist_letter(d, k, 't')) return true;
    if (is_typist_letter(d, i, 't'))
        for (int64_t k = i - 1; k >= 0 && k >= i - REACH; k--)
            if (is_typist_letter(d, k, 'd')) return true;
    return false;
}

/* "(OR 3/5)": brackets around where it was and the day. */
static bool is_bracketed(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return doc_is_mark(d, (int64_t)last + 1, ')') && doc_is_mark(d, (int64_t)first - 2, '(') &&
           doc_is_word(d, (int64_t)first - 1, VIEW("or")) && t->flags & TOK_UPPER &&
           !d->is_caseless;
}

bool date_is_bottles(const struct doc *d, uint32_t first, uint32_t last)
{
    static const struct wordset_row rows[] = {
        { "bcx bcxs bc bctx cx cultures culture bottles blood ucx", 1 },
        { "gpc gpcs gnr gnrs gpr gprs mssa mrsa cons staph strep coag gram yeast e pos positive "
          "growing grew with enterococcus klebsiella pseudomonas vre",
          2 },
    };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    return last == first + 2 && a <= b && (b == 2 || b == 4 || (b == 3 && a == 3)) &&
           wordset_class(s, doc_tok(d, (int64_t)first - 1)) & 1 &&
           wordset_class(s, doc_tok(d, (int64_t)last + 1)) & 2;
}

bool date_is_charted(const struct doc *d, uint32_t first, uint32_t last,
                     const struct date_context *c)
{
    return is_result(d, first, last, c) || is_log(d, first, last) ||
           date_is_dictated(d, first, last) || is_bracketed(d, first, last);
}
