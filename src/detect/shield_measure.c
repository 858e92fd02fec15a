/* shield_measure.c — numbers that are clinical values, so that nothing takes them for identifiers.
 *
 * Each NUMBER token is judged by what touches it, what follows it (a unit) and what precedes it (the
 * name of a value). A run of seven digits or more, and a number that a certain identifier cue
 * precedes, is left alone unless it is a genome position or a code of a code system: hiding a true
 * identifier from the detectors is the worse mistake. */
#include "detect/code.h"
#include "detect/cue.h"
#include "detect/measure_words.h"
#include "detect/shield.h"
#include "detect/shield_cue.h"
#include "detect/shield_joined.h"

enum { LONG_RUN = 7 }; /* digits from which a number may be an identifier of its own */

struct judge {
    struct doc *d;
    const struct wordset *words;
};

static uint32_t class_at(const struct judge *j, int64_t i)
{
    return wordset_class(j->words, doc_tok(j->d, i));
}

/* "seen 3/5 in clinic": another word follows, and none of measuring. */
static bool is_preposition(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *next = doc_tok(d, i + 1);
    if (!view_eq_nocase(doc_view(d, (uint32_t)i, (uint32_t)i), VIEW("in"))) return false;
    if (next->kind != TOK_WORD || next->flags & TOK_LINE || t->flags & TOK_LINE) return false;
    if (next->len < 3 || wordset_class(measure_words(), next)) return false;
    return !(doc_bits(d, i + 1) & (LEX(UNIT) | LEX(DIRECTION))) &&
           doc_is_mark(d, i - 2, '/'); /* a fraction: "5 in tall" needs no such look */
}

/* "Run M9-89566   Unit 60": which vehicle it was. */
static bool is_numbered_unit(const struct doc *d, const struct token *t, int64_t i)
{
    const bool unit = t->hash == token_hash_literal(VIEW("unit"));
    return UNLIKELY(unit & ((t->flags & TOK_CAP) != 0)) && doc_tok(d, i + 1)->kind == TOK_NUMBER;
}

/* Is the word t, token i, one? */
static bool is_unit_word(const struct judge *j, const struct token *t, int64_t i, uint32_t digits)
{
    /* "5512345  pg 3 of 7": the page, not picograms */
    if (UNLIKELY(digits >= LONG_RUN) && doc_tok(j->d, i + 1)->kind == TOK_NUMBER &&
        view_eq_nocase(doc_view(j->d, (uint32_t)i, (uint32_t)i), VIEW("pg")))
        return false;
    uint32_t c = wordset_class(j->words, t);
    if (c & MW_UNIT) return !is_numbered_unit(j->d, t, i);
    if (c & MW_SHORT && t->len == 2 && !doc_joined(j->d, i) && is_preposition(j->d, i))
        return false;
    if (c & MW_SHORT) return doc_joined(j->d, i) ? digits <= 4 : t->len > 1 && digits <= 3;
    return (doc_bits(j->d, i) & LEX(UNIT)) && (t->len > 1 || doc_joined(j->d, i));
}

static inline bool is_unit(const struct judge *j, int64_t i, uint32_t digits)
{
    const struct token *t = doc_tok(j->d, i);
    if (t->kind == TOK_MARK)
        return (t->hash == '%') | (t->hash == 0xB0) | (t->hash == 0xB5); /* °, µ */
    return t->kind == TOK_WORD && is_unit_word(j, t, i, digits);
}

static void cover(struct judge *j, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last && i < j->d->n; i++)
        j->d->shield[i] |= SHIELD_MEASURE;
}

/* The last token of the number that begins at i: "1,250", "3.5". */
static uint32_t number_end(const struct judge *j, uint32_t i)
{
    const struct doc *d = j->d;
    enum { GROUPS = 6 };
    for (int n = 0; n < GROUPS; n++) {
        if (!doc_joined(d, i + 1) || !doc_joined(d, i + 2) ||
            doc_tok(d, i + 2)->kind != TOK_NUMBER ||
            !(doc_is_mark(d, i + 1, '.') ||
              (doc_is_mark(d, i + 1, ',') && doc_tok(d, i + 2)->len == 3)))
            break;
        i += 2;
    }
    return i;
}

