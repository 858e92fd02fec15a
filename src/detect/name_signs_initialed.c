#include "detect/name_signs_initialed.h"

#include "detect/name_initials.h"
#include "detect/name_signs.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    N_STRAIGHT = 1, /* the letters follow it straight */
    N_COLON = 2,    /* … or behind a colon */
    N_DATED = 4,    /* a day stands between */
    N_TAKEN = 16, /* what a nurse took down from a doctor's mouth: the letters follow it straight */
    N_CALLED = 32, /* somebody was reached at the number that the letters stand behind */
    N_LISTED = 64, /* the letters of several follow, parted by commas */
    N_WHO = 128,   /* whose number stands before the letters in brackets */
    N_LISTS = 8,   /* a comma may follow the letters: nothing else is initialed than by somebody */
};
static const struct wordset_row rows[] = {
    { "initialed initialled", N_STRAIGHT | N_LISTS },
    { "inits qc", N_STRAIGHT },
    { "checked", N_STRAIGHT | N_DATED },
    { "transcribed typed keyed", N_COLON | N_DATED },
    { "scanned proofed dictated recd rec drawn stamped calibrated cal", N_DATED },
    { "rbvo torb vorb rbto rbav tovb", N_TAKEN },
    { "called phoned faxed sent", N_CALLED },
    { "contacts", N_LISTED },
    { "participant subject", N_WHO },
    { "addendum addenda scored entered amended read reviewed signed witnessed verified replaced "
      "counted",
      N_DATED },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool is_sign(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len - 2U < 2U && t->flags & TOK_UPPER &&
           !(t->flags & TOK_LINE);
}

/* A line, column or sentence ends with token i. */
SELDOM static bool ends(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    return doc_ends_line(d, i) || shape_opens_column(d, (uint32_t)i + 1) ||
           (t->kind == TOK_MARK && t->hash == '.' && !doc_joined(d, i + 2));
}

/* Behind a day, in a line that one of these words opens or that tells what was done then. */
static bool is_dated(const struct doc *d, int64_t i, const uint8_t *taken)
{
    enum { REACH = 14 };
    int64_t day = i - 1;
    if (doc_is_mark(d, day, ',')) day--;
    if (day < 0 || !taken[day] || doc_tok(d, day)->kind != TOK_NUMBER) return false;
    /* the next sentence begins: "cal ok 8/9 DGD The", "DGD COMPLICATIONS:", no "NPI 1591546035 DEA GL3323069" */
    const struct token *next = doc_tok(d, i + 1);
    const bool begins = next->kind == TOK_WORD && next->flags & TOK_CAP && next->len > 1 &&
                        !(next->flags & TOK_UPPER && next->len < 5) &&
                        !(d->lex[i]->bits & (LEX(FUNCTION) | LEX(CUE_DEA) | LEX(CUE_NPI) |
                                             LEX(CUE_LICENSE) | LEX(CREDENTIAL)));
    if (!ends(d, i) && !begins && !doc_is_mark(d, i + 1, ':')) return false;
    for (int64_t k = day - 1; k >= 0 && k > day - REACH; k--) {
        if (cls(d, k) & N_DATED) return true;
        if (doc_tok(d, k)->flags & TOK_LINE || doc_is_mark(d, k, ';')) return false;
    }
    return false;
}

/* "called to Ada at the pharmacy, 799-232-2263. EA⏎", "| auth 3453635 | PN⏎": behind a number that was found, at the end of its line. */
static bool is_behind_number(const struct doc *d, int64_t i, const uint8_t *taken)
{
    enum { REACH = 32 };
    const int64_t number = i - 2;
    if (number < 1 || !taken[number] || doc_tok(d, number)->kind != TOK_NUMBER ||
        !doc_ends_line(d, i) || name_signs_is_other(d, i))
        return false;
    if (doc_is_mark(d, i - 1, '|')) return true;
    for (int64_t k = number; k >= 0 && k > number - REACH; k--) {
        if (cls(d, k) & N_CALLED) return true;
        if (doc_tok(d, k)->flags & TOK_LINE) return false;
    }
    return false;
}

/* "contacts RD, NMD, JB.", but no "contacts HIV, HCV" */
static bool is_listed(const struct doc *d, int64_t i)
{
    enum { REACH = 64 };
    int64_t k = i;
    if (d->tok[i].len > 2 && !name_letters_mean_nothing(d, (uint32_t)i)) return false;
    while (k > 2 && k + REACH > i && doc_is_mark(d, k - 1, ',') && is_sign(d, k - 2))
        k -= 2;
    return cls(d, k - 1) & N_LISTED && (k < i || (doc_is_mark(d, i + 1, ',') && is_sign(d, i + 2)));
}

/* "Participant PT-5963 (OTO)": whose number was found right before the bracket. */
static bool is_numbered(const struct doc *d, int64_t i, const uint8_t *taken)
{
    enum { REACH = 8 };
    if (i < 3 || !doc_is_mark(d, i + 1, ')') || !taken[i - 2]) return false;
    for (int64_t k = i - 2; k >= 0 && k > i - REACH; k--) {
        if (cls(d, k) & N_WHO) return true;
        if (!taken[k]) return false;
    }
    return false;
}

/* "> MR⏎": the whole of an answer. */
SELDOM static bool is_answer(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i - 1, '>') && doc_opens_line(d, (uint32_t)i - 1) &&
           doc_ends_line(d, i) && !name_signs_is_other(d, i);
}

