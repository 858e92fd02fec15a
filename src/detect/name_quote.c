#include "detect/name_quote.h"

#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { NAMED = 2, WORDS_MAX = 2, REACH = 3 };
enum {
    W_CALLS = 1, /* the name follows straight */
    W_LINK = 2,  /* between such a word and the mark */
};
static const struct wordset_row rows[] = {
    { "aka alias nickname nicknamed nicknames named called calls call goes went known answers "
      "prefers preferred pref christened moniker surnamed legend",
      W_CALLS },
    { "as by to is be being name only just now him her me them us it himself herself", W_LINK },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "called", "answers to", "known only as", "aka:" before token i. */
SELDOM static bool is_introduced(const struct doc *d, int64_t i)
{
    if (doc_is_mark(d, i, ':') || doc_is_mark(d, i, ',')) i--;
    for (int n = 0; n < REACH && cls(d, i) & W_LINK; n++)
        i--;
    return cls(d, i) & W_CALLS;
}

/* The name that was found ends right before the mark at m, or before a comma or bracket there; and what is in the
 * marks is not what was said: 'Mr. Lee, "Great"'. */
SELDOM static bool is_behind_name(const struct doc *d, const uint8_t *taken, int64_t m)
{
    const struct lex_info *l = d->lex[m + 1];
    const bool bracket = doc_is_mark(d, m - 1, '(');
    const int64_t i = bracket || doc_is_mark(d, m - 1, ',') ? m - 2 : m - 1;
    return i >= 0 && taken[i] == NAMED && !(d->tok[m].flags & TOK_LINE) &&
           (bracket || l->word < 4 || l->given >= 2);
}

/* The name between the mark at m and the next one: its last token, or m when there is none. */
static uint32_t name_end(const struct doc *d, const uint8_t *taken, uint32_t m)
{
    const uint64_t never = LEX(FUNCTION) | LEX(DRUG) | LEX(MEDICAL) | LEX(UNIT) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(COUNTRY);
    uint32_t last = m;
    for (int n = 0; n < WORDS_MAX; n++) {
        const uint32_t i = last + 1;
        if (i >= d->n || d->tok[i].flags & TOK_LINE || taken[i] || d->tok[i].len < 2 ||
            shape_of(d, i) != SHAPE_TITLE)
            return m;
        const struct lex_info *l = d->lex[i];
        if (l->bits & never && MAX(l->given, l->surname) < 2) return m;
        last = shape_word_end(d, i);
        if (doc_is_mark(d, last + 1, ',') || doc_is_mark(d, last + 1, '.'))
            return doc_is_mark(d, last + 2, '"') ? last : m;
        if (doc_is_mark(d, last + 1, '"')) return last;
    }
    return m;
}

/* May the word at i be a given or family name, as far as lists and case go? */
static bool may_be_name(const struct doc *d, int64_t i)
{
    const struct lex_info *l = i >= 0 && i < (int64_t)d->n ? d->lex[i] : NULL;
    return l && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 1 && !d->shield[i] &&
           (!l->bits || MAX(l->given, l->surname) > l->word);
}

/* 'Theodoros ("Ted") Kalo', 'Bernadette "Bernie" Coyle': widens first … last to the words around the marks. */
SELDOM static bool take_names_around(const struct doc *d, uint32_t *first, uint32_t *last)
{
    const bool brackets =
        doc_is_mark(d, (int64_t)*first - 2, '(') && doc_is_mark(d, *last + 2, ')');
    const int64_t before = (int64_t)*first - 2 - brackets, after = (int64_t)*last + 2 + brackets;
    if (!doc_is_mark(d, (int64_t)*last + 1, '"') || !may_be_name(d, before) ||
        !may_be_name(d, after) || d->tok[after].flags & TOK_LINE ||
        d->tok[before + 1].flags & TOK_LINE)
        return false;
    *first = shape_word_begin(d, (uint32_t)before);
    *last = shape_word_end(d, (uint32_t)after);
    return true;
}

err name_quotes(const struct doc *d, uint8_t *taken, struct findings *out)
{
    const view text = d->text;
    for (size_t at = 0; at < text.n;) {
        const char *p = memchr(text.p + at, '"', text.n - at);
        if (!p) break;
        at = (size_t)(p - text.p) + 1;
        const unsigned char next = at < text.n ? (unsigned char)text.p[at] : 0;
        if (next < 'A' || (next > 'Z' && next < 0x80))
            continue; /* most marks close, or quote speech */
        const uint32_t m = taken_token_at(d, (uint32_t)at - 1);
        if (m >= d->n || !doc_is_mark(d, m, '"') || !m) continue;
        uint32_t first = m + 1, last = name_end(d, taken, m);
        if (last == m) continue;
        at = token_end(&d->tok[last]) + 1;
        if (!take_names_around(d, &first, &last) && !is_introduced(d, (int64_t)m - 1) &&
            !is_behind_name(d, taken, m))
            continue;
        memset(taken + first, NAMED, last - first + 1);
        struct finding x = doc_finding(d, first, last, LABEL_NAME, RULE_NAME_CUE, 0.85F);
        x.cue_start = d->tok[m - 1].start;
        x.cue_end = token_end(&d->tok[m - 1]);
        err e = findings_add(out, x);
        if (e) return e;
    }
    return OK;
}
