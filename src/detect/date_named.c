#include "detect/date_named.h"

#include "detect/date_value.h"
#include "detect/number_row.h"
#include "detect/wordset.h"

/* "signed out 3/2 by Farley", not "given 1/2 by mouth" */
static bool is_by_person(const struct doc *d, uint32_t last, const struct date_context *c)
{
    const struct token *who = doc_tok(d, (int64_t)last + 2);
    return doc_is_word(d, (int64_t)last + 1, VIEW("by")) && who->kind == TOK_WORD &&
           who->flags & TOK_CAP && !(who->flags & TOK_LINE) && !d->is_caseless &&
           c->around & (DATE_EVENT | DATE_STRONG | DATE_WEAK);
}

/* "appt with Dieu 5/4": what was or will be done stands before the name. */
static bool is_after_name(const struct doc *d, uint32_t first, const struct date_context *c)
{
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return c->around & DATE_STRONG && t->kind == TOK_WORD && t->flags & TOK_CAP &&
           !(t->flags & TOK_UPPER) && t->len > 2 && !(d->tok[first].flags & TOK_LINE) &&
           !d->is_caseless && !(doc_bits(d, (int64_t)first - 1) & (LEX(DRUG) | LEX(EPONYM)));
}

/* "Read & noted PWS 3/6": who did it signs with the day. */
static bool is_initialled(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "noted initialed initialled signed cosigned verified reviewed checked", 1 }
    };
    static struct wordset set = WORDSET(rows);
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return t->kind == TOK_WORD && t->flags & TOK_UPPER && t->len >= 2 && t->len <= 3 &&
           !d->is_caseless && !(d->tok[first].flags & TOK_LINE) &&
           wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)first - 2));
}

/* "8/9 @ 4:15p", "2/8 03:17"; scores of five, ten and fifteen are read at a time too. */
static bool has_clock(const struct doc *d, uint32_t first, uint32_t last)
{
    int64_t i = (int64_t)last + 1;
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    if (doc_is_mark(d, i, '@')) i++;
    const struct token *hour = doc_tok(d, i), *minute = doc_tok(d, i + 2);
    if (hour->kind != TOK_NUMBER || hour->len > 2 || hour->hash > 24 || hour->flags & TOK_LINE ||
        !doc_is_mark(d, i + 1, ':') || !doc_joined(d, i + 1) || !doc_joined(d, i + 2) ||
        minute->kind != TOK_NUMBER || minute->len != 2)
        return false;
    return !(a <= b && (b <= 5 || b == 10 || b == 15));
}

/* "Inv. Kopecky 8/1 0240", "form signed 0310 7/5": a time of four digits beside what no score and no share is; not behind
 * what is measured or given. */
static bool is_beside_clock(const struct doc *d, uint32_t first, uint32_t last, bool ends)
{
    const struct token *before = doc_tok(d, (int64_t)first - 1),
                       *after = doc_tok(d, (int64_t)last + 1);
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    if (a <= b && (b <= 6 || b == 8 || b == 10 || b == 15)) return false;
    if (number_is_clock(after) && !doc_joined(d, (int64_t)last + 1) && !(after->flags & TOK_LINE) &&
        doc_tok(d, (int64_t)last + 2)->kind != TOK_NUMBER &&
        !(doc_bits(d, (int64_t)last + 2) & LEX(UNIT)))
        return !date_is_after_measured(d, first, false);
    return ends && number_is_clock(before) && !doc_joined(d, first) &&
           !(d->tok[first].flags & TOK_LINE) && doc_tok(d, (int64_t)first - 2)->kind == TOK_WORD &&
           !(before->flags & TOK_LINE) && !date_is_after_measured(d, first - 1, false);
}

bool date_is_of_named(const struct doc *d, uint32_t first, uint32_t last,
                      const struct date_context *c, bool ends)
{
    return is_by_person(d, last, c) || has_clock(d, first, last) ||
           is_beside_clock(d, first, last, ends) ||
           (ends && (is_after_name(d, first, c) || is_initialled(d, first)));
}
