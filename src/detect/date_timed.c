/* detect/date_timed.c — see date_timed.h. */
#include "detect/date_timed.h"

#include "detect/date_value.h"
#include "detect/number_row.h"
#include "detect/wordset.h"

enum { T_AT = 1, T_HALF = 2 };

bool date_has_time(const struct doc *d, uint32_t last)
{
    static const struct wordset_row rows[] = {
        { "at around about approx approximately by before after circa", T_AT },
        { "am pm a p", T_HALF },
    };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    int64_t i = (int64_t)last + 1;
    const struct token *t = doc_tok(d, i);
    if (t->flags & TOK_LINE) return false;
    if (number_is_clock(t)) /* not "1/2 1000 mL" */
        return !(d->shield[i] & SHIELD_MEASURE) && !(doc_bits(d, i + 1) & LEX(UNIT));
    if (wordset_class(s, t) & T_HALF) return t->len == 2 && t->flags & TOK_UPPER && !d->is_caseless;
    if (!doc_is_mark(d, i, '@') && !(wordset_class(s, t) & T_AT)) return false;
    i += doc_is_mark(d, i + 1, '~') ? 2 : 1;
    t = doc_tok(d, i);
    if (t->kind != TOK_NUMBER) return false;
    if (t->len == 4) return number_is_clock(t);
    if (doc_tok(d, i + 1)->kind == TOK_MARK)
        return doc_is_mark(d, i + 1, ':') && doc_joined(d, i + 2);
    return t->hash <= 12 && wordset_class(s, doc_tok(d, i + 1)) & T_HALF;
}

bool date_is_timed(const struct doc *d, uint32_t first, uint32_t last, const struct date_context *c)
{
    enum { HAPPENED = DATE_STRONG | DATE_EVENT | DATE_NEAR | DATE_STUDY };
    if (!date_has_time(d, last)) return false;
    if (!first ||
        d->tok[first].flags & TOK_LINE) /* "1/2 at bedtime" begins a line of a prescription */
        return d->tok[last].hash > 4 || d->tok[first].len == 2;
    if (date_is_after_measured(d, first, c->around & DATE_EVENT) && !(c->before & HAPPENED))
        return false;
    if (c->around & DATE_AGAINST && !(c->before & DATE_STRONG)) return false;
    /* "8/2 at 9am, 12/3 at 2100": not the "am" of another time */
    const uint32_t around = c->around & ~(uint32_t)DATE_NEAR;
    const bool apart = doc_is_mark(d, (int64_t)first - 1, ',');
    return (apart ? around : c->before | around) & HAPPENED || date_is_done_then(d, first) ||
           doc_bits(d, (int64_t)first - 1) & LEX(PERSON_VERB);
}

static bool is_whom(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("him")) || doc_is_word(d, i, VIEW("her")) ||
           doc_is_word(d, i, VIEW("them")) || doc_is_word(d, i, VIEW("me"));
}

bool date_is_done_then(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "decreased increased reduced diminished limited impaired weakened improved graded rated "
          "scored elevated need speed bed red bleed fed sped indeed seed wed led shed med "
          "measured estimated tested sized used mixed combined stretched dilated effaced "
          "titrated weaned diluted",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    if (t->kind != TOK_WORD || d->tok[first].flags & TOK_LINE || doc_joined(d, first)) return false;
    /* "discharged him 5-27", "let her go 9/4" */
    const int64_t whom = (int64_t)first - (doc_is_word(d, (int64_t)first - 1, VIEW("go")) ? 2 : 1);
    if (t->len <= 4 && is_whom(d, whom)) {
        if (doc_is_word(d, whom - 1, VIEW("let"))) return true;
        t = doc_tok(d, whom - 1);
        if (whom < (int64_t)first - 1 || t->kind != TOK_WORD || d->tok[whom].flags & TOK_LINE)
            return false;
        first = (uint32_t)whom;
    }
    view w = doc_view(d, first - 1, first - 1);
    if (t->len == 1 && ascii_lower(w.p[0]) == 'd') /* dc'd, d/c'd */
        return doc_is_mark(d, (int64_t)first - 2, '\'') && doc_joined(d, (int64_t)first - 1);
    return t->len >= 5 && view_eq_nocase(view_sub(w, w.n - 2, w.n), VIEW("ed")) &&
           !wordset_class(wordset_ready(&set), t);
}
