/* detect/id_told_inside.h — what the files of id_told.c share.
 *
 * id_told.c     the walk, the words, biometrics and implants
 * id_plate.c    plates of cars and registrations of aircraft
 * id_login.c    names that people sign on with
 *
 * Threads: pure. */
#pragma once
#include "detect/code.h"
#include "detect/wordset.h"

enum told_class {
    TOLD_PLATE = 1, /* what a plate is called */
    TOLD_TAG = 2,   /* the same, and much else */
    TOLD_CAR = 4,   /* what bears one */
    TOLD_MAKE = 8,
    TOLD_BODY = 16,    /* a part of a body that is measured to know its person */
    TOLD_MEASURE = 32, /* … and what is made of it */
    TOLD_BIOMETRIC = 64,
    TOLD_IMPLANT = 128,
    TOLD_LOT = 256,
    TOLD_LOGIN = 512,   /* a name to sign on with follows */
    TOLD_USER = 1024,   /* the same where "name", "ID" or a mark follows */
    TOLD_SYSTEM = 2048, /* what is signed on to */
    TOLD_LINK = 4096,   /* between those and the name */
    TOLD_LICENSE = 8192,
    TOLD_SOCIAL = 16384, /* where people are known by a name that they chose */
    TOLD_AIR = 32768,    /* what flies the sick */
    TOLD_SITTER = 65536, /* who is in a photograph */
    TOLD_PHOTO = 131072,
    TOLD_VIN = 262144,
    TOLD_MAC = 524288,    /* the address of a machine on a network */
    TOLD_FLEET = 1048576, /* what a house has many of, each with its number */
    TOLD_UNIT = 2097152,  /* the same, and much else */
    TOLD_RIDE = 4194304,  /* of those who drive it */
};

extern struct wordset id_told_set;
static inline uint32_t id_told_class_at(const struct doc *d, int64_t i)
{
    /* what is inside a placeholder ("[LOCATION-VW8K]") is no make of a car */
    if (i < 0 || i >= (int64_t)d->n || d->shield[i] & SHIELD_TAG) return 0;
    return wordset_class(wordset_ready(&id_told_set), &d->tok[i]);
}
/* The classes of the words before token `at`, back to its sentence's begin or the line's. */
uint32_t id_told_before(const struct doc *d, uint32_t at, uint32_t reach);

/* ---- id_plate.c ---- */

/* A plate, or the registration of an aircraft: tokens *first … *last. */
bool id_plate_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last);
/* "Van FPZ81", "school bus 3334I", "Rig #38402", "Unit 21-939 cleared": a number of a fleet's. */
bool id_fleet_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last);
/* "License plate BEACHBUM" */
MUST_USE err id_plate_after(const struct doc *d, uint32_t cue, struct findings *out);

/* ---- id_plate_near.c ---- */

/* A plate whose groups look like measures ("9MU 5HD", "66-9420W"), by what is straight before it or behind. */
bool id_plate_near(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last);
/* "Plate VA 244 LCP", "Camera GIF 190 H", "Drives C5 T1 230": is it of bones, an endoscope or vertebrae? */
SELDOM bool id_plate_is_of_body(const struct doc *d, uint32_t first, uint32_t last);

/* ---- id_login.c ---- */

/* What people sign on with: tokens *first … *last. */
bool id_login_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last);
/* "Username: jharlow7": the name that the word at token `cue` leads to. OK, ERR_MEMORY or ERR_LIMIT. */
SELDOM MUST_USE err id_login_after(const struct doc *d, uint32_t cue, struct findings *out);
