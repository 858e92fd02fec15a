/* detect/age.c — ages over 89, in numbers and in words.
 *
 * A finding covers the number alone ("94" of "94-year-old"), so that what it is replaced by reads well;
 * words that say it all ("nonagenarian") are covered whole. Not: ages up to 89, limits and ranges from
 * below ("90 and older", "ages 18-95"), 90+, other units of time, doses, rates, temperatures.
 * Source: 45 CFR 164.514(b)(2)(i)(C).
 */
#include "detect/age_form.h"
#include "detect/age_inside.h"
#include "detect/age_passing.h"
#include "detect/age_plain.h"
#include "detect/age_short.h"
#include "detect/detectors.h"
#include "detect/measure_words.h"

enum { AGE_FROM = 90, AGE_TO = 125 };

static int64_t past_dash(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '-') ? i + 1 : i;
}

/* "-year-old", " yo", " y/o", " y.o.", " years of age", " year old" from i: what follows an age. */
static bool is_age_unit(const struct doc *d, int64_t i)
{
    i = past_dash(d, i);
    if (age_class_at(d, i) & AGE_SHORT) return true;
    if (!(age_class_at(d, i) & AGE_YEAR)) return false;
    int64_t next = i + 1;
    if (doc_tok(d, i)->len == 2 && doc_is_mark(d, next, '/') && doc_joined(d, next)) /* yr/o */
        return doc_is_word(d, next + 1, VIEW("o")) || doc_is_word(d, next + 1, VIEW("old"));
    if (doc_tok(d, i)->len == 1 && (doc_is_mark(d, next, '/') || doc_is_mark(d, next, '.'))) {
        const struct token *o = doc_tok(d, next + 1);
        return o->kind == TOK_WORD && o->len == 1 && (d->text.p[o->start] | 0x20) == 'o';
    }
    if (doc_is_mark(d, next, '.')) next++; /* yr. old */
    next = past_dash(d, next);
    const struct token *o = doc_tok(d, next);
    if (o->kind != TOK_WORD) return false;
    view word = doc_view(d, (uint32_t)next, (uint32_t)next);
    if (age_class_at(d, next) & (AGE_OLD | AGE_PERSON)) return true;
    if (age_class_at(d, next) & AGE_KIND && o->flags & TOK_UPPER) return true; /* 92 yr WF */
    if (o->len == 1 && (age_class_at(d, next) & AGE_SEX) &&
        (doc_tok(d, i)->len == 1 || o->flags & TOK_UPPER))
        return true; /* 94 y F, 94 yr F */
    if (doc_tok(d, i)->len == 1 && view_eq_nocase(word, VIEW("o"))) return true; /* 94 y o */
    return (view_eq_nocase(word, VIEW("of")) || view_eq_nocase(word, VIEW("de"))) &&
           (age_class_at(d, next + 1) & (AGE_CUE | AGE_OLD));
}

/* "94F with", "94M presenting": not a temperature, not millions. */
static bool is_age_sex(const struct doc *d, int64_t first, int64_t i)
{
    const struct token *sex = doc_tok(d, i);
    /* "94 F with": only where it begins the text or its line */
    bool heads = first == 0 || doc_tok(d, first)->flags & TOK_LINE;
    if ((!doc_joined(d, i) && !heads) || !(age_class_at(d, i) & AGE_SEX) ||
        !(sex->flags & TOK_UPPER) || sex->flags & TOK_LINE)
        return false;
    for (int64_t k = first - 1; k >= 0 && k >= first - 4; k--) {
        if (age_class_at(d, k) & AGE_HEAT) return false;
        if (doc_tok(d, k + 1)->flags & TOK_LINE) break;
    }
    bool starts = (doc_tok(d, first)->flags & TOK_LINE) || first == 0;
    /* "94F, lives alone", "Patient, 94F, lives alone" */
    bool comma =
        doc_is_mark(d, i + 1, ',') &&
        (starts || (doc_is_mark(d, first - 1, ',') && doc_tok(d, first - 2)->kind == TOK_WORD));
    return comma || (age_class_at(d, i + 1) & AGE_STORY) || (age_class_at(d, i + 1) & AGE_PERSON);
}

