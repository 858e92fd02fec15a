/* detect/date_judge.c — see date_judge.h. */
#include "detect/date_judge.h"

#include "detect/date_charted.h"
#include "detect/date_judge_numbers.h"
#include "detect/date_spoken.h"
#include "detect/date_timed.h"
#include "detect/wordset.h"
#include "text/date_words.h"

/* The month word, if it is one of ordinary language too and is not written as a name here. */
static bool is_doubtful_word(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        uint32_t cls = date_class(d, i);
        if (!(cls & DATE_MONTH)) continue;
        const struct token *t = &d->tok[i];
        bool title = (t->flags & TOK_CAP) && !(t->flags & TOK_UPPER);
        return (cls & DATE_VERB) && !title;
    }
    return false;
}

static bool has_suffix(const struct written_date *w)
{
    for (int i = 0; i < w->n; i++)
        if (w->piece[i].suffix) return true;
    return false;
}

/* A month in letters. */
/* "ANC 2.1\nMay use", "Refills: 1\nMay repeat": a number that ends its line or a decimal is no day of the month
 * behind it. */
static bool is_day_of_another(const struct doc *d, uint32_t first, uint32_t last)
{
    if (doc_joined(d, first) && doc_is_mark(d, (int64_t)first - 1, '.') &&
        doc_joined(d, first - 1) && doc_tok(d, (int64_t)first - 2)->kind == TOK_NUMBER)
        return true;
    for (uint32_t i = first + 1; i <= last; i++)
        if (d->tok[i].flags & TOK_LINE) return true;
    return false;
}

/* "Pred Dec 15 to 10", "nov 10 lantus 20": a drug is made less of, or is one of insulins; no day is so. */
static bool is_dose_of(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t after = (int64_t)last + 1;
    const struct token *n = doc_tok(d, after + 1);
    if (d->tok[last].kind != TOK_NUMBER || n->kind != TOK_NUMBER ||
        doc_tok(d, after)->flags & TOK_LINE)
        return false;
    if (doc_is_word(d, after, VIEW("to")))
        return n->len <= 2 && n->hash < d->tok[last].hash &&
               !(date_class(d, after + 2) & DATE_MONTH) &&
               doc_bits(d, (int64_t)first - 1) & LEX(DRUG);
    return d->tok[first].flags & TOK_LOWER && doc_bits(d, after) & LEX(DRUG) && first + 1 == last;
}

/* "UCEIS 5 Mayo 2", "2 Mayo scissors": a clinic's score and a surgeon's scissors, but for Spanish around it. */
static bool is_of_clinic(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { REACH = 4 };
    static const struct wordset_row rows[] = {
        { "de del el la los las en con por para desde hasta dia fecha cita y nacimiento nacido "
          "nacida enero febrero marzo abril junio julio agosto septiembre octubre noviembre "
          "diciembre lunes martes miercoles jueves viernes sabado domingo cinco",
          1 },
    };
    static struct wordset spanish = WORDSET(rows);
    const struct wordset *s = wordset_ready(&spanish);
    bool mayo = false;
    for (uint32_t i = first; i <= last; i++)
        mayo |= doc_is_word(d, i, VIEW("mayo"));
    if (!mayo) return false;
    for (int64_t i = (int64_t)first - REACH; i <= (int64_t)last + REACH; i++)
        if (wordset_class(s, doc_tok(d, i))) return false;
    return true;
}

/* "C1 2 FEB, C2 23 FEB, C3 16 MAR": a day of another month stands shortly before it. */
static bool is_among_days(const struct doc *d, uint32_t first)
{
    enum { REACH = 6 };
    for (int64_t i = (int64_t)first - 1, n = 0; i > 0 && n < REACH; i--, n++) {
        if (d->tok[i + 1].flags & TOK_LINE) return false;
        const uint32_t cls = date_class(d, i);
        if (cls & DATE_MONTH && !(cls & DATE_VERB))
            return doc_tok(d, i - 1)->kind == TOK_NUMBER && doc_tok(d, i - 1)->len <= 2;
    }
    return false;
}