enum link { LINK_NONE, LINK_RANGE, LINK_BY }; /* 10-20, 2 to 3, 5/10 · 2 x 3 x 4, 2 by 3 */

/* What token m is, which a number follows. */
static enum link link_of(const struct judge *j, uint32_t m)
{
    const struct token *t = doc_tok(j->d, m);
    if (t->kind == TOK_MARK)
        return t->hash == '-' || t->hash == '/' || t->hash == '~' ? LINK_RANGE : LINK_NONE;
    uint32_t c = class_at(j, m);
    if (!(c & MW_RANGE)) return LINK_NONE;
    return t->len == 1 || c & MW_TIMES || ascii_lower(j->d->text.p[t->start]) == 'b' ? LINK_BY
                                                                                     : LINK_RANGE;
}

static inline enum link link_at(const struct judge *j, uint32_t m)
{
    return doc_tok(j->d, m + 1)->kind == TOK_NUMBER ? link_of(j, m) : LINK_NONE;
}

/* Is number i the second or later part of "555-0123", "3/14/2023"? */
static bool is_chained(const struct doc *d, uint32_t i)
{
    return doc_joined(d, i) && i >= 2 &&
           (doc_is_mark(d, i - 1, '-') || doc_is_mark(d, i - 1, '/')) && doc_joined(d, i - 1) &&
           doc_tok(d, i - 2)->kind == TOK_NUMBER;
}

/* Past the '-' or '+' that joins a unit to the number before token u; *is_tail: a letter stands there that is part of a
 * code (24-9918-B, 0418/77-B). */
static uint32_t past_joint(const struct doc *d, uint32_t u, uint32_t digits, bool *is_tail)
{
    if (doc_is_mark(d, u, '-')) {
        u++;
        const struct token *t = doc_tok(d, u);
        const bool goes_on = doc_joined(d, u + 1) && doc_tok(d, (int64_t)u + 1)->kind != TOK_MARK;
        if (t->len == 1 && t->flags & TOK_UPPER && !goes_on)
            *is_tail = digits >= 4 || is_chained(d, u - 2);
    }
    return doc_is_mark(d, u, '+') && doc_joined(d, u) ? u + 1 : u;
}

/* A unit after the number i … end or after its range: "5 mg", "10-20 mL", "2 x 3 x 4 cm", "45-year-old". */
static bool has_unit(struct judge *j, uint32_t i, uint32_t end, uint32_t digits)
{
    enum link first = LINK_NONE;
    bool is_tail = false;
    for (int k = 0; k < 3; k++) {
        uint32_t u = end + 1;
        if (doc_joined(j->d, u) && j->d->tok[u].kind == TOK_MARK)
            u = past_joint(j->d, u, digits, &is_tail);
        if (UNLIKELY(is_tail)) return false;
        if (is_unit(j, u, digits)) {
            if (doc_tok(j->d, u)->flags & TOK_LINE) return false;
            cover(j, i, end);
            if (doc_joined(j->d, u)) cover(j, end + 1, u);
            return true;
        }
        const enum link link = link_at(j, end + 1);
        if (link == LINK_NONE || (k ? link != first || link != LINK_BY : is_chained(j->d, i)))
            return false;
        first = link;
        digits = doc_tok(j->d, end + 2)->len;
        end = number_end(j, end + 2);
    }
    return false;
}