/* "age 92", "aged 91", "age: 94", "Age/Sex: 94/F", "at the age of 95", "turned 96" before i. */
static bool has_age_cue(const struct doc *d, int64_t i)
{
    if (age_class_at(d, i - 1) & AGE_TURN) return true;
    for (int64_t k = i - 1; k >= 0 && k >= i - 5; k--) {
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
        if (age_class_at(d, k) & AGE_CUE) return true;
        const struct token *t = doc_tok(d, k);
        if (t->kind == TOK_NUMBER) return false;
        if (t->kind == TOK_MARK) {
            if (t->hash != ':' && t->hash != '/' && t->hash != '=' && t->hash != '(' &&
                t->hash != '~')
                return false;
            continue;
        }
        view w = doc_view(d, (uint32_t)k, (uint32_t)k);
        if (!view_eq_nocase(w, VIEW("of")) && !view_eq_nocase(w, VIEW("is")) &&
            !view_eq_nocase(w, VIEW("sex")) && !view_eq_nocase(w, VIEW("was")) &&
            !view_eq_nocase(w, VIEW("years")) && !view_eq_nocase(w, VIEW("gender")) &&
            !(age_class_at(d, k) & AGE_ABOUT))
            return false;
    }
    return false;
}

static bool is_limit(const struct doc *d, int64_t first, int64_t last)
{
    const struct token *before = doc_tok(d, first - 1), *after = doc_tok(d, last + 1);
    const bool tag = doc_is_mark(d, first - 3, '<') && age_class_at(d, first - 2) & AGE_CUE;
    if (!tag && before->kind == TOK_MARK &&
        (before->hash == '>' || before->hash == '<' || before->hash == '=' ||
         before->hash == 0x2265 || before->hash == 0x2264))
        if (before->hash != '=' || doc_is_mark(d, first - 2, '>') || doc_is_mark(d, first - 2, '<'))
            return true;
    if (after->kind == TOK_MARK && (after->hash == '+' || after->hash == '%')) return true;
    if (age_class_at(d, first - 1) & AGE_LIMIT) return true;
    /* "90 and older", "90 years or older", "90 years of age and over" */
    for (int64_t k = last + 1; k <= last + 6; k++)
        if ((doc_tok(d, k)->hash == token_hash_literal(VIEW("and")) ||
             doc_tok(d, k)->hash == token_hash_literal(VIEW("or"))) &&
            doc_tok(d, k)->kind == TOK_WORD)
            return (age_class_at(d, k + 1) & AGE_LIMIT) != 0;
    return false;
}

/* The number before a range's second end: 65-94, 65 to 94. 0 when it is not one. */
static uint64_t range_from(const struct doc *d, int64_t i)
{
    int64_t k = i - 1;
    bool to = doc_tok(d, k)->kind == TOK_WORD && doc_tok(d, k)->len == 2 &&
              view_eq_nocase(doc_view(d, (uint32_t)k, (uint32_t)k), VIEW("to"));
    if (!to && !doc_is_mark(d, k, '-')) return 0;
    const struct token *from = doc_tok(d, k - 1);
    return from->kind == TOK_NUMBER && from->hash < 150 ? from->hash : 0;
}

