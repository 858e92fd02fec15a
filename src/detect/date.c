/* detect/date.c — dates: finds where one may be written, reads it, and lets the context decide.
 *
 * Found: days and months with or without a year, seasons, quarters and holidays with theirs, a weekday
 * with a date, a year of birth that shows an age over 89. Not: bare years, bare weekdays, "last week";
 * fractions, pressures, strengths, scores, doses (see date_judge.c).
 * Source: 45 CFR 164.514(b)(2)(i)(C).
 */
#include "base/clock.h"
#include "detect/date_dotted.h"
#include "detect/date_judge.h"
#include "detect/date_list.h"
#include "detect/date_misread.h"
#include "detect/date_ordinal.h"
#include "detect/date_spoken.h"
#include "detect/date_stamped.h"
#include "detect/detectors.h"

enum { LOOK_BACK = 6, OVER_89 = 90 };
enum { BESIDE_DAY = DATE_MONTH | DATE_AFTER_DAY | DATE_PERIOD | DATE_LINK };

/* Is the word at i one that a date is spelled with? */
static inline bool is_date_word(const struct doc *d, int64_t i, uint32_t classes)
{
    return (date_part(d, i) & classes) != 0;
}

static inline bool is_joint(const struct token *t)
{
    static const uint64_t joints = DOC_MARK_BIT('.') | DOC_MARK_BIT(',') | DOC_MARK_BIT('\'') |
                                   DOC_MARK_BIT('-') | DOC_MARK_BIT('/');
    const uint64_t mark = t->hash - 0x20;
    return (mark < 64) & (joints >> (mark & 63)) & (t->kind == TOK_MARK);
}

/* May words of a date lead over token p to what is behind it? */
static inline bool may_lead_over(const struct token *p)
{
    return is_joint(p) | wordset_may_have(wordset_ready(&date_words_inside), p->hash) |
           (p->hash == token_hash_literal(VIEW("eve"))) |
           (p->hash == token_hash_literal(VIEW("day")));
}

/* May words of a date end before number i? Behind a word that is none, and amid a decimal or a fraction, they don't. */
static inline bool may_follow_words(const struct doc *d, uint32_t i)
{
    const struct token *p = &d->tok[i - (i > 0)];
    if (LIKELY(!may_lead_over(p))) return false;
    return wordset_may_have(wordset_ready(&date_words_named), p->hash) ||
           may_lead_over(doc_tok(d, (int64_t)i - 2));
}

/* The first token of the words before number i that a date could begin with: "Tuesday, March" 5. */
static uint32_t words_before(const struct doc *d, uint32_t i, uint32_t floor)
{
    uint32_t first = i;
    if (LIKELY(!may_follow_words(d, i))) return i;
    for (uint32_t k = 1; k <= LOOK_BACK && i >= floor + k; k++) {
        uint32_t at = i - k, cls = date_part(d, at);
        if (cls & (DATE_MONTH | DATE_WEEKDAY | DATE_PERIOD))
            first = at;
        else if (!(cls & DATE_LINK) && !is_joint(&d->tok[at]) &&
                 !((doc_is_word(d, at, VIEW("eve")) || doc_is_word(d, at, VIEW("day"))) &&
                   date_part(d, (int64_t)at - 1) & DATE_PERIOD))
            break;
    }
    return first;
}