/* "Sutures out August 21 in Machias": no inches. */
static bool is_in_place(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 2);
    return doc_is_word(d, (int64_t)last + 1, VIEW("in")) && t->kind == TOK_WORD &&
           t->flags & TOK_CAP && !(t->flags & TOK_LINE) && !d->is_caseless;
}

static float judge_named(const struct doc *d, uint32_t first, uint32_t *last,
                         const struct written_date *w, const struct date_context *c)
{
    uint8_t has = w->part[0].has;
    bool unit = c->percent || (c->after & DATE_UNIT);
    bool cue = (c->before & (DATE_STRONG | DATE_WEAK)) != 0;
    if ((has & DATE_UNITS) == DATE_UNITS) return date_has_short_year(w) && unit ? 0.6f : 0.99f;
    bool doubtful = is_doubtful_word(d, first, *last);
    if (has & WRITTEN_YEAR) {
        if (date_has_short_year(w)) { /* Feb '21, Oct 96 */
            bool apostrophe = d->text.p[d->tok[*last].start - 1] == '\'';
            if (unit || (!apostrophe && date_has_shield(d, first, *last, SHIELD_MEASURE))) return 0;
            return apostrophe ? 0.93f : doubtful && !cue ? 0 : 0.75f;
        }
        if ((unit && (doubtful || !cue)) || date_has_shield(d, first, *last, SHIELD_TAG)) return 0;
        return doubtful && !cue ? 0.85f : 0.97f;
    }
    if (has & WRITTEN_DAY) {
        if (is_of_clinic(d, first, *last)) return 0;
        if (has & WRITTEN_WEEKDAY) return unit && doubtful ? 0 : 0.96f;
        if (has_suffix(w)) return 0.96f;
        if (w->day_first && !cue && is_day_of_another(d, first, *last)) return 0;
        if (unit || (date_has_shield(d, *last, *last, SHIELD_MEASURE) && !is_in_place(d, *last)))
            return 0;
        if (!cue && is_dose_of(d, first, *last)) return 0;
        if (doc_is_mark(d, (int64_t)*last + 1, '.') && doc_joined(d, (int64_t)*last + 1) &&
            doc_tok(d, (int64_t)*last + 2)->kind == TOK_NUMBER && doc_joined(d, (int64_t)*last + 2))
            return 0; /* May 5.5 */
        /* "FELL 16 MAR" */
        if (doubtful && w->day_first)
            cue |= (c->before & DATE_EVENT) != 0 || is_among_days(d, first);
        if (doubtful) return cue ? 0.8f : 0;
        bool lower = (d->tok[first].flags & TOK_LOWER) && !d->is_caseless && !w->day_first;
        return lower && !cue ? 0.75f : 0.94f;
    }
    return 0; /* a month alone: date_judge_alone */
}

/* "Jan 9th 23": two bare digits at the end are a year only where all else says date. */
static bool has_bare_year(const struct written_date *w)
{
    if (w->form != WRITTEN_NAMED || w->n <= 2) return false; /* a holiday alone has no pieces */
    const struct written_piece *p = &w->piece[w->n - 1];
    return p->field == WRITTEN_YEAR && p->short_year && ascii_is_space(w->text.p[p->start - 1]) &&
           w->text.p[p->start - 2] != ',';
}

/* "1q25", "3q26": a chromosome's long arm, not a quarter. */
SELDOM static bool is_band(const struct doc *d, uint32_t first, uint32_t last)
{
    return last == first + 2 && doc_joined(d, first + 1) && doc_joined(d, last) &&
           d->tok[first + 1].kind == TOK_WORD && d->text.p[d->tok[first + 1].start] == 'q';
}

