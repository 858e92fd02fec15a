/* detect/date_context.h — inside detect/date*.c: what stands around a candidate, for and against.
 *
 * Words are looked at by token hash, so case and diacritics do not count.   Threads: safe.
 */
#pragma once
#include "detect/doc.h"
#include "detect/wordset.h"

enum date_class {
    DATE_MONTH = 1, /* full or short month */
    DATE_WEEKDAY = 2,
    DATE_PERIOD = 4,       /* season, holiday, "q" */
    DATE_LINK = 8,         /* of, the, de: inside a date */
    DATE_AFTER_DAY = 16,   /* st nd rd th: a day before it */
    DATE_STRONG = 32,      /* on, since, dated, DOB: before a date */
    DATE_WEAK = 64,        /* seen, scan, labs: near a date */
    DATE_BIRTH = 128,      /* of birth */
    DATE_AGAINST = 256,    /* strength, pain, grade: before a score or ratio */
    DATE_UNIT = 512,       /* mg, tablets, days: after a number that counts */
    DATE_OF_MONTH = 1024,  /* in, since, last, mid: before a month that stands alone */
    DATE_VERB = 2048,      /* months that are ordinary words too: may, march; mar, dec, sat, sun */
    DATE_GRADE = 8192,     /* strength, bilaterally: after a number that grades */
    DATE_STUDY = 16384,    /* CXR, echo, BCx: a fraction straight after is its day */
    DATE_EVENT = 32768,    /* removed, fell, last, next: a fraction that ends the clause is a day */
    DATE_ITEM = 4096,      /* disease, tree, egg: after a holiday that is none */
    DATE_ORDINAL = 65536,  /* fifth: a day in words */
    DATE_TENS = 1 << 17,   /* twenty-, thirty-: before an ordinal */
    DATE_RESULT = 1 << 19, /* neg, unchanged: what a study or culture of the day before it showed */
    DATE_SURE = 1 << 20,   /* since, rescheduled: no score follows it straight, and no range */
    DATE_NEAR = 1 << 18,   /* called, HD, clinic: straight before a fraction that ends the clause */
};
extern struct wordset date_words_around, date_words_inside, date_words_named;
/* Classes of token i; 0 for numbers, marks and past either end. */
static inline uint32_t date_class(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&date_words_around), doc_tok(d, i));
}
/* Of what a date is spelled with alone, DATE_MONTH to DATE_AFTER_DAY and DATE_VERB: few words beside numbers are. */
static inline uint32_t date_part(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&date_words_inside), doc_tok(d, i));
}

/* The tokens of a candidate, and what was found before it. */
struct date_context {
    uint32_t before; /* classes of the word straight before, past "the", ":", "(" and the like */
    uint32_t around; /* classes of all words up to five before it in its line and sentence */
    uint32_t after;  /* classes of the next word */
    uint32_t cue_first, cue_last; /* tokens of the strong cue, if before has DATE_STRONG */
    bool after_procedure;         /* "s/p CABG 2/14" */
    bool percent;                 /* % follows, or + joined: 5/4+ */
    bool opens_line;              /* first of its line, or in brackets of its own */
};
struct date_context date_context_of(const struct doc *d, uint32_t first, uint32_t last);
