/* detect/phone_inside.h — what the files of phone.c share.
 *
 * phone.c           the walk over the digits of a text: where a number begins, what becomes of it
 * phone_groups.c    the groups of a number
 * phone_form.c      forms: 3-3-4, pairs, letters for digits, digit by digit; where a number ends
 * phone_extension.c extensions and pagers
 * phone_spoken.c    numbers in words
 * phone_told.c      plainer numbers, by the words around
 * phone_desk.c      four or five digits in a house, by who is called
 *
 * Threads: pure. */
#pragma once
#include "detect/cue.h"
#include "detect/doc.h"

enum { PHONE_GROUPS_MAX = 8, PHONE_DIGITS_MAX = 15 };

struct phone_number {
    uint32_t first, last; /* tokens, brackets and '+' included */
    uint32_t n;           /* groups */
    uint32_t digits;
    uint8_t len[PHONE_GROUPS_MAX];
    uint32_t tok[PHONE_GROUPS_MAX];
    bool plus, bracket, blanks; /* blanks: only blanks part the groups */
    bool slash;                 /* '/' parts two of them */
};

struct phone_state { /* the last number found: lists pass their cue on */
    uint32_t end;    /* token after it; 0: none */
    enum label label;
};

/* Appends number n with the extension behind it. OK, ERR_MEMORY or ERR_LIMIT. */
SELDOM MUST_USE err phone_emit(const struct doc *d, struct phone_state *s,
                               const struct phone_number *n, const struct cue *c, enum rule rule,
                               float score, struct findings *out);

static inline bool phone_is_mark(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '-') || doc_is_mark(d, i, '.') || doc_is_mark(d, i, '/');
}

/* "5-1234", from one desk of a hospital to another. */
static inline bool phone_is_in_house(const struct phone_number *n)
{
    return n->n >= 2 && n->len[0] == 1 && n->len[1] == 4;
}

/* ---- phone_groups.c ---- */

/* All groups that could belong to a number that begins at i. */
void phone_read_groups(const struct doc *d, uint32_t i, struct phone_number *n);

/* ---- phone_desk.c ---- */

/* "call back 4482", "Beep Roe 69154", "ICU 4-2231". */
bool phone_is_at_desk(const struct doc *d, const struct phone_number *n);

/* ---- phone_extension.c ---- */

/* After a number that ends at `last`: " x22", ", ext. 301"; the new last token. */
uint32_t phone_with_extension(const struct doc *d, uint32_t last);
/* By the first letter of "x", "ext", "is" and "p". */
static inline bool phone_may_be_extension(const struct doc *d, uint32_t w)
{
    const uint32_t letter = (uint32_t)(uint8_t)ascii_lower(d->text.p[d->tok[w].start]) - 'a';
    return letter < 26 &&
           ((1U << ('x' - 'a') | 1U << ('e' - 'a') | 1U << ('i' - 'a') | 1U << ('p' - 'a')) >>
                letter &
            1);
}

/* The token before number i that could be such a word, past one mark, or i. */
static inline uint32_t phone_extension_before(const struct doc *d, uint32_t i)
{
    if (!i) return i;
    const struct token *mark = &d->tok[i - 1];
    const bool marked = (mark->kind == TOK_MARK) &
                        ((mark->hash == '.') | (mark->hash == ':') | (mark->hash == '#'));
    if (i < 1U + marked) return i;
    const uint32_t w = i - 1 - marked;
    return UNLIKELY(phone_may_be_extension(d, w)) ? w : i;
}

/* "x3131", "ext. 4410", "extension 5-1234" with no number before them: the word is token w. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err phone_extension(const struct doc *d, uint32_t w, uint32_t i, struct phone_state *s,
                             struct findings *out);

/* ---- phone_form.c ---- */

/* Keeps the first k groups. */
SELDOM void phone_cut(const struct doc *d, struct phone_number *n, uint32_t k);
/* Does the number stop at its last token? Not "617-555-0123-4", "555-0123mg". */
SELDOM bool phone_ends(const struct doc *d, uint32_t last);
/* [1] 3 3 4 from group 0: how many groups, or 0. */
uint32_t phone_north_american(const struct doc *d, const struct phone_number *n);
/* Five pairs beginning with 0, as in France: "03.93.92.16.85". */
bool phone_is_pairs(const struct doc *d, const struct phone_number *n);
/* "0700 1200/850", "0415-1445 600", "0900 210 185": a time of day and what was measured then, or from then
 * on. Only "0121 496 0000" has the form of a number all the same. */
bool phone_is_timed_row(const struct doc *d, const struct phone_number *n);
/* "814-555-O177" with a letter that looks like a digit behind a word for telephones, "1-800-555-HELP": three
 * groups of which the last is of letters, or has one. Its last token becomes the number's. */
bool phone_is_spelled(const struct doc *d, struct phone_number *n, const struct cue *c);
/* "(814)5550177", "814-5550177", "cell 814 5550177": the area, and the rest in one */
bool phone_is_area_and_rest(const struct doc *d, const struct phone_number *n);
/* "1-800-MY-CLAIM", "877-RIDE-NOW", "1 (888) HEARNOW", "1.855.GO-HOME-1", "846-24-KIDNEYS": an area, and what is dialed by
 * the letters of words. Its last token becomes the number's. */
bool phone_is_lettered(const struct doc *d, struct phone_number *n);
/* "5 5 5 - 0 1 5 3", "2 0 3 - 5 5 5 - 0 1 9 1": digit by digit, with the dashes of a number. Its last token becomes
 * the number's. Strengths and tests are told digit by digit too, without them. */
SELDOM bool phone_is_spaced(const struct doc *d, struct phone_number *n);

/* ---- phone_spoken.c ---- */

/* Appends numbers in words, as they are dictated: "five five five oh one eight eight", "four-oh-four oh-zero-three
 * double nine one", of seven digits or more. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err phone_spoken_find(const struct doc *d, struct findings *out);

/* ---- phone_told.c ---- */

/* "(H) 726-5861": home, cell, work, mobile, office. */
bool phone_is_after_letter(const struct doc *d, uint32_t i);
/* "call 864 0136": two groups that no row of values has. */
SELDOM bool phone_is_plain_pair(const struct doc *d, const struct phone_number *n);
/* "contact Lu (wife) 864 0136", "called son 9123 4417": the cue, and who, by name or kin. */
SELDOM bool phone_is_called_who(const struct doc *d, uint32_t first);
/* With a word for telephones before it, a number may be plain. */
SELDOM bool phone_is_cued(const struct doc *d, struct phone_number *n, const struct cue *c);
/* "Paged Dr. Yee at", "called Ada Mohr RN at" before token `first`: only capital words between. */
bool phone_is_called_at(const struct doc *d, uint32_t first);
/* "Responsible party Ada Mohr, 431-2502", "Parole officer Farley 279-5472": who somebody is to the patient, and a name. */
bool phone_is_of_person(const struct doc *d, uint32_t first);

/* ---- phone_verdict.c ---- */

/* What makes a number of the groups; RULE_NONE: nothing does. */
struct phone_verdict {
    enum rule rule;
    float score;
};
static const struct phone_verdict phone_none = { RULE_NONE, 0 };
/* Two groups and more, or a '+', that are a number by their form. `k`: of the groups, those of a North American number. */
struct phone_verdict phone_by_form(const struct doc *d, struct phone_number *n, const struct cue *c,
                                   uint32_t k);
/* What the words around tell. `listed`: a number stands before it in a list. */
struct phone_verdict phone_by_words(const struct doc *d, struct phone_number *n,
                                    const struct cue *c, bool listed);