bool date_judge(const struct doc *d, uint32_t first, uint32_t *last,
                const struct written_date *whole, struct finding *f)
{
    if (date_has_shield(d, first, *last, SHIELD_TAG)) return false;
    struct date_context c = date_context_of(d, first, *last);
    struct written_date without FILLED_LATER;
    const struct written_date *w = whole;
    if (has_bare_year(whole) &&
        (!(c.before & DATE_STRONG) || c.percent || (d->shield[*last] & SHIELD_MEASURE) ||
         (c.after & (DATE_UNIT | DATE_GRADE | DATE_AGAINST)))) {
        without = *whole;
        without.n--;
        without.part[0].has &= (uint8_t)~WRITTEN_YEAR;
        without.part[1].has &= (uint8_t)~WRITTEN_YEAR;
        w = &without;
        (*last)--;
        c = date_context_of(d, first, *last);
    }
    enum rule rule = RULE_DATE_FULL;
    float score = 0;
    uint8_t has = w->part[0].has;
    switch (w->form) {
    case WRITTEN_NUMERIC:
        score = (has & DATE_UNITS) == DATE_UNITS ? date_judge_three(d, first, *last, w, &c)
                                                 : date_judge_two(d, first, *last, w, &c);
        if ((has & DATE_UNITS) != DATE_UNITS)
            rule = has & WRITTEN_YEAR ? RULE_DATE_MONTH : RULE_DATE_CUE;
        break;
    case WRITTEN_NAMED:
        score = judge_named(d, first, last, w, &c);
        if ((has & DATE_UNITS) != DATE_UNITS)
            rule = has & WRITTEN_YEAR ? RULE_DATE_MONTH : RULE_DATE_DAY;
        break;
    case WRITTEN_COMPACT: /* 05MAR2021, 20210305 */
        if (!w->piece[1].digits) {
            score = date_has_short_year(w) ? 0.93f : has & WRITTEN_YEAR ? 0.99f : 0.85f;
            if (!(has & WRITTEN_YEAR) && (c.after & DATE_UNIT)) score = 0;
        } else if (d->tok[first].len < 8) { /* 030521 */
            bool bare = !date_is_chained(d, first, *last) && !date_is_glued(d, first, *last) &&
                        !(c.after & (DATE_UNIT | DATE_LINK)) && !c.percent;
            const bool told = c.before & (DATE_STRONG | DATE_EVENT | DATE_NEAR) ||
                              date_is_dictated(d, first, *last) || date_has_time(d, *last);
            score = bare && told ? 0.65f : 0;
        } else if (!date_is_chained(d, first, *last) && !date_is_glued(d, first, *last)) {
            bool cue = (c.before & (DATE_STRONG | DATE_WEAK)) || (has & WRITTEN_TIME);
            score = cue ? 0.95f : 0.7f;
        }
        rule = w->piece[1].digits ? RULE_DATE_DIGITS : RULE_DATE_FULL;
        break;
    case WRITTEN_PERIOD:
        rule = has & WRITTEN_HOLIDAY ? RULE_DATE_HOLIDAY : RULE_DATE_PERIOD;
        score = !(has & WRITTEN_YEAR) ? 0 : (c.after & DATE_UNIT) ? 0 : 0.93f;
        if (is_band(d, first, *last)) score = 0;
        break;
    case WRITTEN_DAYNAME:
        rule = RULE_DATE_WEEKDAY;
        score = 0.9f;
        break;
    default: return false;
    }
    if (score <= 0) return false;
    *f = doc_finding(d, first, *last, LABEL_DATE, rule, score);
    if (c.before & DATE_STRONG) {
        f->cue_start = d->tok[c.cue_first].start;
        f->cue_end = token_end(&d->tok[c.cue_last]);
    }
    if ((c.before & DATE_BIRTH) || ((c.around & DATE_BIRTH) && (c.before & DATE_STRONG)))
        f->part = PART_BIRTH;
    return true;
}