/* A look at the neighbours: most numbers are no part of a date. */
static bool may_begin(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *next = t + (i + 1 < d->n);
    if (UNLIKELY(t->len > 4)) {
        if (t->len < 8) /* 030521: digits alone say nothing */
            return date_class(d, (int64_t)i - 1) & (DATE_STRONG | DATE_EVENT | DATE_NEAR) ||
                   doc_is_mark(d, (int64_t)i - 1, ':') || doc_is_mark(d, (int64_t)i + 1, '@');
        return t->len == 8 || t->len == 12 || t->len == 14;
    }
    if (t->len == 3) return false;
    if (UNLIKELY(next->kind == TOK_NUMBER)) /* 3 5 2021, its marks lost */
        return next->len <= 2 && doc_tok(d, (int64_t)i + 2)->kind == TOK_NUMBER &&
               (doc_tok(d, (int64_t)i + 2)->len == 2 || doc_tok(d, (int64_t)i + 2)->len == 4);
    if (next->kind == TOK_MARK && (next->hash == '/' || next->hash == '-' || next->hash == '.')) {
        const struct token *second = doc_tok(d, (int64_t)i + 2);
        if (second->kind == TOK_NUMBER) {
            if (next->hash == '.' && !doc_is_mark(d, (int64_t)i + 3, '.')) return false; /* 2.5 */
            if (t->hash == 0 || (second->hash == 0 && second->len == 1)) return false;   /* 3-0 */
            return second->len <= 4 && (t->len == 4 || t->hash <= 31) &&
                   (second->len == 4 || second->hash <= 99);
        }
        if (second->kind == TOK_MARK) return next->hash == '-';
        return is_date_word(d, (int64_t)i + 2, next->hash == '-' ? BESIDE_DAY : DATE_MONTH);
    }
    if (next->kind != TOK_WORD) return next->hash == '\\'; /* 8\21\24 */
    return is_date_word(d, (int64_t)i + 1, BESIDE_DAY) ||
           (is_date_word(d, (int64_t)i + 3, DATE_MONTH) && t->len <= 2); /* 3 to 5 March */
}

static uint32_t last_token(const struct doc *d, uint32_t first, size_t len)
{
    size_t end = d->tok[first].start + len;
    uint32_t last = first;
    while (last + 1 < d->n && token_end(&d->tok[last + 1]) <= end)
        last++;
    return last;
}

/* "DOB 14051951", "DOB: 140251": digits that can be no other day than one with the day first. */
static bool is_born_on(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return t->kind == TOK_NUMBER && (t->len == 6 || t->len == 8) &&
           date_context_of(d, i, i).before & DATE_BIRTH;
}

/* "Claim V40-87539-03          March 12th, 2006": the number ends a code, and the date is the next column's. */
static bool is_end_of_code(const struct doc *d, uint32_t first)
{
    enum { WIDE = 3 };
    const uint32_t next = first + 1;
    return doc_is_mark(d, (int64_t)first - 1, '-') && doc_joined(d, first - 1) && next < d->n &&
           d->tok[next].kind == TOK_WORD && d->tok[next].start - token_end(&d->tok[first]) >= WIDE;
}

/* Reads a date at token `first` and judges it. *last is its last token when it is found. */
static bool read_at(const struct doc *d, uint32_t first, struct finding *f, uint32_t *last)
{
    struct written_date w FILLED_LATER;
    view rest = view_sub(d->text, d->tok[first].start, SIZE_MAX);
    size_t n = written_date_scan(rest, d->date_order, &w);
    if (!n && is_born_on(d, first)) n = written_date_scan(rest, DATE_DAY_FIRST, &w);
    if (!n) return false;
    if (UNLIKELY(doc_joined(d, first)) && is_end_of_code(d, first)) return false;
    *last = last_token(d, first, n);
    if (token_end(&d->tok[*last]) != d->tok[first].start + n) return false;
    return date_judge(d, first, last, &w, f);
}

/* A bare year after a word for birth that shows an age over 89. */
static bool read_birth_year(const struct doc *d, uint32_t i, struct finding *f)
{
    const struct token *t = &d->tok[i];
    if (t->len != 4 || t->hash < 1850 || t->hash >= 2100) return false;
    if ((int)t->hash > clock_utc_now().year - OVER_89)
        return false; /* the clock last: it is slow */
    if (doc_joined(d, i) && !doc_is_mark(d, (int64_t)i - 1, '.') &&
        !doc_is_mark(d, (int64_t)i - 1, ':') && !doc_is_mark(d, (int64_t)i - 1, '('))
        return false;
    struct date_context c = date_context_of(d, i, i);
    bool birth = (c.before & DATE_BIRTH) != 0;
    if (!birth && c.around & DATE_BIRTH) /* "Birth year: 1928", "birth yr 1928" */
        birth = doc_is_word(d, c.cue_last, VIEW("year")) || doc_is_word(d, c.cue_last, VIEW("yr"));
    if (!birth && !((c.before & DATE_WEAK) && (c.around & DATE_BIRTH))) return false;
    *f = doc_finding(d, i, i, LABEL_DATE, RULE_DATE_BIRTH_YEAR, 0.9f);
    f->part = PART_YEAR;
    f->cue_start = d->tok[c.cue_first].start;
    f->cue_end = token_end(&d->tok[c.cue_last]);
    return true;
}

