/* detect/spanish_inside.h — what the files of spanish.c share.
 *
 * spanish.c         the walk over a text; cuts words of kinship off what the tagger took
 * spanish_words.c   the words and their classes
 * spanish_name.c    names behind titles, relatives and "Paciente:"
 * spanish_number.c  numbers behind their cue; DNI and NIE by their check letter
 * spanish_phone.c   telephones behind a cue or by their groups
 * spanish_street.c  type, name, number, floor, post code, town; where somebody lives
 * spanish_birth.c   which dates are births, years of birth and ages over 89
 *
 * A function spanish_…_at looks at token `i`, whose classes are `cls`.   Threads: one thread. */
#pragma once
#include "detect/doc.h"
#include "detect/wordset.h"

enum spanish_class {
    ES_DOCTOR = 1,       /* title of a clinician */
    ES_TITLE = 2,        /* of anybody */
    ES_DON = 4,          /* D., Dn.: a title where a given name follows */
    ES_PARTICLE = 8,     /* inside names: de, la, y */
    ES_RELATIVE = 16,    /* who belongs to the patient */
    ES_OWN = 32,         /* su, mi: before them */
    ES_KIN = 64,         /* beside them and no name: materno, menor */
    ES_PLAIN = 128,      /* no name, whatever its capital */
    ES_NUMBER = 256,     /* nº, num */
    ES_FILL = 512,       /* passed over between a cue and its value */
    ES_MRN = 1024,       /* cues of numbers */
    ES_PLAN = 2048,      /* … of insurance */
    ES_PERSON_ID = 4096, /* … of identity papers */
    ES_LICENSE = 8192,   /* … of clinicians */
    ES_CASE = 16384,     /* … of a stay */
    ES_WEAK = 32768,     /* such a cue where "nº", a colon or "clínica" stands by it */
    ES_PHONE = 65536,
    ES_FAX = 131072,
    ES_EXTENSION = 262144,
    ES_STREET = 524288,       /* begins an address */
    ES_STREET_SURE = 1048576, /* … and needs no number */
    ES_FLOOR = 2097152,       /* piso, bajo, izq */
    ES_HOME = 4194304,        /* domicilio: an address follows */
    ES_BIRTH = 8388608,
    ES_SINCE = 16777216, /* hace, durante: a time, no age */
    ES_POST = 33554432,  /* CP */
    ES_NAMED = 67108864, /* paciente, apellidos: a name follows the colon */
    ES_IDS = ES_MRN | ES_PLAN | ES_PERSON_ID | ES_LICENSE | ES_CASE,
    ES_CALLS = ES_PHONE | ES_FAX | ES_EXTENSION,
};

uint32_t spanish_class(const struct doc *d, int64_t i);

/* ---- spanish_name.c ---- */

/* The name that begins at token i: *last is its last token. */
bool spanish_read_name(const struct doc *d, uint32_t i, uint32_t *last);
MUST_USE err spanish_title_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out);
/* "Paciente: GIL SOTO, ANA" at a word of ES_NAMED. */
MUST_USE err spanish_named_at(const struct doc *d, uint32_t i, struct findings *out);
MUST_USE err spanish_relative_at(const struct doc *d, uint32_t i, struct findings *out);

/* ---- spanish_number.c, spanish_phone.c, spanish_street.c ---- */

MUST_USE err spanish_number_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out);
MUST_USE err spanish_paper_at(const struct doc *d, uint32_t i, struct findings *out); /* DNI, NIE */
MUST_USE err spanish_phone_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out);
MUST_USE err spanish_groups_at(const struct doc *d, uint32_t i, struct findings *out);
MUST_USE err spanish_street_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out);
/* "vive en Getafe" at a word of ES_HOME. */
MUST_USE err spanish_home_at(const struct doc *d, uint32_t i, struct findings *out);

/* ---- spanish_birth.c ---- */

MUST_USE err spanish_age_at(const struct doc *d, uint32_t i, struct findings *out);
/* Is token i, a number, a bare year of birth that shows an age over 89? Then it is added. */
MUST_USE err spanish_birth_year_at(const struct doc *d, uint32_t i, struct findings *out);
/* Marks the dates in *out that a word for birth leads. */
void spanish_mark_births(const struct doc *d, struct findings *out);