enum { LONG_HOLIDAY = 6 }; /* "thanksgiving", "easter": no other word, in small letters too */

/* "4th day of March", "fifth day of March", as lawyers write it: the first token of the day, or `month`. */
static uint32_t day_of_begin(const struct doc *d, uint32_t month)
{
    if (month < 3 || !doc_is_word(d, month - 1, VIEW("of")) ||
        !doc_is_word(d, month - 2, VIEW("day")))
        return month;
    const int64_t i = (int64_t)month - 3;
    if (date_class(d, i) & DATE_ORDINAL) return (uint32_t)i;
    const struct token *t = doc_tok(d, i - 1);
    const bool counted = t->kind == TOK_NUMBER && t->hash - 1 < 31 && doc_joined(d, i) &&
                         doc_tok(d, i)->len == 2 && !doc_joined(d, i - 1);
    return counted ? (uint32_t)i - 1 : month;
}

bool date_spoken_day(const struct doc *d, uint32_t month, uint32_t *first, uint32_t *last)
{
    const uint32_t cls = date_class(d, month);
    if (!(cls & DATE_MONTH)) return false;
    int64_t day = (int64_t)month - 1;
    if (*first == month && day_of_begin(d, month) < month) {
        *first = day_of_begin(d, month);
        if (*last == month) *last = date_past_spoken_year(d, month);
        return true;
    }
    if (*first == month && date_class(d, day) & DATE_LINK &&
        date_class(d, day - 1) & DATE_ORDINAL) {
        day--;
        if (doc_is_mark(d, day - 1, '-') && date_class(d, day - 2) & DATE_TENS) day -= 2;
        if (date_class(d, day - 1) & DATE_TENS) day--;
        *first = (uint32_t)day;
        if (*last == month) *last = date_past_spoken_year(d, month);
        return true;
    }
    if (*last != month) return false;
    day = (int64_t)month + 1;
    if (date_class(d, day) & DATE_LINK) day++; /* March the fifth */
    if (date_class(d, day) & DATE_TENS) day += doc_is_mark(d, day + 1, '-') ? 2 : 1;
    if (!(date_class(d, day) & DATE_ORDINAL)) return false;
    *last = date_past_spoken_year(d, (uint32_t)day);
    /* "may first be seen", "March first, then squat"; "May the ninth" ends there or has a year */
    if (!(cls & DATE_VERB) || *last > day) return true;
    return date_class(d, (int64_t)month + 1) & DATE_LINK &&
           (doc_ends_line(d, day) || doc_tok(d, day + 1)->kind == TOK_MARK);
}

static bool is_month_mark(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK && (t->hash == '-' || t->hash == '/' || t->hash == '&' ||
                                   t->hash == ',' || t->hash == 0x2013);
}

/* December-January, Jan/Feb: a mark alone between it and another month. */
static bool is_month_joined(const struct doc *d, uint32_t i)
{
    const int64_t at = i;
    return (is_month_mark(d, at - 1) && date_class(d, at - 2) & DATE_MONTH) ||
           (is_month_mark(d, at + 1) && date_class(d, at + 2) & DATE_MONTH);
}

/* "prostatectomy, August, at the General": an item of a list behind a word in small letters that is nobody. */
static bool is_month_item(const struct doc *d, uint32_t i)
{
    const int64_t thing = (int64_t)i - 2;
    return doc_is_mark(d, thing + 1, ',') && doc_is_mark(d, (int64_t)i + 1, ',') &&
           doc_tok(d, thing)->flags & TOK_LOWER && !d->is_caseless &&
           !(d->tok[i].flags & TOK_UPPER) &&
           !(doc_bits(d, thing) & (LEX(RELATIVE) | LEX(CLINICIAN) | LEX(FUNCTION)));
}