/* "(AR/KT)" behind a degree. */
static bool is_pair(const struct doc *d, int64_t i)
{
    int64_t degree = i - 2;
    if (!doc_is_mark(d, i - 1, '(') || !doc_is_mark(d, i + 1, '/') || !is_sign(d, i + 2) ||
        !doc_is_mark(d, i + 3, ')'))
        return false;
    if (doc_is_mark(d, degree, '.')) degree--;
    const struct token *t = doc_tok(d, degree);
    return doc_bits(d, degree) & LEX(CREDENTIAL) ||
           (t->len == 1 && t->flags & TOK_CAP && doc_is_mark(d, degree - 1, '.'));
}

/* "initialed CCO and MM": the second of two. */
static bool is_second(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i - 1, VIEW("and")) && is_sign(d, i - 2) && cls(d, i - 3) & N_STRAIGHT;
}

static bool is_initialed(const struct doc *d, int64_t i, const uint8_t *taken)
{
    const int64_t p = i - 1;
    const struct token *before = doc_tok(d, p);
    if (before->kind == TOK_NUMBER) return is_dated(d, i, taken);
    if (before->kind == TOK_WORD) {
        const uint32_t c = cls(d, p);
        if (c & N_TAKEN) return true;
        if (c & N_STRAIGHT) return ends(d, i) || (c & N_LISTS && doc_is_mark(d, i + 1, ','));
        if (c & N_LISTED) return is_listed(d, i);
        if (is_second(d, i)) return true;
        return doc_is_word(d, p, VIEW("by")) && p > 0 && taken[p - 1] &&
               doc_tok(d, p - 1)->kind == TOK_NUMBER &&
               (ends(d, i) || doc_is_word(d, i + 1, VIEW("slash")));
    }
    if (before->hash == ':') return cls(d, p - 1) & N_COLON && ends(d, i);
    if (before->hash == '>') return is_answer(d, i);
    if (before->hash == '.' || before->hash == '|') return is_behind_number(d, i, taken);
    if (before->hash != ',') return false;
    return (i > 2 && is_sign(d, i - 2) && is_listed(d, i)) ||
           (doc_is_word(d, p - 1, VIEW("back")) && doc_is_word(d, p - 2, VIEW("read")) &&
            ends(d, i)) ||
           is_dated(d, i, taken);
}

SELDOM static err add(const struct doc *d, uint32_t i, struct findings *out)
{
    return doc_add_name(d, i, i, RULE_NAME_INITIALS, 0.75F, WHO_CLINICIAN, out);
}

err name_signs_initialed(const struct doc *d, uint32_t i, const uint8_t *taken,
                         struct findings *out)
{
    err e = OK;
    if (!i || taken[i] || !is_sign(d, i)) return OK;
    if (d->tok[i - 1].hash == '(') {
        if (is_numbered(d, i, taken)) return add(d, i, out);
        if (!is_pair(d, i)) return OK;
        TRY(add(d, i, out));
        return taken[i + 2] ? OK : add(d, i + 2, out);
    }
    if (!is_initialed(d, i, taken)) return OK;
    TRY(add(d, i, out));
    if (is_second(d, i) && !taken[i - 2]) TRY(add(d, i - 2, out));
out:
    return e;
}
