/* detect/date_judge.c — see date_judge.h. */
#include "detect/date_judge.h"

#include "detect/measure_words.h"
#include "text/date_words.h"

enum { UNITS = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY };

static bool is_chained(const struct doc *d, uint32_t first, uint32_t last)
{
    /* 1.2.3/4/2004, 10/3/2004/7: a part of something longer */
    int64_t before = (int64_t)first - 1, after = (int64_t)last + 1;
    if (doc_joined(d, first) && doc_joined(d, before) && doc_tok(d, before)->kind == TOK_MARK &&
        doc_tok(d, before - 1)->kind == TOK_NUMBER &&
        (doc_is_mark(d, before, '/') || doc_is_mark(d, before, '.')))
        return true;
    return doc_joined(d, after) && doc_joined(d, after + 1) &&
           doc_tok(d, after + 1)->kind == TOK_NUMBER &&
           (doc_is_mark(d, after, '/') || doc_is_mark(d, after, '.'));
}

/* A dash or letter joined to it: harmless next to a full date, not next to less. */
static bool is_glued(const struct doc *d, uint32_t first, uint32_t last)
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

/* 10/99-X3: what hangs on behind a dash is a remark. */
static bool is_range_mark(const struct doc *d, uint32_t last, bool strong)
{
    return strong && doc_is_mark(d, (int64_t)last + 1, '-') &&
           doc_tok(d, (int64_t)last + 2)->kind == TOK_WORD;
}

static bool has_shield(const struct doc *d, uint32_t first, uint32_t last, uint8_t set)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->shield[i] & set) return true;
    return false;
}

static bool is_padded(const struct written_date *w)
{
    for (int i = 0; i < w->n; i++)
        if ((w->piece[i].field & (WRITTEN_MONTH | WRITTEN_DAY)) && w->piece[i].len < 2)
            return false;
    return true;
}

static bool has_short_year(const struct written_date *w)
{
    for (int i = 0; i < w->n; i++)
        if (w->piece[i].short_year) return true;
    return false;
}

/* Three numbers: the year's digits and the separator decide how much else is needed. */
static float judge_three(const struct doc *d, uint32_t first, uint32_t last,
                         const struct written_date *w, const struct date_context *c)
{
    bool cue = (c->before & (DATE_STRONG | DATE_WEAK)) != 0;
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    bool unit = c->percent || (c->after & DATE_UNIT);
    if (is_chained(d, first, last)) return 0;
    if (w->part[0].year < 1000 && (w->part[0].has & WRITTEN_YEAR)) /* 08/23/207 */
        return w->separator == '/' && (cue || is_padded(w)) ? 0.7f : 0;
    if (w->separator == ' ') { /* the marks were lost */
        if (!w->in_calendar || unit || (c->after & (DATE_GRADE | DATE_AGAINST))) return 0;
        if (c->before & DATE_STRONG) return 0.8f;
        return cue && !has_short_year(w) && is_padded(w) ? 0.7f : 0;
    }
    if (!has_short_year(w)) return w->in_calendar ? 0.99f : 0.8f;
    if (!w->in_calendar) return 0;
    if (w->separator != '/') {
        if (is_glued(d, first, last)) return 0;
    } else if (doc_joined(d, first) && before->kind == TOK_WORD && before->len <= 2) {
        return 0; /* L3/4/05; but "discharged1/22/93" is a slip, and 3/5/21-3/9/21 a range */
    }
    if (w->separator != '/' && has_shield(d, first, last, SHIELD_MEASURE) && !cue) return 0;
    if (unit && !cue) return 0;
    bool year_first = w->piece[0].field == WRITTEN_YEAR;
    if (year_first) return cue ? 0.8f : 0;
    switch (w->separator) {
    case '/': return w->spaced && !cue ? 0 : 0.95f;
    case '-':
        /* "WBC 12-15-18": how it went */
        if (wordset_class(measure_words(), before) & MW_BEFORE && !cue) return 0;
        return w->spaced && !cue ? 0 : 0.88f;
    default: return cue ? 0.85f : is_padded(w) ? 0.7f : 0;
    }
}

