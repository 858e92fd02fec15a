/* detect/date_judge_two.c — two numbers that could be a date, see date_judge_numbers.h. */
#include "detect/date_charted.h"
#include "detect/date_jotted.h"
#include "detect/date_judge_numbers.h"
#include "detect/date_named.h"
#include "detect/date_timed.h"
#include "detect/date_value.h"
#include "detect/wordset.h"

/* 10/99-X3: what hangs on behind a dash is a remark. */
static bool is_range_mark(const struct doc *d, uint32_t last, bool strong)
{
    return strong && doc_is_mark(d, (int64_t)last + 1, '-') &&
           doc_tok(d, (int64_t)last + 2)->kind == TOK_WORD;
}

/* 3/5, 2/6, 4/10: fractions and grades have such denominators and no greater numerators. */
static bool is_score(const struct written_date *w)
{
    if (date_is_padded(w))
        return w->parts == 1 && w->part[0].month == w->part[0].day && w->part[0].day >= 10;
    for (int i = 0; i < w->parts; i++) {
        const struct written_part *p = &w->part[i];
        int a = w->day_first ? p->day : p->month, b = w->day_first ? p->month : p->day;
        if (a > b || (b > 6 && b != 8 && b != 10)) return false;
    }
    return true;
}

/* "Cr 1.2 (3/5)": a laboratory value and its day. "Strength 3 (3/5)" is none: only decimals, and what
 * has no score's word around. "(3/5):" heads what was seen that day. */
static bool is_dated_value(const struct doc *d, uint32_t first, uint32_t last,
                           const struct date_context *c)
{
    int64_t b = (int64_t)first - 1;
    if (!doc_is_mark(d, b, '(') || !doc_is_mark(d, (int64_t)last + 1, ')')) return false;
    if (c->around & DATE_AGAINST) return false;
    if (doc_is_mark(d, (int64_t)last + 2, ':')) return d->tok[first].hash != d->tok[last].hash;
    return doc_tok(d, b - 1)->kind == TOK_NUMBER && doc_joined(d, b - 1) &&
           doc_is_mark(d, b - 2, '.') && doc_tok(d, b - 3)->kind == TOK_NUMBER;
}

/* "Shingrix #1 8/19 #2 11/19": when the doses of a series were given. */
static bool is_numbered_dose(const struct doc *d, uint32_t first)
{
    const struct token *n = doc_tok(d, (int64_t)first - 1);
    return n->kind == TOK_NUMBER && n->len == 1 && doc_joined(d, (int64_t)first - 1) &&
           doc_is_mark(d, (int64_t)first - 2, '#') && !doc_joined(d, first);
}

/* "To OR 9/2", "back to the floor 3/1": where somebody goes that day. */
static bool is_way(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "or icu micu sicu ccu nicu picu ir ed er pacu floor snf rehab ward home clinic", 1 },
        { "to", 2 },
        { "the", 4 },
    };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    int64_t i = (int64_t)first - 1;
    if (!(wordset_class(s, doc_tok(d, i)) & 1)) return false;
    i -= wordset_class(s, doc_tok(d, i - 1)) & 4 ? 2 : 1;
    return wordset_class(s, doc_tok(d, i)) & 2;
}

/* "3/1 | 12.1 | 9.8": the first cell of a row. */
static bool is_table_head(const struct doc *d, uint32_t first, uint32_t last,
                          const struct date_context *c)
{
    if (first && doc_is_mark(d, (int64_t)first - 1, '|') && d->tok[first - 1].flags & TOK_LINE)
        return doc_is_mark(d, (int64_t)last + 1, '|') && d->tok[first].len == 2;
    return c->opens_line && d->tok[first].flags & TOK_LINE &&
           (doc_is_mark(d, (int64_t)last + 1, '|') ||
            (doc_is_mark(d, (int64_t)last + 1, ':') && doc_joined(d, (int64_t)last + 1)));
}

/* "Last BM 3/2.", "chest tube removed 3/3": nothing is counted after it, and no score is spoken of. */
static bool ends_event(const struct doc *d, uint32_t last, const struct date_context *c)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (!(c->around & DATE_EVENT) || c->around & DATE_AGAINST || c->before & DATE_UNIT)
        return false;
    if (last + 1 >= d->n || t->flags & TOK_LINE) return true;
    return t->kind == TOK_MARK && (t->hash == '.' || t->hash == ',' || t->hash == ';') &&
           !(doc_joined(d, (int64_t)last + 2));
}