/* Is the number at i the age of someone? */
static float judge_number(const struct doc *d, int64_t i, struct age_table *table)
{
    const struct token *t = doc_tok(d, i);
    if (t->hash < AGE_FROM || t->hash > AGE_TO) return 0;
    /* "Age: 093", on a form of three columns */
    if (t->len != (t->hash < 100 ? 2u : 3u) && (t->len != 3 || !has_age_cue(d, i))) return 0;
    if (d->shield[i] & SHIELD_TAG) return 0;
    const struct token *before = doc_tok(d, i - 1), *after = doc_tok(d, i + 1);
    if (doc_joined(d, i) && before->kind == TOK_MARK &&
        (before->hash == '.' || before->hash == '/') && doc_tok(d, i - 2)->kind == TOK_NUMBER)
        return 0;
    if (doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
        doc_tok(d, i + 2)->kind == TOK_NUMBER)
        return 0;
    uint64_t from = range_from(d, i);
    if (from && from < AGE_FROM) return 0;
    if (is_limit(d, i, i)) return age_is_looked(d, i) ? 0.75f : 0;
    if (is_age_unit(d, i + 1) || age_is_in_years(d, i)) return 0.98f;
    if (after->kind == TOK_WORD && doc_joined(d, i + 1) && after->len == 2 &&
        doc_is_word(d, i + 2, VIEW("birthday")))
        return 0.97f;
    /* "At 92, she still drives" */
    int64_t he = doc_is_mark(d, i + 1, ',') ? i + 2 : i + 1;
    if (doc_is_word(d, i - 1, VIEW("at")) && doc_tok(d, i - 1)->flags & TOK_CAP &&
        age_class_at(d, he) & AGE_PRONOUN)
        return 0.75f;
    if (is_age_sex(d, i, i + 1)) return 0.9f;
    if (age_is_life_end(d, i)) return 0.9f;
    if (age_is_told_of(d, i)) return 0.75f;
    if (age_is_family_entry(d, i) || age_is_now(d, i) || age_is_nearly(d, i)) return 0.75f;
    if (age_is_short(d, i) || age_is_after_sex(d, i)) return 0.85f;
    if (age_is_said(d, i)) return 0.75f;
    if (age_is_beside_name(d, i)) return 0.75f;
    bool number_after =
        doc_joined(d, i + 1) && after->kind == TOK_WORD && !(age_class_at(d, i + 1) & AGE_SEX);
    if (!number_after && has_age_cue(d, i)) {
        bool other = (after->kind == TOK_WORD && (doc_bits(d, i + 1) & LEX(UNIT)) &&
                      !(age_class_at(d, i + 1) & AGE_YEAR));
        return other ? 0 : 0.95f;
    }
    /* 90-95 years old: the first end */
    if (doc_is_mark(d, i + 1, '-') && doc_tok(d, i + 2)->kind == TOK_NUMBER &&
        is_age_unit(d, i + 3))
        return 0.9f;
    if (age_is_column(d, i, table)) return 0.85f;
    /* "Parents HR 96 and 91": the value of the word before it */
    if (wordset_class(measure_words(), doc_tok(d, (int64_t)i - 1)) & MW_BEFORE &&
        !(age_class_at(d, (int64_t)i - 1) & (AGE_CUE | AGE_TURN)))
        return 0;
    if (age_is_beside_child(d, i)) return 0;
    if (age_is_plain(d, i) || age_is_in_passing(d, i)) return 0.75f;
    /* "120/80", "110 mg"; but "91 going on 92" */
    if (LIKELY(d->shield[i] & SHIELD_MEASURE) && !doc_is_word(d, i + 1, VIEW("going")))
        return age_class_at(d, i + 1) & AGE_YEAR && age_is_of_talk(d, i, i) ? 0.75f : 0;
    const bool told = age_is_of_kin(d, i, i) || age_is_in_kins_bracket(d, i) ||
                      age_is_of_deed(d, i) || age_is_of_person(d, i, i) ||
                      age_is_of_talk(d, i, i) || age_is_of_pedigree(d, i) ||
                      age_is_of_list(d, i, i);
    return told ? 0.75f : 0;
}

/* "in her 90s", "in his early 90's" */
static bool is_decade(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->hash != 90 && t->hash != 100) return false;
    int64_t s = doc_is_mark(d, i + 1, '\'') ? i + 2 : i + 1;
    const struct token *plural = doc_tok(d, s);
    if (!doc_joined(d, s) || plural->len != 1 || (d->text.p[plural->start] | 0x20) != 's')
        return false;
    int64_t k = doc_is_mark(d, i - 1, '-') ? i - 2 : i - 1;
    if (age_class_at(d, k) & AGE_PART) k--;
    if (doc_is_mark(d, k, '-')) k--;
    if (!(age_class_at(d, k) & AGE_WHOSE)) return age_is_decade_of_sex(d, i, s);
    /* "SBP in his 90s" */
    static const struct wordset_row vital[] = {
        { "sbp dbp map bp hr rr pulse rate sat sats saturation saturations spo o2 sugar sugars "
          "glucose bg bs fsbs "
          "cbg bsl bgl temp pressure pressures systolic systolics diastolic systolically",
          1 }
    };
    static struct wordset vitals = WORDSET(vital);
    for (int64_t b = k - 1; b >= 0 && b > k - 4; b--)
        if (wordset_class(wordset_ready(&vitals), &d->tok[b])) return false;
    return true;
}

static err find_numbers(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct age_table table = { 0 };
    for (uint32_t k = 0; k < d->digits.n; k++) {
        if (LIKELY(!(d->beside[k] & NUMBER_AGE))) continue;
        uint32_t i = d->digits.v[k];
        float score = judge_number(d, i, &table);
        if (score <= 0 && is_decade(d, i)) score = 0.9f;
        if (score <= 0) continue;
        struct finding f = doc_finding(d, i, i, LABEL_AGE, RULE_AGE_NUMBER, score);
        if (age_class_at(d, (int64_t)i - 1) & AGE_CUE) {
            f.cue_start = d->tok[i - 1].start;
            f.cue_end = token_end(&d->tok[i - 1]);
        }
        TRY(findings_add(out, f));
    }
out:
    return e;
}

