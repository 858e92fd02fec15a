/* detect/street_inside.h — what the files of street.c share.
 *
 * street.c           the words, house numbers and what follows a street's name, the walk over a text
 * street_type.c      names before "Street" with the house number or without
 * street_crossing.c  two streets that cross, streets that are numbers
 * street_road.c      homes told without a type, roads by number, Spanish order, boxes, apartments
 * street_plain.c     streets told by what stands by the road, grids, units before the house number
 *
 * A function street_at_… looks at one place; *done is the last token that it took.   Threads: one thread. */
#pragma once
#include "detect/detectors.h"
#include "detect/wordset.h"

enum street_class {
    ST_TYPE = 1,          /* ends a street's name */
    ST_UNSURE = 2,        /* … and means much else: needs the house number */
    ST_AFTER = 4,         /* direction after the type */
    ST_UNIT = 8,          /* apartment, suite: a value follows */
    ST_ROAD = 16,         /* a number follows: Highway 61 */
    ST_WHERE = 32,        /* before a numbered road: on, at, off */
    ST_NEVER = 64,        /* not inside a street's name */
    ST_NUMBERED = 256,    /* "road" after such a word: County Road 12 */
    ST_SPANISH = 512,     /* begins a street: Calle Olmo 14 */
    ST_BEFORE = 128,      /* first word of a numbered road: County, State, US */
    ST_RIDDEN = 1024,     /* before a street without a number: on, near */
    ST_CORNER = 2048,     /* … of two streets */
    ST_EVENT = 4096,      /* what happens at such a corner */
    ST_CODE = 8192,       /* US-31 */
    ST_HOME = 16384,      /* before "at" and a house number */
    ST_ROADSIDE = 32768,  /* stands or happens by a road */
    ST_SENT = 65536,      /* an ambulance to a corner */
    ST_STRUCK = 131072,   /* … at one: no other sense */
    ST_COUNTED = 262144,  /* inside a street's name with a capital alone: "Old Stage Rd" */
    ST_PARTICLE = 524288, /* … in small letters between two others: "Fuente del Sol" */
    ST_PARKED = 1048576,  /* before "park": where homes are that have wheels */
    ST_BOXED = 2097152,   /* right before the number of a box or an apartment by itself */
    ST_TURN = 4194304,    /* before a road by its letters and number: "turn at CR 116" */
    ST_GENERAL = 8388608  /* first word of "General Delivery" */
};

struct street_walk {
    const struct doc *d;
    const struct wordset *words;
    struct findings *out;
};

static inline uint32_t street_class_at(const struct street_walk *w, int64_t i)
{
    return wordset_class(w->words, doc_tok(w->d, i));
}

static inline bool street_is_capital(const struct doc *d, uint32_t i)
{
    return d->tok[i].flags & TOK_CAP;
}

static inline bool street_is_and(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '&') || doc_is_word(d, i, VIEW("and"));
}

/* Is the word at i of medicine, and no name of anything? */
static inline bool street_is_medical(const struct doc *d, uint32_t i)
{
    const uint64_t bits = doc_bits(d, i);
    return bits & (LEX(MEDICAL) | LEX(DRUG)) && !(bits & (LEX(SURNAME) | LEX(PLACE)));
}

/* ---- street.c ---- */

/* "th" of "5th". */
bool street_is_ordinal_end(const struct doc *d, uint32_t i);
/* Is the number at *i that of a house, alone or in "45-12", "123 1/2", "N12"? *i becomes its first token. */
SELDOM bool street_is_house_number(const struct doc *d, uint32_t *i);
/* The last token of the address whose street ends at `last`: over its direction, apartment or suite. */
SELDOM uint32_t street_address_end(const struct street_walk *w, uint32_t last);
SELDOM MUST_USE err street_emit(const struct street_walk *w, uint32_t first, uint32_t last,
                                enum rule rule, float score);

/* ---- street_type.c ---- */

/* The street whose type ("Street", "Ave") is token i. */
MUST_USE err street_at_type(const struct street_walk *w, uint32_t i, uint32_t *done);

/* ---- street_crossing.c ---- */

/* The last token of the street behind "and" or "&" at token `and`, or 0; *sure: its type or an ordinal is in it. */
uint32_t street_crossed_end(const struct street_walk *w, uint32_t and, bool *sure);
/* "corner of", "between", "MVC at" before token `first`. */
SELDOM bool street_is_corner_before(const struct street_walk *w, uint32_t first);
MUST_USE err street_at_crossing(const struct street_walk *w, uint32_t i, uint32_t *done);
/* "Sorvik roundabout", "the Zelby Mill projects": the word at i is the last before the one that tells. */
SELDOM MUST_USE err street_at_estate(const struct street_walk *w, uint32_t i);
MUST_USE err street_at_ordinal(const struct street_walk *w, uint32_t i);

/* ---- street_road.c ---- */

MUST_USE err street_at_home(const struct street_walk *w, uint32_t i, uint32_t *done);
MUST_USE err street_at_code(const struct street_walk *w, uint32_t i, uint32_t *done);
SELDOM MUST_USE err street_at_road(const struct street_walk *w, uint32_t i, uint32_t *done);
SELDOM MUST_USE err street_at_spanish(const struct street_walk *w, uint32_t i, uint32_t *done);
SELDOM MUST_USE err street_at_box(const struct street_walk *w, uint32_t i, uint32_t *done);
/* "General Delivery": a post office that keeps what is sent; the first word is token i. */
MUST_USE err street_at_delivery(const struct street_walk *w, uint32_t i, uint32_t *done);
/* "off Exit 67", "9743 Farm to Market 1287": the number is at i. */
SELDOM MUST_USE err street_at_signpost(const struct street_walk *w, uint32_t i, uint32_t *done);
SELDOM MUST_USE err street_at_apartment(const struct street_walk *w, uint32_t i);

/* ---- street_plain.c ---- */

MUST_USE err street_at_roadside(const struct street_walk *w, uint32_t i, uint32_t *done);
MUST_USE err street_at_grid(const struct street_walk *w, uint32_t i, uint32_t *done);
/* "Bay 26, Hollin Caravan Park", "Zelby Mobile Home Park": "Park" is token i. *e: how adding it went.
 * False when it is none. */
SELDOM bool street_at_park(const struct street_walk *w, uint32_t i, uint32_t *done, err *e);
/* The first token of "Flat 2/1," or "Blk" before the house number at `first`, else `first`. */
uint32_t street_unit_before(const struct street_walk *w, uint32_t first);