static bool reads_day(const struct token *t, uint64_t most)
{
    return t->kind == TOK_NUMBER && t->len <= 2 && t->hash >= 1 && t->hash <= most;
}

/* "3/13  3/14  3/15": the day before or after stands beside it, as over the columns of a flowsheet or on the other
 * end of a stay. `at`: the month's token of the other day. */
static bool is_next_day(const struct doc *d, uint32_t first, int64_t at)
{
    enum { STEP = 14 };
    const struct token *m = doc_tok(d, at), *day = doc_tok(d, at + 2);
    if (!reads_day(m, 12) || !reads_day(day, 31) || !doc_is_mark(d, at + 1, '/') ||
        !doc_joined(d, at + 1) || !doc_joined(d, at + 2))
        return false;
    uint64_t month = d->tok[first].hash, own = d->tok[first + 2].hash;
    uint64_t a = at < (int64_t)first ? m->hash * 31 + day->hash : month * 31 + own;
    uint64_t b = at < (int64_t)first ? month * 31 + own : m->hash * 31 + day->hash;
    /* of equal denominators neither is a day: strength 3/5 and 4/5 */
    return b > a && b - a <= STEP && (m->hash == month || day->hash != own);
}

/* What stands between two days of a list, or between the cells of a row. */
static bool is_joint(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '|') || doc_is_mark(d, i, ',') || doc_is_mark(d, i, '&') ||
           doc_is_word(d, i, VIEW("and"));
}

static bool is_column_of_days(const struct doc *d, uint32_t first, uint32_t last)
{
    if (last != first + 2) return false;
    int64_t before = (int64_t)first - 3, after = (int64_t)last + 1;
    if (is_joint(d, before + 2)) before--;
    if (is_joint(d, after)) after++;
    return (!(d->tok[first].flags & TOK_LINE) && is_next_day(d, first, before)) ||
           (!(doc_tok(d, after)->flags & TOK_LINE) && is_next_day(d, first, after));
}

/* "3/2 to 3/9", "3/2-3/9": a stay; "strength 3/5 to 4/5" keeps its denominator. */
static bool is_stay(const struct written_date *w, const struct date_context *c)
{
    const struct written_part *a = &w->part[0], *b = &w->part[1];
    if (w->parts != 2 || w->separator != '/' || c->around & DATE_AGAINST || a->day == b->day)
        return false;
    return a->month == b->month ? b->day > a->day + 1
                                : b->month == a->month + 1 && a->day > 12 && b->day < a->day;
}

bool date_counts_things(const struct doc *d, uint32_t last)
{
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    if (next->kind != TOK_WORD || !(next->flags & TOK_LOWER) || next->flags & TOK_LINE)
        return false;
    const view word = doc_view(d, last + 1, last + 1);
    return word.n > 4 && word.p[word.n - 1] == 's' &&
           !(doc_bits(d, (int64_t)last + 1) & (LEX(PERSON_VERB) | LEX(FUNCTION)));
}

/* 3/14, 11/30: no grade, dose or share is written so, unless the words around speak of one. */
static bool is_plain_day(const struct doc *d, uint32_t first, uint32_t last,
                         const struct written_date *w, const struct date_context *c)
{
    const struct token *next = doc_tok(d, (int64_t)last + 1),
                       *before = doc_tok(d, (int64_t)first - 1);
    uint64_t day = d->tok[first + 2].hash;
    if (w->parts != 1 || w->day_first || last != first + 2 || day < 13 || day > 31) return false;
    if (c->around & DATE_AGAINST || c->after & (DATE_LINK | DATE_AGAINST)) return false;
    /* 5/16", 11/16 wrench: an inch's */
    if (day == 16 && d->tok[first].hash % 2 && !date_ends_clause(d, last)) return false;
    if (next->kind == TOK_MARK && !(next->flags & TOK_LINE) &&
        (next->hash == '"' || next->hash == 0x2033 || next->hash == '='))
        return false;
    if (!c->after && date_counts_things(d, last)) return false;
    /* "Lotrel 5/20", "Zorvex 12/30 given": the strength of a drug of two */
    const uint64_t bits = doc_bits(d, (int64_t)first - 1);
    bool brackets = next->kind == TOK_MARK && next->hash == ')';
    bool drug =
        bits & LEX(DRUG) || (!bits && before->flags & TOK_CAP && !date_ends_clause(d, last));
    /* "started metformin 3/14" */
    const bool begun = c->around & DATE_EVENT && day % 5 && date_ends_clause(d, last);
    if (drug && before->kind == TOK_WORD && !brackets && !begun) return false;
    return before->kind != TOK_NUMBER || doc_joined(d, (int64_t)first - 1) ||
           date_ends_clause(d, last);
}

