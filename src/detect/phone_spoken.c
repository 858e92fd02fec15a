/* detect/phone_spoken.c — telephone numbers that somebody dictated, see phone_inside.h. */
#include "detect/phone_inside.h"
#include "detect/wordset.h"

enum { DIGIT = 1, TWICE = 2, THRICE = 4 };

static const struct wordset_row rows[] = {
    { "zero oh nought naught one two three four five six seven eight nine niner", DIGIT },
    { "double", TWICE },
    { "triple treble", THRICE },
};
static struct wordset words = WORDSET(rows);

static uint32_t class_at(const struct doc *d, uint32_t i)
{
    return i < d->n ? wordset_class(wordset_ready(&words), &d->tok[i]) : 0;
}

/* The token of the next word of the same number, or 0: a blank, a hyphen or a comma may stand between. */
static uint32_t next_word(const struct doc *d, uint32_t i)
{
    uint32_t n = i + 1;
    if (doc_is_mark(d, n, '-') || doc_is_mark(d, n, ',')) n++;
    return n < d->n && !(d->tok[n].flags & TOK_PARA) && class_at(d, n) ? n : 0;
}

err phone_spoken_find(const struct doc *d, struct findings *out)
{
    enum { LEAST = 7, MOST = 15 };
    uint32_t past = 0;
    for (uint32_t k = 0; k < d->number_words.n; k++) {
        uint32_t i = d->number_words.v[k], digits = 0, last = i, times = 1;
        /* most number words stand alone */
        if (LIKELY(
                !((doc_bits(d, (int64_t)i + 1) | doc_bits(d, (int64_t)i + 2)) & LEX(NUMBER_WORD))))
            continue;
        if (i < past || d->shield[i] & SHIELD_TAG || !class_at(d, i) || !next_word(d, i)) continue;
        /* "oh" and "double" may be no number's words by themselves */
        while (i && !doc_is_mark(d, (int64_t)i - 1, '.') && !(d->tok[i].flags & TOK_LINE)) {
            const uint32_t before = i - 1 - doc_is_mark(d, (int64_t)i - 1, '-');
            if (before >= i || before < past || !class_at(d, before)) break;
            i = before;
        }
        const uint32_t first = i;
        do {
            const uint32_t c = class_at(d, i);
            digits += c & DIGIT ? times : 0;
            times = c & TWICE ? 2 : c & THRICE ? 3 : 1;
            last = i;
        } while ((i = next_word(d, i)));
        past = last + 1;
        if (digits < LEAST || digits > MOST) continue;
        const err e =
            findings_add(out, doc_finding(d, first, last, LABEL_PHONE, RULE_PHONE_SHAPE, 0.8f));
        if (e) return e;
    }
    return OK;
}
