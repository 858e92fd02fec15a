/* detect/field.h — what the name of a field says about its whole value.
 *
 * "patientLastName", "home_address_city", "DATE-OF-BIRTH": words from the end, as a schema's author
 * writes them, whether joined by capitals or by marks.   Threads: pure.
 */
#pragma once
#include "base/base.h"

enum field_kind {
    FIELD_OTHER,        /* nothing, or what a cue before the value would say as well */
    FIELD_NAME,         /* a person's name, whatever it looks like */
    FIELD_CLINICIAN,    /* the name of one who treats */
    FIELD_MAY_NAME,     /* "name", "family", "mother": a name if it looks like one */
    FIELD_ORGANIZATION, /* hospital, employer */
    FIELD_TOWN,
    FIELD_ADDRESS,
    FIELD_ZIP,
    FIELD_BIRTH, /* a date or year of birth */
    FIELD_AGE,
};
enum field_kind field_kind_of(view name);
/* The word of a field's name before byte `end` of it, and *start, where it begins; empty when there is none. "patientId",
 * "acct_no", "PHONE-HOME" are two each. */
view field_word_before(view name, size_t end, size_t *start);
enum { FIELD_WORDS_MAX = 6 };
/* The hashes (text/token.h) of its words, the last one first; how many: at most FIELD_WORDS_MAX. */
unsigned field_words(view name, uint64_t hash[FIELD_WORDS_MAX]);
