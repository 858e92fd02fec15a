/* detect/cue.h — the words before a value that say what it is: "MRN:", "policy no.", "her cell is".
 *
 * A cue is read backwards from the value: over marks and filler ("#", ":", "is", "was"), number words
 * ("number", "no.", "ID") to a word that names a kind, and one more that refines it ("medical record",
 * "social security", "license plate"); over the name of a state only to a plate or licence. It ends at a sentence's or paragraph's end, at a number, and at
 * a word that is none of these. How much a cue is worth decides how plain a value it may make an
 * identifier: see id_cue.c.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"
#include "detect/wordset.h"

enum cue_class { /* set */
                 CUE_MRN = 1 << 0,
                 CUE_ACCOUNT = 1 << 1,
                 CUE_PLAN = 1 << 2,
                 CUE_LICENSE = 1 << 3,
                 CUE_VEHICLE = 1 << 4,
                 CUE_DEVICE = 1 << 5,
                 CUE_ID = 1 << 6,
                 CUE_SSN = 1 << 7,
                 CUE_PHONE = 1 << 8,
                 CUE_FAX = 1 << 9,
                 CUE_PAGER = 1 << 10,
                 CUE_DOB = 1 << 11, /* a date follows */
                 CUE_SYSTEM =
                     1 << 12, /* a code system or lot: what follows says nothing about a person */
                 CUE_STRONG = 1 << 13, /* the word alone settles it */
                 CUE_NEEDS = 1 << 14,  /* the word is nothing without a number word or '#' */
                 CUE_NUMBER = 1 << 15, /* number, no, id: makes the word before it a cue */
                 CUE_FILL = 1 << 16,   /* is, was, of: passed over */
                 CUE_MODIFY = 1 << 17, /* medical, social, credit: refines the word after it */
                 CUE_IDENT = 1 << 18,  /* a number word that may stand alone: "ID: 12345" */
                 CUE_VERB = 1 << 19,   /* announces in a sentence, not as the name of a field */
                 CUE_ENDING = 1 << 20, /* the last digits follow: "card ending in 4242" */
                 CUE_BIOMETRIC = 1 << 21,
                 CUE_TOLD =
                     1 << 22, /* what stands straight behind it is its value: "badge 20871" */
                 CUE_IDS = CUE_MRN | CUE_ACCOUNT | CUE_PLAN | CUE_LICENSE | CUE_VEHICLE |
                           CUE_DEVICE | CUE_ID | CUE_BIOMETRIC,
                 CUE_CALLS = CUE_PHONE | CUE_FAX | CUE_PAGER,
                 CUE_WHAT = CUE_IDS | CUE_CALLS | CUE_SSN | CUE_DOB | CUE_SYSTEM,
};
enum cue_worth {
    CUE_NONE,    /* no cue */
    CUE_HINT,    /* "plan is", "case": the value itself must look like an identifier */
    CUE_LIKELY,  /* "Plan:", "ID:": … be a code or a longer number */
    CUE_CERTAIN, /* "policy number", "member #": … be no small number */
    CUE_PLAIN,   /* "MRN", "account number": any value with a digit */
};
struct cue {
    uint32_t what;  /* of CUE_WHAT */
    uint8_t worth;  /* enum cue_worth */
    bool colon;     /* ':' or '=' stood between */
    bool number;    /* a number word or '#' did */
    bool field;     /* the name of the text's field is the cue; no tokens */
    bool prefix;    /* the word directly before the value is part of it: "policy no. HP 98765" */
    uint32_t first; /* tokens of the cue, first … last, marks after it left out */
    uint32_t last;
};

/* The cue before token `at`; its worth. *out is set also when it is CUE_NONE (what = 0). */
enum cue_worth cue_before(const struct doc *d, uint32_t at, struct cue *out);
extern struct wordset cue_words;
/* The classes of one word token. */
static inline uint32_t cue_class_of(const struct token *t)
{
    return wordset_class(wordset_ready(&cue_words), t);
}
uint32_t cue_class_of_word(view word);
uint32_t cue_class_of_hash(uint64_t word); /* of token_hash_word */
/* The label for a cue of CUE_IDS, CUE_CALLS or CUE_SSN. */
enum label cue_label(uint32_t what);
