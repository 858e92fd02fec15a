#include "detect/date_judge_numbers.h"

#include "detect/date_doses.h"
#include "detect/date_timed.h"
#include "detect/date_value.h"
#include "detect/wordset.h"

bool date_is_chained(const struct doc *d, uint32_t first, uint32_t last)
{
    int64_t before = (int64_t)first - 1, after = (int64_t)last + 1;
    if (doc_joined(d, first) && doc_joined(d, before) && doc_tok(d, before)->kind == TOK_MARK &&
        doc_tok(d, before - 1)->kind == TOK_NUMBER &&
        (doc_is_mark(d, before, '/') || doc_is_mark(d, before, '.')))
        return true;
    return doc_joined(d, after) && doc_joined(d, after + 1) &&
           doc_tok(d, after + 1)->kind == TOK_NUMBER &&
           (doc_is_mark(d, after, '/') || doc_is_mark(d, after, '.'));
}

bool date_is_glued(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *before = doc_tok(d, (int64_t)first - 1),
                       *after = doc_tok(d, (int64_t)last + 1);
    if (doc_joined(d, first) &&
        (before->kind != TOK_MARK || before->hash == '-' || before->hash == '$' ||
         before->hash == '.' || before->hash == '/' || before->hash == '#'))
        return true;
    if (!doc_joined(d, (int64_t)last + 1)) return false;
    if (after->kind == TOK_WORD) return true;
    /* "3/5-", and "4/80/-2": one value of several */
    return (after->hash == '-' || after->hash == '/') && doc_joined(d, (int64_t)last + 2);
}

bool date_has_shield(const struct doc *d, uint32_t first, uint32_t last, uint8_t set)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->shield[i] & set) return true;
    return false;
}

bool date_has_short_year(const struct written_date *w)
{
    for (int i = 0; i < w->n; i++)
        if (w->piece[i].short_year) return true;
    return false;
}

bool date_is_padded(const struct written_date *w)
{
    for (int i = 0; i < w->n; i++)
        if ((w->piece[i].field & (WRITTEN_MONTH | WRITTEN_DAY)) && w->piece[i].len < 2)
            return false;
    return true;
}

bool date_is_signed(const struct doc *d, uint32_t first, uint32_t last,
                    const struct date_context *c)
{
    bool ends = last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE;
    const int64_t i = (int64_t)first - (doc_is_mark(d, (int64_t)first - 1, '.') ? 2 : 1);
    return ends && !(c->around & DATE_AGAINST) && doc_bits(d, i) & LEX(CREDENTIAL) &&
           doc_tok(d, i)->flags & TOK_UPPER;
}

/* "6-8-10 with meals": what is given with each. */
static bool is_meal_dose(const struct doc *d, uint32_t last)
{
    int64_t i = (int64_t)last + 1;
    if (doc_is_word(d, i, VIEW("ac")) || doc_is_word(d, i, VIEW("tid"))) return true;
    if (doc_is_word(d, i, VIEW("w")) && doc_is_mark(d, i + 1, '/'))
        i++;
    else if (!doc_is_word(d, i, VIEW("with")))
        return false;
    return doc_is_word(d, i + 1, VIEW("meals")) || doc_is_word(d, i + 1, VIEW("meal")) ||
           doc_is_word(d, i + 1, VIEW("breakfast"));
}

/* "Ada Mohr (2.13.59)", "MOHR, ADA,8.31.33,F": in brackets behind a name, or the cell of a row. */
static bool is_cell(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t before = (int64_t)first - 1, after = (int64_t)last + 1;
    if (doc_is_mark(d, before, '(') && doc_is_mark(d, after, ')'))
        return doc_tok(d, before - 1)->flags & doc_tok(d, before - 2)->flags & TOK_CAP &&
               !((doc_bits(d, before - 1) | doc_bits(d, before - 2)) & LEX(MEDICAL)); /* no size */
    return doc_is_mark(d, before, ',') && doc_joined(d, first) && doc_is_mark(d, after, ',') &&
           doc_joined(d, after) && doc_joined(d, after + 1);
}