/* 3/5, 2/6, 4/10: fractions and grades have such denominators and no greater numerators. */
static bool is_score(const struct written_date *w)
{
    if (is_padded(w))
        return w->parts == 1 && w->part[0].month == w->part[0].day && w->part[0].day >= 10;
    for (int i = 0; i < w->parts; i++) {
        const struct written_part *p = &w->part[i];
        int a = w->day_first ? p->day : p->month, b = w->day_first ? p->month : p->day;
        if (a > b || (b > 6 && b != 8 && b != 10)) return false;
    }
    return true;
}

/* "3/4 at 2100", "4/7 @ 9am" */
static bool is_timed(const struct doc *d, uint32_t last)
{
    const struct token *at = doc_tok(d, (int64_t)last + 1), *t = doc_tok(d, (int64_t)last + 2);
    bool says = doc_is_mark(d, (int64_t)last + 1, '@') ||
                (at->kind == TOK_WORD && at->hash == token_hash_word(VIEW("at")));
    if (!says || t->kind != TOK_NUMBER) return false;
    if (t->len == 4) return t->hash <= 2359 && t->hash % 100 < 60;
    const struct token *u = doc_tok(d, (int64_t)last + 3);
    if (u->kind == TOK_MARK) return u->hash == ':' && doc_joined(d, (int64_t)last + 4);
    view w = doc_view(d, last + 3, last + 3);
    return t->hash <= 12 && (view_eq_nocase(w, VIEW("am")) || view_eq_nocase(w, VIEW("pm")));
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

/* "3/1 | 12.1 | 9.8": the first cell of a row. */
static bool is_table_head(const struct doc *d, uint32_t first, uint32_t last,
                          const struct date_context *c)
{
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

/* Two numbers: 3/5, 9/98, 3/2021. */
static float judge_two(const struct doc *d, uint32_t first, uint32_t last,
                       const struct written_date *w, const struct date_context *c)
{
    uint8_t has = w->part[0].has;
    bool strong = (c->before & DATE_STRONG) != 0, weak = (c->before & DATE_WEAK) != 0;
    bool unit = c->percent || (c->after & DATE_UNIT), grade = (c->after & DATE_GRADE) != 0;
    if (is_chained(d, first, last) || !w->in_calendar) return 0;
    if (d->tok[first].hash == 24 && d->tok[last].hash == 7) return 0; /* 24/7 */
    if (is_glued(d, first, last) && !is_range_mark(d, last, strong)) return 0;
    if (has & (WRITTEN_WEEKDAY | WRITTEN_TIME)) return unit ? 0 : 0.95f;
    if (has_shield(d, first, last, SHIELD_MEASURE) && !is_timed(d, last) &&
        !is_table_head(d, first, last, c))
        return 0;
    if (unit && !strong) return 0;
    if ((has & WRITTEN_YEAR) && !has_short_year(w)) { /* 3/2021, 2021-03 */
        if (w->separator == '/') return 0.93f;
        bool month_first = w->piece[0].field == WRITTEN_MONTH;
        return strong || weak ? 0.8f : month_first && is_padded(w) ? 0.6f : 0;
    }
    if (w->separator == '-' && w->parts == 1) { /* "2-3 days", "L4-5": only a label speaks for it */
        bool label = strong && !unit && !grade && !(c->after & DATE_LINK);
        return label && w->part[0].day > 12 ? 0.6f : 0;
    }
    if (has & WRITTEN_YEAR) { /* 9/98, 9/03 */
        bool last_century = w->part[0].year < 2000 && w->part[0].year >= 1950;
        if (c->before & DATE_AGAINST || grade) return 0;
        if (!last_century && (c->around & DATE_AGAINST) && !strong && !weak) return 0;
        if (strong || weak || c->opens_line) return 0.85f;
        return last_century ? 0.6f : 0;
    }
    /* "scheduled for 3/5", "CXR 3/5", "CT from 3/5", but not "CT 1/3 of …" */
    bool study = c->around & DATE_STUDY && (weak || c->before & DATE_STUDY) && !grade &&
                 !(c->after & DATE_LINK);
    bool near = strong || (weak && (c->around & DATE_STRONG)) || study || is_timed(d, last) ||
                is_dated_value(d, first, last, c) || is_table_head(d, first, last, c) ||
                ends_event(d, last, c);
    if (c->before & DATE_AGAINST) return 0;
    if ((c->around & DATE_AGAINST) && !strong && !weak) return 0;
    if (is_score(w)) return near && !unit && !grade && !(c->around & DATE_AGAINST) ? 0.7f : 0;
    if (grade && !strong) return 0;
    if (strong) return 0.88f;
    if (weak) return 0.75f;
    bool time = doc_is_mark(d, (int64_t)last + 2, ':') && doc_tok(d, (int64_t)last + 3)->len == 2;
    if (time) return 0.85f;
    bool head = c->opens_line && (doc_is_mark(d, (int64_t)last + 1, ':') ||
                                  (c->after & DATE_WEAK) || doc_is_mark(d, (int64_t)last + 1, ')'));
    if (head) return 0.75f;
    if (near) return 0.75f;
    if (c->after & (DATE_WEAK) && w->part[0].day > 10) return 0.65f;
    if (c->after_procedure || c->around & DATE_STUDY) return 0.7f;
    return w->parts == 2 && w->part[0].day > 10 ? 0.65f : 0;
}

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
static float judge_named(const struct doc *d, uint32_t first, uint32_t *last,
                         const struct written_date *w, const struct date_context *c)
{
    uint8_t has = w->part[0].has;
    bool unit = c->percent || (c->after & DATE_UNIT);
    bool cue = (c->before & (DATE_STRONG | DATE_WEAK)) != 0;
    if ((has & UNITS) == UNITS) return has_short_year(w) && unit ? 0.6f : 0.99f;
    bool doubtful = is_doubtful_word(d, first, *last);
    if (has & WRITTEN_YEAR) {
        if (has_short_year(w)) { /* Feb '21, Oct 96 */
            bool apostrophe = d->text.p[d->tok[*last].start - 1] == '\'';
            if (unit || (!apostrophe && has_shield(d, first, *last, SHIELD_MEASURE))) return 0;
            return apostrophe ? 0.93f : doubtful && !cue ? 0 : 0.75f;
        }
        if ((unit && (doubtful || !cue)) || has_shield(d, first, *last, SHIELD_TAG)) return 0;
        return doubtful && !cue ? 0.85f : 0.97f;
    }
    if (has & WRITTEN_DAY) {
        if (has & WRITTEN_WEEKDAY) return unit && doubtful ? 0 : 0.96f;
        if (has_suffix(w)) return 0.96f;
        if (unit || has_shield(d, *last, *last, SHIELD_MEASURE)) return 0;
        if (doc_is_mark(d, (int64_t)*last + 1, '.') && doc_joined(d, (int64_t)*last + 1) &&
            doc_tok(d, (int64_t)*last + 2)->kind == TOK_NUMBER && doc_joined(d, (int64_t)*last + 2))
            return 0; /* May 5.5 */
        if (doubtful) return cue ? 0.8f : 0;
        bool lower = (d->tok[first].flags & TOK_LOWER) && !d->is_caseless && !w->day_first;
        return lower && !cue ? 0.75f : 0.94f;
    }
    return 0; /* a month alone: date_judge_alone */
}

/* "Jan 9th 23": two bare digits at the end are a year only where all else says date. */
static bool has_bare_year(const struct written_date *w)
{
    const struct written_piece *p = &w->piece[w->n - 1];
    return w->form == WRITTEN_NAMED && w->n > 2 && p->field == WRITTEN_YEAR && p->short_year &&
           ascii_is_space(w->text.p[p->start - 1]) && w->text.p[p->start - 2] != ',';
}

/* "1q25", "3q26": a chromosome's long arm, not a quarter. */
static bool is_band(const struct doc *d, uint32_t first, uint32_t last)
{
    return last == first + 2 && doc_joined(d, first + 1) && doc_joined(d, last) &&
           d->tok[first + 1].kind == TOK_WORD && d->text.p[d->tok[first + 1].start] == 'q';
}

bool date_judge(const struct doc *d, uint32_t first, uint32_t *last,
                const struct written_date *whole, struct finding *f)
{
    if (has_shield(d, first, *last, SHIELD_TAG)) return false;
    struct date_context c = date_context_of(d, first, *last);
    struct written_date without;
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
        score = (has & UNITS) == UNITS ? judge_three(d, first, *last, w, &c)
                                       : judge_two(d, first, *last, w, &c);
        if ((has & UNITS) != UNITS) rule = has & WRITTEN_YEAR ? RULE_DATE_MONTH : RULE_DATE_CUE;
        break;
    case WRITTEN_NAMED:
        score = judge_named(d, first, last, w, &c);
        if ((has & UNITS) != UNITS) rule = has & WRITTEN_YEAR ? RULE_DATE_MONTH : RULE_DATE_DAY;
        break;
    case WRITTEN_COMPACT: /* 05MAR2021, 20210305 */
        if (!w->piece[1].digits) {
            score = has_short_year(w) ? 0.93f : has & WRITTEN_YEAR ? 0.99f : 0.85f;
            if (!(has & WRITTEN_YEAR) && (c.after & DATE_UNIT)) score = 0;
        } else if (d->tok[first].len < 8) { /* 030521 */
            bool bare = !is_chained(d, first, *last) && !is_glued(d, first, *last) &&
                        !(c.after & (DATE_UNIT | DATE_LINK)) && !c.percent;
            score = bare && (c.before & DATE_STRONG) ? 0.65f : 0;
        } else if (!is_chained(d, first, *last) && !is_glued(d, first, *last)) {
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
        if (!capital && !d->is_caseless) return false;
        if (date_class(d, (int64_t)i + 1) & DATE_ITEM) return false;
        *f = doc_finding(d, i, i, LABEL_DATE, RULE_DATE_HOLIDAY, 0.85f);
        return true;
    }
    const struct token *before = doc_tok(d, (int64_t)i - 1), *after = doc_tok(d, (int64_t)i + 1);
    const struct date_word *w = date_word_find(doc_view(d, i, i));
    if (!w || w->form == DF_SPANISH || (t->flags & TOK_PARA)) return false;
    if (!capital && !d->is_caseless && (cls & DATE_VERB)) return false;
    int64_t cue = (int64_t)i - 1;
    if (before->kind == TOK_MARK && before->hash == '-' && doc_joined(d, i)) cue--; /* mid-March */
    if (date_class(d, cue) & DATE_LINK) cue--; /* the month of May: "of" is a cue of its own */
    bool spoken = (date_class(d, (int64_t)i - 1) | date_class(d, cue)) & DATE_OF_MONTH;
    /* December-January, "in March and May", pre-July */
    const struct token *joint = before->kind == TOK_MARK ? before : after;
    bool beside = joint->kind == TOK_MARK &&
                  (date_class(d, (int64_t)i + (joint == after ? 2 : -2)) & DATE_MONTH);
    if (!(cls & DATE_VERB) || capital) {
        view b = before->kind == TOK_WORD ? doc_view(d, i - 1, i - 1) : VIEW("");
        bool and = view_eq_nocase(b, VIEW("and")) || view_eq_nocase(b, VIEW("or"));
        bool pre = before->kind == TOK_MARK && before->hash == '-' && doc_joined(d, i) &&
                   doc_tok(d, (int64_t)i - 2)->kind == TOK_WORD &&
                   (view_eq_nocase(doc_view(d, i - 2, i - 2), VIEW("pre")) ||
                    view_eq_nocase(doc_view(d, i - 2, i - 2), VIEW("post")));
        beside = beside || pre || (and&&(date_class(d, (int64_t)i - 2) & DATE_MONTH));
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
