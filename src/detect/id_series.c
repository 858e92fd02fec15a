/* id_series.c — the value of a cue that is more than one run: groups that blanks part, and groups that marks part which no
 * plain identifier has.
 *
 *     C-file no C 28 114 907     sn TV 11 712 0096     Medicare 2953 70144 1     IBAN IE44 BOFI 9000 0144
 *     UHID: SHC.0000792616       Reg. no DMC/R/31181   our ref: PT/0822/53       SPEC #: 0218:C00123R
 *
 * Only behind a cue that is sure by itself. Which groups belong to it: id_series_around.c. */
#include "detect/id_kinds.h"
#include "detect/number_row.h"

/* All digits in groups of a date: "04.19.46", "12/3/2024". */
static bool is_date(const struct doc *d, const struct series *s)
{
    const struct token *t = &d->tok[s->first];
    if (s->letters || s->last - s->first != 4) return false;
    for (int k = 0; k <= 4; k += 2)
        if (t[k].kind != TOK_NUMBER) return false;
    return (t[0].len <= 2 && t[2].len <= 2 && t[0].hash <= 31 && t[2].hash <= 31 &&
            (t[0].hash <= 12 || t[2].hash <= 12) && (t[4].len == 2 || series_is_year(&t[4]))) ||
           (series_is_year(&t[0]) && t[2].len <= 2 && t[4].len <= 2);
}

/* "epi 0324 0328 0331": times of the day, in a row. */
static bool is_times(const struct doc *d, const struct series *s)
{
    for (uint32_t i = s->first; i <= s->last; i++) {
        const struct token *t = &d->tok[i];
        if (t->kind != TOK_NUMBER || t->len != 4 || t->hash >= 2400 || t->hash % 100 >= 60)
            return false;
    }
    return s->last > s->first;
}

static bool is_sure(const struct doc *d, const struct series *s, const struct cue *cue)
{
    uint32_t marks = 0;
    for (uint32_t i = s->first; i <= s->last; i++)
        marks += d->tok[i].kind == TOK_MARK;
    if (is_date(d, s)) return false;
    /* "no. 12.5": one mark between digits is a decimal's, a ratio's or a time's */
    if (s->groups == 1 && !s->letters && marks < 2)
        return cue->worth >= CUE_CERTAIN && s->digits >= 7 && !doc_is_mark(d, s->first + 1, ':');
    switch ((enum cue_worth)cue->worth) {
    case CUE_PLAIN:
    case CUE_CERTAIN: return s->digits >= 4 || (s->digits >= 3 && s->letters && s->groups < 3);
    case CUE_LIKELY: return s->digits >= 6 || (s->digits >= 4 && s->letters);
    case CUE_HINT: return s->digits >= 8 || (s->digits >= 6 && s->letters);
    default: return false;
    }
}

/* "SIN 918 442 607", "CHI 7447 27 9183": capitals that are a word in other texts, and a number as long as a nation's. */
static bool is_capital_cue(const struct doc *d, const struct series *s, const struct cue *cue)
{
    enum { LEAST = 8 };
    const struct token *t = &d->tok[cue->last];
    const bool small = !d->is_caseless || doc_tok(d, (int64_t)s->last + 1)->flags & TOK_LOWER;
    return small && cue->what & CUE_IDS && cue->last + 1 == s->first && cue->first == cue->last &&
           t->flags & TOK_UPPER && t->len >= 3 && s->digits >= LEAST && !doc_joined(d, s->first);
}

/* "04 19 46" */
static bool is_day_first(const struct token *t)
{
    return t[0].hash <= 31 && t[1].hash <= 31 && (t[0].hash <= 12 || t[1].hash <= 12) &&
           t[0].hash && t[1].hash;
}

/* "482 913 776": three groups of three, which neither rise nor fall by steps as values in a row do. */
static bool is_threes(const struct doc *d, const struct series *s)
{
    const struct token *t = &d->tok[s->first];
    if (s->groups != 3 || s->digits != 9 || s->last != s->first + 2) return false;
    for (uint32_t k = 0; k < 3; k++)
        if (t[k].len != 3 || t[k].hash % 50 == 0) return false;
    return !number_is_row(d, s->first, s->last);
}

/* "case IRO/2024/41709", "XC-01 314 597" behind "file": capitals and digits straight behind a word that means much else. */
static bool is_plain(const struct doc *d, const struct series *s, const struct cue *cue)
{
    const struct token *t = &d->tok[s->first];
    const bool marked = cue->colon && cue->last + 2 == s->first;
    if (!(cue->what & CUE_IDS) || (!marked && cue->last + 1 != s->first)) return false;
    /* "MR 33 01 61" */
    if (cue->what & CUE_MRN && s->groups == 3 && s->digits == 6 && s->last - s->first == 2)
        return t[0].len == 2 && t[1].len == 2 && !is_day_first(t);
    /* "MR 8034 5900", "chart 718 05 94" */
    if (cue->what & CUE_MRN && !s->letters && s->last - s->first + 1 == s->groups)
        if ((s->groups == 2 && s->digits == 8 && t[0].len == 4) ||
            (s->groups == 3 && (s->digits == 7 || s->digits == 10) && t[0].len == 3) ||
            (s->groups == 2 && s->digits == 6 && t[0].len == 3 && t[1].hash % 10))
            return !number_is_row(d, s->first, s->last);
    /* "Folder: 630 005 3524" */
    if (marked && !s->letters && s->groups == 3 && s->last == s->first + 2 && t[0].len == 3 &&
        t[1].len == 3 && t[2].len == 4)
        return !number_is_row(d, s->first, s->last);
    /* "library card 4083 5666 7378" */
    if (!s->letters && is_threes(d, s)) return !(cue_class_of(&d->tok[cue->last]) & CUE_NUMBER);
    if (!s->letters)
        return s->groups >= 3 && s->digits >= 12 &&
               !(cue_class_of(&d->tok[cue->last]) & CUE_NUMBER); /* not "codes 0250 0270 0301" */
    if (t->kind == TOK_WORD &&
        (!(t->flags & TOK_UPPER) || (t->len > 2 && !s->marked && d->lex[s->first]->bits)))
        return false;
    return s->digits >= (s->marked ? 4U : t->len > 2 ? 5U : 6U);
}

bool id_by_series(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next)
{
    if (c->last > c->first && code_is_date(d, c)) return false;
    const struct series s = series_around(d, c);
    const bool wide = s.first != code_start(c) || s.last != c->last;
    struct cue cue;
    if (s.groups == 1 && !wide && (!c->measure || s.digits < 6)) return false;
    cue_before(d, s.first, &cue);
    if (cue.what & CUE_SYSTEM || !(cue.what & CUE_IDS)) return false;
    if (doc_is_word(d, cue.first, VIEW("epi")) && is_times(d, &s)) return false;
    if (!is_sure(d, &s, &cue)) {
        if (!is_capital_cue(d, &s, &cue) && !is_plain(d, &s, &cue)) return false;
        cue.worth = CUE_LIKELY;
    }
    *f = doc_finding(d, s.first, s.last, cue_label(cue.what), RULE_ID_CUE,
                     cue.worth >= CUE_CERTAIN ? 0.95f : 0.85f);
    if (!cue.field) {
        f->cue_start = d->tok[cue.first].start;
        f->cue_end = token_end(&d->tok[cue.last]);
    }
    *next = s.last + 1;
    return true;
}