/* "8/18/10 ML: called", "12/30/07 M.C.": who wrote it, and no unit. */
static bool is_before_initials(const struct doc *d, uint32_t last)
{
    const int64_t i = (int64_t)last + 1;
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_UPPER) || t->len > 3 || doc_joined(d, i))
        return false;
    if (t->len > 1) return doc_is_mark(d, i + 1, ':');
    return doc_is_mark(d, i + 1, '.') && doc_tok(d, i + 2)->len == 1 &&
           doc_tok(d, i + 2)->flags & TOK_CAP;
}

/* "6.21.22" inside a sentence, and no number of a version or section. */
static bool is_dotted_day(const struct doc *d, uint32_t first, const struct date_context *c)
{
    static const struct wordset_row rows[] = {
        { "version versions ver v vers section sections sec chapter table figure fig item rule "
          "part step "
          "release rev revision software firmware model build paragraph para article appendix "
          "annex level "
          "phase grade stage type ratio rule protocol policy standard clause code isbn cfr",
          1 },
    };
    static struct wordset parts = WORDSET(rows);
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    if (doc_opens_line(d, first) || c->around & DATE_AGAINST ||
        c->after & (DATE_GRADE | DATE_AGAINST))
        return false;
    if (before->kind == TOK_MARK) return before->hash == ',' || before->hash == ';';
    return before->kind == TOK_WORD && !doc_joined(d, first) &&
           !wordset_class(wordset_ready(&parts), before);
}

float date_judge_three(const struct doc *d, uint32_t first, uint32_t last,
                       const struct written_date *w, const struct date_context *c)
{
    bool cue = c->before & (DATE_STRONG | DATE_WEAK) || date_is_done_then(d, first);
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    bool unit = c->percent || (c->after & DATE_UNIT && !is_before_initials(d, last));
    if (date_is_chained(d, first, last)) return 0;
    if (w->part[0].year < 1000 && (w->part[0].has & WRITTEN_YEAR)) /* 08/23/207 */
        return w->separator == '/' && (cue || date_is_padded(w)) ? 0.7f : 0;
    if (w->separator == ' ') { /* the marks were lost */
        if (!w->in_calendar || unit || (c->after & (DATE_GRADE | DATE_AGAINST))) return 0;
        if (c->before & DATE_STRONG) return 0.8f;
        if (date_is_signed(d, first, last, c)) return 0.7f; /* "A ROE LPN 8 8 24" */
        return cue && !date_has_short_year(w) && date_is_padded(w) ? 0.7f : 0;
    }
    if (!date_has_short_year(w)) return w->in_calendar ? 0.99f : 0.8f;
    if (!w->in_calendar) return 0;
    if (w->separator != '/') {
        if (date_is_glued(d, first, last)) return 0;
    } else if (doc_joined(d, first) && before->kind == TOK_WORD && before->len <= 2) {
        return 0; /* L3/4/05; but "discharged1/22/93" is a slip, and 3/5/21-3/9/21 a range */
    }
    if (w->separator != '/' && date_has_shield(d, first, last, SHIELD_MEASURE) && !cue) return 0;
    if (unit && (!cue || w->separator == '-')) return 0; /* "since 8-8-10 u" */
    bool year_first = w->piece[0].field == WRITTEN_YEAR;
    if (year_first) return cue ? 0.8f : 0;
    switch (w->separator) {
    case '/':
        if (date_is_doses(d, first, last) || (w->spaced && !cue && c->around & DATE_AGAINST))
            return 0;
        return w->spaced && !cue ? 0.7f : 0.95f;
    case '-':
        /* "WBC 12-15-18": how it went; "Percocet 5-5-10": morning, noon and night */
        if ((date_is_after_measured(d, first, false) || is_meal_dose(d, last)) && !cue) return 0;
        return w->spaced && !cue ? 0 : 0.88f;
    default:                           /* "signed, Ada Roe 5.31.08" ends its line */
        cue |= date_has_time(d, last); /* "5.26.24 1710" */
        /* "Date of operation: 4.26.09" */
        cue |= c->around & DATE_STRONG && doc_is_mark(d, (int64_t)first - 1, ':');
        cue |= date_is_signed(d, first, last, c); /* "Ada Roe, MD. 3.8.11" */
        cue |= (c->around & (DATE_STRONG | DATE_WEAK)) != 0 && before->kind == TOK_WORD &&
               (last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE);
        cue |= is_cell(d, first, last);
        if (cue) return 0.85f;
        return date_is_padded(w) ? 0.7f : is_dotted_day(d, first, c) ? 0.65f : 0;
    }
}