/* Is a word as short as a month's letters joined to the k-th number? */
static inline bool is_behind_letters(const struct doc *d, uint32_t k)
{
    return UNLIKELY(d->beside[k] & BESIDE_LEFT_WORD) && d->tok[d->digits.v[k] - 1].len - 3U < 2U;
}

/* "5 & 6 March", "3, 5 and 7 March": the first of the days listed before the date of tokens i … last. A comma
 * alone lists values as well: "took 5, 10 March". */
static uint32_t first_listed_day(const struct doc *d, uint32_t i, uint32_t last, uint32_t floor)
{
    uint32_t first = i;
    bool has_and = false, has_month = false;
    for (uint32_t k = i + 1; k <= last; k++) {
        has_month |= is_date_word(d, k, DATE_MONTH);
        has_and |= !has_month && doc_is_word(d, k, VIEW("and"));
    }
    if (!has_month || d->tok[i].len > 2) return i;
    while (first >= floor + 2) {
        const int64_t day = (int64_t)first - 2, joint = day + 1;
        const struct token *t = &d->tok[day];
        has_and |= doc_is_mark(d, joint, '&') || doc_is_word(d, joint, VIEW("and")) ||
                   doc_is_word(d, joint, VIEW("or"));
        const bool joins = doc_is_mark(d, joint, ',')
                               ? has_and
                               : doc_is_mark(d, joint, '&') || doc_is_word(d, joint, VIEW("and")) ||
                                     doc_is_word(d, joint, VIEW("or"));
        if (!joins || t->kind != TOK_NUMBER || t->len > 2 || t->hash < 1 ||
            t->hash >= d->tok[first].hash || doc_joined(d, day) ||
            d->shield[day] & (SHIELD_TAG | SHIELD_MEASURE))
            break;
        first -= 2;
    }
    return first;
}

/* "8\21\24" */
static bool read_backslashed(const struct doc *d, uint32_t i, struct finding *f, uint32_t *last)
{
    if (LIKELY(!doc_is_mark(d, (int64_t)i + 1, '\\')) || doc_is_mark(d, (int64_t)i - 1, '\\'))
        return false;
    *last = date_is_dictated_whole(d, i);
    if (!*last) return false;
    *f = doc_finding(d, i, *last, LABEL_DATE, RULE_DATE_FULL, 0.9f);
    return true;
}

