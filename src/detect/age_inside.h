/* detect/age_inside.h — what the files of age.c share.
 *
 * age.c         ages in numbers and in words, by their unit, sex or cue
 * age_told.c    by what is told of a person: "died at 96", "Dad is 92 and"
 * age_words.c   the words of both
 *
 * The others of age*.c have headers and words of their own.   Threads: pure. */
#pragma once
#include "detect/doc.h"
#include "detect/wordset.h"

enum age_class {
    AGE_YEAR = 1,    /* year, yr, y */
    AGE_OLD = 2,     /* old, of age: makes years an age */
    AGE_SHORT = 4,   /* yo, yof, yom: makes the number before it an age by itself */
    AGE_CUE = 8,     /* age, aged: an age follows */
    AGE_PERSON = 16, /* woman, male: after "94 year" */
    AGE_SEX = 32,    /* f, m: joined to the number */
    AGE_STORY = 64,  /* with, presents: after "94F" */
    AGE_LIMIT = 128, /* older, over, than: a limit, nobody's age */
    AGE_WHOSE = 256, /* his, her, their */
    AGE_PART = 512,  /* early, mid, late */
    AGE_NINETY = 1024,
    AGE_ONES = 2048, /* one … nine */
    AGE_ALL = 4096,  /* nonagenarian, centenarian */
    AGE_HEAT = 8192, /* temperature: 94F is none here */
    AGE_HUNDRED = 16384,
    AGE_TURN = 32768,      /* turned, turning */
    AGE_TEENS = 65536,     /* ten … nineteen, twenty */
    AGE_RELATIVE = 131072, /* mother, uncle */
    AGE_PRONOUN = 262144,  /* she, he */
    AGE_BE = 524288,       /* is, was */
    AGE_GOES_ON = 1 << 20, /* and, with, now: after "mother is 92" */
    AGE_ABOUT = 1 << 22,   /* approximately, now: before the number */
    AGE_KIND = 1 << 21,    /* WF, BM: a race and sex, after "92 yr" */
    AGE_ALIVE = 1 << 23,   /* alive, deceased: between a relative and the age */
    AGE_THEN = 1 << 24,    /* then, now: "was 88 then, is 92 now" */
};

extern struct wordset age_words;
static inline uint32_t age_class_at(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&age_words), doc_tok(d, i));
}

/* ---- age_told.c: the number, which is over 89, is at token i ---- */

/* "died at 96", "lived to 102" */
bool age_is_life_end(const struct doc *d, int64_t i);
/* "Dad is 92 and", "Great-aunt, 97, lives alone", "She is 94.": said of a person, with nothing counted
 * after it. A patient's value is told with what it is of; a reading goes on with "on" or a unit. */
bool age_is_told_of(const struct doc *d, int64_t i);
/* "mother alive 96", "Father d. 93", "MGM: living, 94" */
bool age_is_family_entry(const struct doc *d, int64_t i);
/* "she was 88 then, is 92 now": an age told before, and nothing of measuring between. */
bool age_is_now(const struct doc *d, int64_t i);
/* "1 month shy of 100", "just short of 90": a span of time is missing. */
bool age_is_nearly(const struct doc *d, int64_t i);