/* The name of a value before the number: "WBC 12.3", "BP was 120/80", "grade 3", "score of 7". */
static bool has_name(struct judge *j, uint32_t i, bool pair_only)
{
    const struct doc *d = j->d;
    uint32_t want = pair_only ? MW_PAIR : MW_BEFORE;
    /* "RBC18550" is a value run together, "14ALK12534" and "PT123456" are codes */
    if (d->tok[i].len > 3 && doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_WORD &&
        (doc_joined(d, i - 1) || d->tok[i].len > 5 || d->tok[i - 1].len < 3))
        return false;
    for (int64_t k = (int64_t)i - 1, steps = 0; k >= 0 && steps < 5; k--, steps++) {
        const struct token *t = doc_tok(d, k);
        if (d->tok[k + 1].flags & TOK_PARA) return false;
        if (t->kind == TOK_NUMBER) {
            /* the numbers of one value: "BP 120/80", "12-15", "C3" */
            if (d->shield[k] & SHIELD_MEASURE) continue;
            return false;
        }
        if (t->kind == TOK_MARK) {
            if (t->hash == '.' || t->hash == ';' || t->hash == '#' || t->hash == '@') return false;
            continue;
        }
        uint32_t c = wordset_class(j->words, t);
        /* "Ph 1800 555 042", "called pt (617 330 2218)": no pH has three digits, and PT has capitals */
        if (c & want && d->tok[i].len > 2 && t->len == 2 &&
            (doc_is_word(d, k, VIEW("ph")) ||
             (t->flags & TOK_LOWER && doc_is_word(d, k, VIEW("pt")))))
            return false;
        /* "Na 140", "CA 9.2", but "CA 94110" is a state and its ZIP */
        if (c & want) return t->len > 2 || d->tok[i].len <= 4;
        if (doc_bits(d, k) & LEX(DRUG) && !pair_only) return true;
        if (!(c & (MW_LINK | MW_RANGE | MW_UNIT))) return false;
    }
    return false;
}

/* "<", ">", "=" or "±" before the number says that it is a value. */
static bool is_compared(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, (int64_t)i - 1);
    if (t->kind != TOK_MARK) return false;
    return t->hash == '<' || t->hash == '>' || t->hash == '~' || t->hash == 0xB1 ||
           t->hash == 0x2264 || t->hash == 0x2265 || t->hash == '$' || t->hash == '^' ||
           (t->hash == '=' &&
            !(cue_class_of(doc_tok(d, (int64_t)i - 2)) & (CUE_WHAT | CUE_NUMBER)));
}

/* a/b that can't be a date, or is said to be a strength, score or acuity. */
static bool is_fraction(struct judge *j, uint32_t i, uint32_t *last)
{
    const struct doc *d = j->d;
    const struct token *a = &d->tok[i], *b = doc_tok(d, i + 2);
    if (!doc_is_mark(d, i + 1, '/') || !doc_joined(d, i + 1) || b->kind != TOK_NUMBER ||
        !doc_joined(d, i + 2) || a->len > 3 || b->len > 3)
        return false;
    if (doc_is_mark(d, i + 3, '/') && doc_joined(d, i + 3)) return false;
    if (doc_is_mark(d, (int64_t)i - 1, '/') && doc_joined(d, i)) return false;
    *last = i + 2;
    bool maybe_date = a->hash >= 1 && b->hash >= 1 && b->len <= 2 &&
                      ((a->hash <= 12 && b->hash <= 31) || (a->hash <= 31 && b->hash <= 12) ||
                       (a->hash <= 12 && b->hash >= 50)); /* 3/68 is a month and a year */
    return !maybe_date || has_name(j, i, true);
}

/* "CPT codes 99213, 99214 and 99215", "NDC 0002-8215-01": the whole code, and those listed after it. */
SELDOM static void cover_system(struct judge *j, uint32_t i)
{
    struct code c;
    for (int k = 0; k < 16 && i < j->d->n && j->d->tok[i].kind == TOK_NUMBER; k++) {
        code_around(j->d, i, &c);
        /* a telephone or social security number ends the list */
        if (k && (code_is(&c, "3-3-4") || code_is(&c, "3-2-4"))) return;
        cover(j, c.first, c.last);
        i = c.last + 1;
        while (i < j->d->n && (doc_is_mark(j->d, i, ',') || doc_is_mark(j->d, i, ';') ||
                               (class_at(j, i) & MW_RANGE && doc_tok(j->d, i)->len > 1)))
            i++;
        if (i == c.last + 1) return;
    }
}