static err find_numbered(const struct doc *d, struct date_rows *rows, struct findings *out)
{
    err e = OK;
    struct finding f;
    uint32_t floor = 0, last; /* tokens below floor are taken */
    for (uint32_t k = 0; k < d->digits.n; k++) {
        uint32_t i = d->digits.v[k];
        if (UNLIKELY(i < floor || (d->shield[i] & SHIELD_TAG))) continue;
        bool found = false;
        for (uint32_t from = words_before(d, i, floor); from < i && !found; from++)
            if (is_date_word(d, from, DATE_MONTH | DATE_WEEKDAY | DATE_PERIOD)) {
                found = read_at(d, from, &f, &last) && last >= i;
                uint32_t day = from, end = last; /* "the fifth of March, 2021" */
                if (found && date_spoken_day(d, from, &day, &end)) f.start = d->tok[day].start;
            }
        if (!found && may_begin(d, i)) {
            found = read_at(d, i, &f, &last) || read_backslashed(d, i, &f, &last) ||
                    date_read_cut_year(d, i, &f, &last);
            if (!found) date_rows_note(rows, d, i, DATE_NOT_FOUND);
        }
        if (LIKELY(!found)) {
            last = i;
            const uint32_t len = d->tok[i].len;
            if (UNLIKELY(len == 4))
                found = read_birth_year(d, i, &f);
            else if (len <= 2)
                found = is_behind_letters(d, k) && date_read_glued(d, i, &f);
            else if (len == 6)
                found = date_read_year_first(d, i, &f);
        }
        if (UNLIKELY(found) && f.start == d->tok[i].start)
            f.start = d->tok[first_listed_day(d, i, last, floor)].start;
        if (UNLIKELY(!(~d->beside[k] & (NUMBER_SHORT | BESIDE_RIGHT_WORD))) && !found &&
            date_is_ordinal(d, i)) {
            last = i + 1;
            f = doc_finding(d, i, last, LABEL_DATE, RULE_DATE_CUE, 0.7f);
            found = true;
        }
        if (LIKELY(!found)) continue;
        date_rows_note(rows, d, i, (int32_t)out->n);
        TRY(findings_add(out, f));
        floor = last + 1;
    }
out:
    return e;
}

/* "adm 6.14": the full stops inside something part the numbers of a measure too. */
static err find_dotted(const struct doc *d, struct findings *out)
{
    err e = OK;
    for (uint32_t k = 0; k < d->dots.n; k++) {
        if (!d->dots.v[k]) continue; /* ".5 mg" begins the text */
        const uint32_t i = d->dots.v[k] - 1;
        if (d->tok[i].kind != TOK_NUMBER || d->tok[i].len > 2) continue;
        if (i + 2 < d->n && d->tok[i + 2].kind == TOK_NUMBER && date_is_dotted(d, i))
            TRY(findings_add(out, doc_finding(d, i, i + 2, LABEL_DATE, RULE_DATE_CUE, 0.7f)));
        if (i + 4 < d->n && d->tok[i + 2].kind == TOK_WORD && date_is_roman(d, i))
            TRY(findings_add(out, doc_finding(d, i, i + 4, LABEL_DATE, RULE_DATE_FULL, 0.9f)));
    }
out:
    return e;
}

/* Months and holidays that stand without a number. `from` is the first of this text's dates so far,
 * which are in text order. */
static err find_alone(const struct doc *d, uint32_t from, struct findings *out)
{
    err e = OK;
    struct finding f;
    uint32_t to = out->n;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k];
        const uint64_t bits = d->lex[i]->bits;
        if (bits && !(bits & (LEX(MONTH) | LEX(SEASON) | LEX(HOLIDAY) | LEX(WEEKDAY)))) continue;
        if (!is_date_word(d, i, DATE_MONTH | DATE_PERIOD)) continue;
        const uint32_t cls = date_class(d, i);
        while (from < to && out->v[from].end <= d->tok[i].start)
            from++;
        if (from < to && out->v[from].start <= d->tok[i].start) continue;
        if (date_judge_alone(d, i, cls, &f)) TRY(findings_add(out, f));
    }
    for (uint32_t k = 0; k < d->n_phrases; k++) {
        const struct phrase *p = &d->phrases[k];
        if (!(p->lex->bits & LEX(HOLIDAY)) || (d->shield[p->first] & SHIELD_TAG)) continue;
        uint32_t last; /* with its year, if it has one */
        if (!read_at(d, p->first, &f, &last))
            f = doc_finding(d, p->first, p->first + p->n - 1, LABEL_DATE, RULE_DATE_HOLIDAY, 0.85f);
        TRY(findings_add(out, f));
    }
out:
    return e;
}

err date_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t first = out->n;
    struct date_rows rows FILLED_LATER;
    rows.n = 0;
    rows.has_found = false;
    TRY(find_numbered(d, &rows, out));
    TRY(find_alone(d, first, out));
    TRY(date_find_dictated(d, out));
    TRY(date_find_misread(d, out));
    TRY(find_dotted(d, out));
    TRY(date_rows_judge(&rows, d, out));
out:
    return e;
}
