/* detect/name_role_inside.h — what the files of name_role.c share.
 *
 * name_role.c        names behind a role or trade, families
 * name_role_filed.c  "Thornbury, J": a family name and a letter
 * name_role_rows.c   rows of a board or of a numbered list
 *
 * Threads: pure. */
#pragma once
#include "detect/name_role.h"

enum {
    R_FIELD = 1,    /* with a colon its name follows */
    R_STRAIGHT = 2, /* without one too */
    R_ROOM = 4,     /* an operating room of a schedule */
    R_BESIDE = 8,   /* "MCLEAN, J verified": who signs for what */
    R_TRADE = 16,   /* in small letters its name follows: "the clerk Marcus" */
    R_FAMILY = 32,  /* behind a family name */
    R_THE = 64,     /* before one */
    R_CREW = 128,   /* somebody of a row of staff, see detect/name_crew.h */
    R_FIRST = 256,  /* before that: "break cover" */
    R_COPY = 512,   /* who gets one, a line each */
};
static const uint64_t NAME_ROLE_NEVER =
    LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(MONTH) | LEX(WEEKDAY) | LEX(UNIT) |
    LEX(ORG_HEAD) | LEX(CLINICIAN) | LEX(RELATIVE) | LEX(CREDENTIAL) | LEX(FUNCTION) | LEX(TITLE);

static inline bool name_role_is_free(const struct doc *d, uint32_t i, const uint8_t *taken)
{
    return i < d->n && d->tok[i].kind == TOK_WORD && d->tok[i].flags & TOK_CAP && !d->shield[i] &&
           !taken[i];
}
/* ---- name_role.c ---- */

/* The classes of token i: set of R_. */
uint32_t name_role_class(const struct doc *d, int64_t i);
/* A word that people are called by above all. */
SELDOM bool name_role_is_rather_name(const struct doc *d, uint32_t i);
/* Does the field that begins behind token `last` end there, or go on to another name? */
SELDOM bool name_role_is_closed(const struct doc *d, uint32_t last);
SELDOM MUST_USE err name_role_add(const struct doc *d, uint32_t first, uint32_t last, float score,
                                  enum finding_role role, struct findings *out);

/* ---- name_role_filed.c ---- */

/* "78M", "45/F" from token i. */
SELDOM bool name_role_is_age_and_sex(const struct doc *d, int64_t i);
/* Token i, a family name, with the comma and letter behind it. */
MUST_USE err name_role_filed(const struct doc *d, uint32_t i, const uint8_t *taken,
                             struct findings *out);

/* ---- name_role_rows.c ---- */

/* Token i, before a number. */
MUST_USE err name_role_in_bed(const struct doc *d, uint32_t i, const uint8_t *taken,
                              struct findings *out);
/* Token i, behind a number. */
MUST_USE err name_role_scheduled(const struct doc *d, uint32_t i, const uint8_t *taken,
                                 struct findings *out);
/* Of the whole text. */
MUST_USE err name_role_numbered(const struct doc *d, const struct name_spot_list *spots,
                                const uint8_t *taken, struct findings *out);