bool date_judge_alone(const struct doc *d, uint32_t i, uint32_t cls, struct finding *f)
{
    const struct token *t = &d->tok[i];
    bool capital = (t->flags & TOK_CAP) != 0;
    if (d->shield[i] & (SHIELD_TAG | SHIELD_EPONYM | SHIELD_PHRASE)) return false;
    if (!(cls & DATE_MONTH)) { /* a season alone is none; the others are holidays */
        if (cls & (DATE_VERB | DATE_LINK) || (doc_bits(d, i) & LEX(SEASON))) return false;
        if (date_word_find(doc_view(d, i, i)) == NULL ||
            date_word_find(doc_view(d, i, i))->kind != DW_HOLIDAY)
            return false;
        if (!capital && !d->is_caseless && t->len < LONG_HOLIDAY) return false;
        if (t->len <= 3 && t->flags & TOK_UPPER && !d->is_caseless) return false; /* "SSN/EID" */
        if (date_class(d, (int64_t)i + 1) & DATE_ITEM) return false;
        uint32_t end = doc_is_word(d, (int64_t)i + 1, VIEW("eve")) ? i + 1 : i;
        *f = doc_finding(d, i, end, LABEL_DATE, RULE_DATE_HOLIDAY, 0.85f);
        return true;
    }
    const struct token *before = doc_tok(d, (int64_t)i - 1), *after = doc_tok(d, (int64_t)i + 1);
    uint32_t first = i, last = i;
    if (date_spoken_day(d, i, &first, &last)) {
        *f = doc_finding(d, first, last, LABEL_DATE, RULE_DATE_DAY, 0.9f);
        return true;
    }
    const struct date_word *w = date_word_find(doc_view(d, i, i));
    if (!w || w->form == DF_SPANISH || (t->flags & TOK_PARA && !is_month_joined(d, i)))
        return false;
    if (!capital && !d->is_caseless && (cls & DATE_VERB)) return false;
    int64_t cue = (int64_t)i - 1;
    if (before->kind == TOK_MARK && before->hash == '-' && doc_joined(d, i)) cue--; /* mid-March */
    if (date_class(d, cue) & DATE_LINK) cue--; /* the month of May: "of" is a cue of its own */
    bool spoken = (date_class(d, (int64_t)i - 1) | date_class(d, cue)) & DATE_OF_MONTH;
    /* December-January, "in March and May", pre-July */
    bool beside = is_month_joined(d, i);
    if (!(cls & DATE_VERB) || capital) {
        view b = before->kind == TOK_WORD ? doc_view(d, i - 1, i - 1) : VIEW("");
        bool and = view_eq_nocase(b, VIEW("and")) || view_eq_nocase(b, VIEW("or"));
        bool pre = before->kind == TOK_MARK && before->hash == '-' && doc_joined(d, i) &&
                   doc_tok(d, (int64_t)i - 2)->kind == TOK_WORD &&
                   (view_eq_nocase(doc_view(d, i - 2, i - 2), VIEW("pre")) ||
                    view_eq_nocase(doc_view(d, i - 2, i - 2), VIEW("post")));
        /* "from October to April", "a CT Aug" */
        and = and || view_eq_nocase(b, VIEW("to"));
        beside = beside || pre || (and&&(date_class(d, (int64_t)i - 2) & DATE_MONTH)) ||
                 (capital && date_class(d, (int64_t)i - 1) & DATE_STUDY) ||
                 (capital && is_month_item(d, i));
    }
    bool year_on = after->kind == TOK_WORD && (date_class(d, (int64_t)i + 1) & DATE_LINK) &&
                   (date_class(d, (int64_t)i + 2) & DATE_OF_MONTH);
    if (!spoken && !beside && !year_on) return false;
    /* "in May", but not "since may not"; short forms need their capital */
    if ((cls & DATE_VERB) && d->is_caseless && !(date_class(d, (int64_t)i - 1) & DATE_OF_MONTH))
        return false;
    *f = doc_finding(d, i, i, LABEL_DATE, RULE_DATE_MONTH_ALONE, 0.75f);
    return true;
}