/* 04/11, 03/05: no share, strength or score is written with a nought before it. */
static bool has_zero(const struct written_date *w)
{
    if (!date_is_padded(w) || w->separator != '/') return false;
    for (int i = 0; i < w->n; i++)
        if (w->text.p[w->piece[i].start] == '0') return true;
    return false;
}

/* "stress test 3/14": tests are scored out of ten, twenty or thirty. */
static bool is_day_of_test(const struct doc *d, uint32_t first, uint32_t last,
                           const struct written_date *w)
{
    const int day = w->part[0].day;
    return w->parts == 1 && !w->day_first && day > 12 && day % 5 && date_ends_clause(d, last) &&
           doc_is_word(d, (int64_t)first - 1, VIEW("test"));
}

/* "your PSA from 12-18 looks fine" */
static bool is_value_of(const struct doc *d, uint32_t first, const struct date_context *c)
{
    return c->after & DATE_RESULT && doc_is_word(d, (int64_t)first - 1, VIEW("from"));
}

/* "f/u 3/5 Dr. Roe": whom it is with. */
static bool is_with_doctor(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return t->kind == TOK_WORD && t->flags & TOK_CAP && !(t->flags & TOK_LINE) &&
           doc_bits(d, (int64_t)last + 1) & LEX(TITLE) &&
           (doc_is_mark(d, (int64_t)last + 2, '.') ||
            doc_tok(d, (int64_t)last + 2)->flags & TOK_CAP);
}