/* "ninety", "ninety-four", "one hundred", "hundred and two" from i: its last token. */
SELDOM static uint32_t number_words(const struct doc *d, uint32_t i)
{
    if (age_class_at(d, i) & AGE_NINETY) {
        int64_t ones = past_dash(d, (int64_t)i + 1);
        return age_class_at(d, ones) & AGE_ONES ? (uint32_t)ones : i;
    }
    int64_t k = past_dash(d, (int64_t)i + 1);
    if (view_eq_nocase(doc_view(d, i, i), VIEW("hundred"))) k = i;
    if (!(age_class_at(d, k) & AGE_HUNDRED)) return i;
    int64_t more = past_dash(d, k + 1);
    if (doc_tok(d, more)->kind == TOK_WORD && doc_tok(d, more)->len == 3 &&
        view_eq_nocase(doc_view(d, (uint32_t)more, (uint32_t)more), VIEW("and")))
        more = past_dash(d, more + 1);
    return age_class_at(d, more) & (AGE_ONES | AGE_TEENS) ? (uint32_t)more : (uint32_t)k;
}

/* "the donor was ninety-six yrs.": and no years of anything. */
SELDOM static bool is_in_plain_years(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *y = doc_tok(d, (int64_t)last + 1), *be = doc_tok(d, (int64_t)first - 1);
    return age_class_at(d, (int64_t)last + 1) & AGE_YEAR && !(y->flags & TOK_LINE) && y->len > 1 &&
           age_class_at(d, (int64_t)first - 1) & AGE_BE && be->kind == TOK_WORD &&
           doc_tok(d, (int64_t)last + 2)->kind == TOK_MARK;
}

/* Ages in words. */
static err find_words(const struct doc *d, struct findings *out)
{
    err e = OK;
    for (uint32_t n = 0; n < d->number_words.n; n++) {
        uint32_t i = d->number_words.v[n];
        uint32_t c = age_class_at(d, i);
        if (LIKELY(!(c & (AGE_NINETY | AGE_HUNDRED | AGE_ALL))) || (d->shield[i] & SHIELD_TAG))
            continue;
        uint32_t first = i, last = i;
        bool found = (c & AGE_ALL) != 0;
        if (!found) {
            if ((c & AGE_HUNDRED) && i > 0) { /* "one hundred": only that, and "a hundred" */
                int64_t one = doc_is_mark(d, (int64_t)i - 1, '-') ? (int64_t)i - 2 : (int64_t)i - 1;
                if ((age_class_at(d, one) & AGE_ONES) &&
                    view_eq_nocase(doc_view(d, (uint32_t)one, (uint32_t)one), VIEW("one")))
                    first = (uint32_t)one;
                else if (age_class_at(d, one) & (AGE_ONES | AGE_TEENS | AGE_NINETY))
                    continue;
            }
            last = number_words(d, first);
            int64_t k = (int64_t)first - 1;
            if (doc_is_mark(d, k, '-') && age_class_at(d, k - 1) & AGE_PART) k--; /* mid-nineties */
            if (age_class_at(d, k) & AGE_PART) k--;
            bool plural =
                d->tok[i].len > 6 && (age_class_at(d, k) & AGE_WHOSE); /* in her nineties */
            bool birthday =
                doc_tok(d, (int64_t)last + 1)->hash == token_hash_literal(VIEW("birthday")) &&
                d->tok[i].len > 6;
            found = plural || birthday || is_age_unit(d, (int64_t)last + 1) ||
                    has_age_cue(d, first) || age_is_said_in_words(d, first, last) ||
                    age_words_in_passing(d, first, last) || age_is_of_kin(d, first, last) ||
                    age_words_of_deed(d, first, last) || age_is_of_person(d, first, last) ||
                    age_is_of_talk(d, first, last) || is_in_plain_years(d, first, last) ||
                    age_is_of_list(d, first, last);
            found = found && !is_limit(d, first, last);
        }
        if (!found) continue;
        /* "lived to a hundred and one" */
        if (age_class_at(d, first) & AGE_HUNDRED && doc_is_word(d, (int64_t)first - 1, VIEW("a")))
            first--;
        TRY(findings_add(out, doc_finding(d, first, last, LABEL_AGE, RULE_AGE_WORDS, 0.95f)));
        while (n + 1 < d->number_words.n && d->number_words.v[n + 1] <= last)
            n++;
    }
out:
    return e;
}

err age_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    TRY(find_numbers(d, out));
    TRY(find_words(d, out));
out:
    return e;
}
