/* detect/name_register_inside.h — what the files of name_register.c share.
 *
 * name_register.c   entries "FAMILY, GIVEN" and names beside a record's number, an age, a page
 * name_field.c      fields that ask for a person: "Attending: Gang Do"
 * name_frame.c and name_series.c ask for roles and entries
 *
 * Threads: pure. */
#pragma once
#include "detect/name_spots.h"

/* Words that no name is made of, whatever stands around them. */
static const uint64_t NAME_REGISTER_NEVER =
    LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(CREDENTIAL) | LEX(STREET_TYPE) |
    LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(UNIT) | LEX(CUE_MRN) | LEX(CUE_DATE) | LEX(CUE_PHONE) |
    LEX(CLINICIAN) | LEX(STATE_CODE);

struct name_entry {
    uint32_t first, last;
    uint32_t n_new; /* words that the lexicon does not know, or knows as names above all */
    bool is_caret, is_upper;
};

static inline bool name_register_is_name(const struct lex_info *l)
{
    return (l->bits & (LEX_GIVEN | LEX(SURNAME) | LEX(NICK))) != 0;
}

/* ---- name_register.c ---- */

/* "FAMILY, GIVEN M." or "FAMILY^GIVEN^M" from token i on. `led`: something asks for a person there. */
bool name_entry_at(const struct doc *d, uint32_t i, bool led, struct name_entry *x);
/* Does what stands around say that this entry is a person? */
SELDOM bool name_entry_is_told(const struct doc *d, const struct name_entry *x, bool led);

/* ---- name_field.c ---- */

/* A cue that asks for a person, right before token i. */
bool name_field_is_asked(const struct doc *d, int64_t i);
/* Is token i a word for who somebody is in this care: "cover", "scribe", "driver"? */
bool name_field_is_role(const struct doc *d, int64_t i);
/* Is token i the "name" of "Surgery name": of a thing? */
bool name_field_is_of_thing(const struct doc *d, int64_t i);
/* Appends the names that such fields hold; `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_field_answers(const struct doc *d, const struct name_spots *s,
                                const uint8_t *taken, struct findings *out);