static float judge_two(const struct doc *d, uint32_t first, uint32_t last,
                       const struct written_date *w, const struct date_context *c)
{
    uint8_t has = w->part[0].has;
    bool strong = (c->before & DATE_STRONG) != 0, weak = (c->before & DATE_WEAK) != 0;
    bool unit = c->percent || (c->after & DATE_UNIT);
    /* "mammogram 9/4 normal" */
    bool grade = c->after & DATE_GRADE &&
                 !(c->before & DATE_STUDY && c->after & DATE_RESULT && !is_score(w));
    if (date_is_chained(d, first, last) || !w->in_calendar) return 0;
    /* "in 3/14 (21%)" */
    if (doc_is_mark(d, (int64_t)last + 1, '(') && doc_is_mark(d, (int64_t)last + 3, '%')) return 0;
    if (d->tok[first].hash == 24 && d->tok[last].hash == 7) return 0; /* 24/7 */
    /* "O2 sat 5/88": no month and year have a weekday */
    if ((has & (WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY | WRITTEN_WEEKDAY)) ==
        (WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_WEEKDAY))
        return 0;
    if (!(has & (WRITTEN_YEAR | WRITTEN_WEEKDAY)) && date_is_value(d, first, last)) return 0;
    if (date_is_glued(d, first, last) && !is_range_mark(d, last, strong)) return 0;
    /* "Strength improved Monday 3/5, Tuesday 4/5" */
    if (has & WRITTEN_WEEKDAY && is_score(w) && !strong &&
        (c->before | c->around | c->after) & (DATE_AGAINST | DATE_GRADE))
        return 0;
    if (has & (WRITTEN_WEEKDAY | WRITTEN_TIME)) return unit ? 0 : 0.95f;
    bool week = doc_is_word(d, (int64_t)first - 1, VIEW("of")) &&
                date_class(d, (int64_t)first - 2) & DATE_NEAR;  /* "the week of 6/10" */
    bool told = strong || c->around & (DATE_EVENT | DATE_NEAR); /* "next INR 4/20" */
    if (date_has_shield(d, first, last, SHIELD_MEASURE) && !date_is_timed(d, first, last, c) &&
        !is_table_head(d, first, last, c) && !(week && strong) &&
        !(told && is_plain_day(d, first, last, w, c)) && !is_value_of(d, first, c) &&
        !date_is_jotted(d, first, last))
        return 0;
    if ((unit && !strong) || date_is_bottles(d, first, last)) return 0;
    if ((has & WRITTEN_YEAR) && !date_has_short_year(w)) { /* 3/2021, 2021-03 */
        if (w->separator == '/') return 0.93f;
        bool month_first = w->piece[0].field == WRITTEN_MONTH;
        if (strong || weak || c->before & (DATE_NEAR | DATE_STUDY)) return 0.8f; /* "Tdap 1-2011" */
        if (month_first) return date_is_padded(w) ? 0.6f : 0;
        /* 2019-04: no years from one to the other, and nobody's number */
        return date_is_padded(w) && w->part[0].year % 100 > w->part[0].month &&
                       doc_bits(d, (int64_t)first - 1) &
                           (LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG)) &&
                       date_ends_clause(d, last)
                   ? 0.6f
                   : 0;
    }
    if (w->separator == '-' && w->parts == 1)
        return !unit && !grade && date_judge_dashed(d, first, last, w, c) ? 0.6f : 0;
    if (has & WRITTEN_YEAR) { /* 9/98, 9/03 */
        if (d->tok[last].hash == 52 && !(c->before & DATE_BIRTH) &&
            !doc_is_word(d, (int64_t)first - 1, VIEW("since")))
            return 0; /* 4/52: four weeks */
        bool last_century = w->part[0].year < 2000 && w->part[0].year >= 1950;
        if (c->before & DATE_AGAINST || grade) return 0;
        if (last_century && date_is_wide(d, first, last)) return 0;
        if (!last_century && (c->around & DATE_AGAINST) && !strong && !weak) return 0;
        if (strong || weak || c->opens_line) return 0.85f;
        return last_century ? 0.6f : 0;
    }
    /* "scheduled for 3/5", "CXR 3/5", "CT from 3/5", but not "CT 1/3 of …" */
    bool study = c->around & DATE_STUDY && (weak || c->before & DATE_STUDY) && !grade &&
                 !(c->after & DATE_LINK);
    bool near =
        strong || (weak && (c->around & DATE_STRONG)) || study ||
        date_is_timed(d, first, last, c) || is_numbered_dose(d, first) ||
        date_is_signed(d, first, last, c) || is_dated_value(d, first, last, c) ||
        is_table_head(d, first, last, c) || ends_event(d, last, c) || date_is_of_cycle(d, first) ||
        date_is_of_note(d, first) || is_way(d, first) ||
        (date_is_done_then(d, first) && date_ends_clause(d, last)) ||
        is_column_of_days(d, first, last) || is_stay(w, c) || date_is_charted(d, first, last, c) ||
        date_is_of_named(d, first, last, c, date_ends_clause(d, last)) ||
        date_is_jotted(d, first, last) || (c->after_procedure && date_ends_clause(d, last)) ||
        (c->before & (DATE_NEAR | DATE_STUDY) && date_ends_clause(d, last) &&
         !date_has_time(d, last));
    if (c->before & DATE_AGAINST) return is_day_of_test(d, first, last, w) ? 0.7f : 0;
    if (is_with_doctor(d, last) && w->separator == '/') return 0.7f;
    if ((c->around & DATE_AGAINST) && !strong && !weak) return 0;
    if (is_score(w) && doc_is_word(d, (int64_t)last + 1, VIEW("of"))) return 0;
    if (is_score(w))
        return near && !unit && !grade && (!(c->around & DATE_AGAINST) || c->before & DATE_SURE)
                   ? 0.7f
                   : 0;
    if (grade && !strong) return 0;
    if (strong) return 0.88f;
    if (weak || c->before & DATE_EVENT) return 0.75f;
    if ((c->before & DATE_NEAR || date_is_done_then(d, first)) && !date_has_time(d, last) &&
        !date_counts_things(d, last) && !date_is_after_measured(d, first, false))
        return 0.7f;
    bool time = doc_is_mark(d, (int64_t)last + 2, ':') && doc_tok(d, (int64_t)last + 3)->len == 2;
    if (time) return 0.85f;
    bool head = c->opens_line && (doc_is_mark(d, (int64_t)last + 1, ':') ||
                                  (c->after & DATE_WEAK) || doc_is_mark(d, (int64_t)last + 1, ')'));
    if (head) return 0.75f;
    if (near || is_plain_day(d, first, last, w, c)) return 0.75f;
    if (has_zero(w) && d->tok[last].hash != 10) return 0.65f;
    if (c->after & (DATE_WEAK) && w->part[0].day > 10) return 0.65f;
    if (c->after_procedure || c->around & DATE_STUDY) return 0.7f;
    return w->parts == 2 && w->part[0].day > 10 ? 0.65f : 0;
}

float date_judge_two(const struct doc *d, uint32_t first, uint32_t last,
                     const struct written_date *w, const struct date_context *c)
{
    const float score = judge_two(d, first, last, w, c);
    const bool bare = w->separator == '/' && w->parts == 1 && !(w->part[0].has & WRITTEN_WEEKDAY);
    return score > 0 && bare && date_is_count(d, first, last) ? 0 : score;
}