/* Digits of the number i … end, groups and decimals together. */
static uint32_t count_digits(const struct doc *d, uint32_t i, uint32_t end)
{
    uint32_t digits = d->tok[i].len;
    for (uint32_t k = i + 2; k <= end; k += 2)
        digits += d->tok[k].len;
    return digits;
}

/* Is the mark at token i one of a code or a range? */
static bool is_joint(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '-') || doc_is_mark(d, i, '/');
}

/* Part of nothing that '-', '/' or '#' makes. */
static bool is_alone(const struct doc *d, uint32_t i, uint32_t end)
{
    return !(doc_joined(d, end + 1) && is_joint(d, (int64_t)end + 1)) &&
           !(doc_joined(d, i) && is_joint(d, (int64_t)i - 1)) &&
           !doc_is_mark(d, (int64_t)i - 1, '#');
}

/* A number that something touches on its left or right: a code of genes or diseases, "B12", a fraction, a time. False
 * when it is none. */
static bool judge_joined(struct judge *j, uint32_t i, bool left, bool right, uint32_t digits)
{
    struct doc *d = j->d;
    uint32_t last = i;
    if (left && shield_is_of_code(d, i) && !shield_is_cued(d, i, d->tok[i].len)) {
        uint32_t first;
        code_reach(d, i, &first, &last);
        cover(j, first, last);
        return true;
    }
    const bool word =
        (left && d->tok[i - 1].kind == TOK_WORD) || (right && d->tok[i + 1].kind == TOK_WORD);
    const bool mark = right && d->tok[i + 1].kind == TOK_MARK;
    if (!(word && shield_is_compound(d, i, &last)) &&
        !(mark && (d->tok[i + 1].hash == '/' ? is_fraction(j, i, &last)
                                             : shield_is_colon_or_sum(d, i, &last))))
        return false;
    if (!shield_is_cued(d, i, digits)) cover(j, i, last);
    return true;
}

static void judge_number(struct judge *j, uint32_t i)
{
    struct doc *d = j->d;
    const struct token *t = &d->tok[i];
    const bool left = doc_joined(d, i), right = doc_joined(d, i + 1);
    const uint32_t end = right && doc_joined(d, i + 2) ? number_end(j, i) : i;
    const uint32_t digits = count_digits(d, i, end);
    if (t->len >= 3 && shield_is_of_system(d, i)) {
        cover_system(j, i);
        return;
    }
    if ((left || right) && judge_joined(j, i, left, right, digits)) return;
    if (UNLIKELY(t->len >= LONG_RUN) && !is_unit(j, end + 1, digits)) return;
    if (has_unit(j, i, end, digits)) {
        if (shield_is_cued(d, i, digits))
            for (uint32_t k = i; k <= end; k++)
                d->shield[k] &= (uint8_t)~SHIELD_MEASURE;
        return;
    }
    if (UNLIKELY(t->len >= LONG_RUN)) return;
    /* "sodium 135-145" */
    if (t->len <= 3 && link_at(j, i + 1) == LINK_RANGE && doc_tok(d, i + 2)->len <= 3 &&
        !is_chained(d, i) && link_at(j, i + 3) == LINK_NONE && has_name(j, i, false)) {
        cover(j, i, i + 2);
        return;
    }
    if (!is_alone(d, i, end)) return;
    const bool grouped = end > i && doc_is_mark(d, i + 1, ','); /* 1,250,000 */
    const bool value = grouped || is_compared(d, i) ||
                       (class_at(j, (int64_t)i - 1) & MW_TIMES && digits <= 3) ||
                       (digits <= 6 && has_name(j, i, false));
    if (value && !shield_is_cued(d, i, digits)) cover(j, i, end);
}

void shield_measure(struct doc *d)
{
    struct judge j = { d, measure_words() };
    for (uint32_t k = 0; k < d->digits.n; k++) {
        uint32_t i = d->digits.v[k];
        if (!(d->shield[i] & SHIELD_MEASURE)) judge_number(&j, i);
    }
}
