/* detect/subject_header.h — inside detect/subject*.c: the words that say whose a part of a text is.
 *
 *     MOTHER    Maternal history:    Twin A:    DONOR INFORMATION    Infant DOB:    mother_dob
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

enum { SUBJECT_WORDS_MAX = 6 }; /* of a header */

enum subject_word {
    S_MOTHER = 1,
    S_INFANT = 2,
    S_DONOR = 4,
    S_RECIPIENT = 8,
    S_MULTIPLE = 16, /* twin: the letter or number after it says which */
    S_CHILD = 32,    /* baby, fetus: with a letter a twin */
    S_PERSON = S_MOTHER | S_INFANT | S_DONOR | S_RECIPIENT | S_MULTIPLE | S_CHILD,
    S_STAGE = 64, /* newborn: "newborn course" is of the patient's own life */
    S_SEX = 128,
    S_WHOLE = 256,  /* information, record: all there is about a person */
    S_PART = 512,   /* history, course, exam: a part of it */
    S_FIELD = 1024, /* one value: DOB, EDC */
    S_SMALL = 2048, /* of, the, 's */
    S_ORDER_A = 4096,
    S_ORDER_B = 8192,
    S_ORDER_C = 16384,
    S_ORDER_D = 32768,
    S_END = 65536, /* signed, dictated: what follows is of no person's story */
    S_ORDER = S_ORDER_A | S_ORDER_B | S_ORDER_C | S_ORDER_D,
};

struct subject_header {
    enum finding_subject of;
    bool is_block;     /* alone on its line */
    bool is_whole;     /* and about all of a person: parts the note */
    bool is_parted;    /* another person's such header follows */
    uint32_t at, body; /* its first token, the first after it */
};

/* The classes of a word; a number counts as the letter of a twin. */
uint32_t subject_class_of(const struct token *t);
/* Whom words of these classes are about, SUBJECT_PATIENT when they are no person's header; the first one
 * counts ("mother of baby"). */
enum finding_subject subject_of_words(const uint32_t *c, unsigned n);
/* A person's header on the line that begins at i; those of one value are fields. */
bool subject_header_at(const struct doc *d, uint32_t i, struct subject_header *h);
/* A field that is a person's as a whole: "mother_dob", "maternalHistory". */
enum finding_subject subject_of_field(view name);

static inline bool subject_is_line_start(const struct doc *d, uint32_t i)
{
    return i == 0 || i >= d->n || d->tok[i].flags & TOK_LINE;
}

/* What may stand between the words of a header. */
static inline bool subject_is_joiner(const struct token *t)
{
    return t->kind == TOK_MARK && (t->hash == '\'' || t->hash == '(' || t->hash == ')');
}
