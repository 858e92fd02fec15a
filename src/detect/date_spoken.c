#include "detect/date_spoken.h"

#include "detect/wordset.h"

enum spoken_class {
    SAY_VALUE = 127, /* what the word counts; 0: nothing */
    SAY_TENS = 128,
    SAY_TEEN = 256, /* ten … nineteen */
    SAY_MARK = 512, /* slash */
};
static const struct wordset_row rows[] = {
    { "one", 1 },
    { "two", 2 },
    { "three", 3 },
    { "four", 4 },
    { "five", 5 },
    { "six", 6 },
    { "seven", 7 },
    { "eight", 8 },
    { "nine", 9 },
    { "ten", SAY_TEEN | 10 },
    { "eleven", SAY_TEEN | 11 },
    { "twelve", SAY_TEEN | 12 },
    { "thirteen", SAY_TEEN | 13 },
    { "fourteen", SAY_TEEN | 14 },
    { "fifteen", SAY_TEEN | 15 },
    { "sixteen", SAY_TEEN | 16 },
    { "seventeen", SAY_TEEN | 17 },
    { "eighteen", SAY_TEEN | 18 },
    { "nineteen", SAY_TEEN | 19 },
    { "twenty", SAY_TENS | 20 },
    { "thirty", SAY_TENS | 30 },
    { "forty fourty", SAY_TENS | 40 },
    { "fifty", SAY_TENS | 50 },
    { "sixty", SAY_TENS | 60 },
    { "seventy", SAY_TENS | 70 },
    { "eighty", SAY_TENS | 80 },
    { "ninety", SAY_TENS | 90 },
    { "slash dash", SAY_MARK },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* 1 … 99 in words from token i on, its last token into *last; 0: there is none. */
static uint32_t small_number(const struct doc *d, int64_t i, int64_t *last)
{
    const uint32_t c = cls(d, i);
    *last = i;
    if (!(c & SAY_TENS)) return c & SAY_VALUE;
    const int64_t next = doc_is_mark(d, i + 1, '-') ? i + 2 : i + 1;
    const uint32_t ones = cls(d, next);
    if (!(ones & SAY_VALUE) || ones & (SAY_TENS | SAY_TEEN)) return c & SAY_VALUE;
    *last = next;
    return (c & SAY_VALUE) + ones;
}

/* A year in words from token i on: its last token; 0: there is none. */
static int64_t spoken_year(const struct doc *d, int64_t i)
{
    int64_t last;
    if (cls(d, i) == 2 && doc_is_word(d, i + 1, VIEW("thousand"))) {
        const int64_t more = doc_is_word(d, i + 2, VIEW("and")) ? i + 3 : i + 2;
        return small_number(d, more, &last) ? last : i + 1;
    }
    const uint32_t century = cls(d, i) & SAY_VALUE;
    if (century != 19 && century != 20) return 0;
    if (doc_is_word(d, i + 1, VIEW("hundred"))) { /* nineteen hundred and ninety-eight */
        const int64_t more = doc_is_word(d, i + 2, VIEW("and")) ? i + 3 : i + 2;
        return small_number(d, more, &last) ? last : 0;
    }
    const int64_t next = doc_is_mark(d, i + 1, '-') ? i + 2 : i + 1;
    if (doc_is_word(d, next, VIEW("oh"))) return small_number(d, next + 1, &last) ? last : 0;
    if (!(cls(d, next) & (SAY_TENS | SAY_TEEN)) || !small_number(d, next, &last)) return 0;
    return last;
}

uint32_t date_past_spoken_year(const struct doc *d, uint32_t last)
{
    const int64_t from =
        doc_is_mark(d, (int64_t)last + 1, ',') ? (int64_t)last + 2 : (int64_t)last + 1;
    const int64_t year = spoken_year(d, from);
    return year ? (uint32_t)year : last;
}

/* One part of a date at token i, in digits or words, with its value; 0: it is none. */
static uint32_t part_at(const struct doc *d, int64_t i, int64_t *last)
{
    const struct token *t = doc_tok(d, i);
    *last = i;
    if (t->kind == TOK_NUMBER) return t->len <= 4 && t->hash ? (uint32_t)t->hash : 0;
    const int64_t year = spoken_year(d, i);
    if (!year) return small_number(d, i, last);
    *last = year;
    return 2000;
}

/* Past the word or backslash that parts two parts of a date, from token i on; 0: it is none. `mark`: its token, which all
 * of a date share. */
static int64_t past_mark(const struct doc *d, int64_t i, uint64_t mark)
{
    if (mark && doc_tok(d, i)->hash != mark) return 0;
    if (doc_is_mark(d, i, '\\')) return doc_joined(d, i) && doc_joined(d, i + 1) ? i + 1 : 0;
    return cls(d, i) & SAY_MARK ? i + 1 : 0;
}

uint32_t date_is_dictated_whole(const struct doc *d, uint32_t i)
{
    int64_t last, at;
    const uint32_t a = part_at(d, i, &last);
    const uint64_t mark = doc_tok(d, last + 1)->hash;
    if (!a || a > 31) return 0;
    if (!(at = past_mark(d, last + 1, 0))) return 0;
    const uint32_t b = part_at(d, at, &last);
    if (!b || b > 31 || (a > 12 && b > 12)) return 0;
    if (!(at = past_mark(d, last + 1, mark))) return 0;
    const uint32_t year = part_at(d, at, &last);
    const struct token *t = doc_tok(d, at);
    const bool whole = year >= 1900 && year < 2100;
    if (t->kind == TOK_NUMBER ? !(whole || t->len == 2) : !(whole || (year && year < 100)))
        return 0;
    /* "two dash three dash four times daily" */
    if (!whole && (doc_is_word(d, last + 1, VIEW("times")) || doc_bits(d, last + 1) & LEX(UNIT)))
        return 0;
    return past_mark(d, last + 1, mark) ? 0 : (uint32_t)last;
}

err date_find_dictated(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t past = 0;
    for (uint32_t k = 0; k < d->number_words.n; k++) {
        const uint32_t mark = d->number_words.v[k];
        const uint64_t h = d->tok[mark].hash;
        if (h != token_hash_literal(VIEW("slash")) && h != token_hash_literal(VIEW("dash")))
            continue;
        if (mark < past + 1) continue;
        /* the part before it has one word, two, or two and a hyphen */
        for (uint32_t n = 1; n <= 3 && n <= mark - past; n++) {
            const uint32_t last = date_is_dictated_whole(d, mark - n);
            if (!last) continue;
            TRY(findings_add(out,
                             doc_finding(d, mark - n, last, LABEL_DATE, RULE_DATE_FULL, 0.9f)));
            past = last + 1;
            if (d->tok[mark - n].kind == TOK_NUMBER) break;
        }
    }
out:
    return e;
}
