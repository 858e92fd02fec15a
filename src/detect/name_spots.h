/* detect/name_spots.h — where the smaller rules of names may begin, found in one walk for all of them.
 *
 * Each of these rules asks something of the tokens right beside a word or number: a mark, a number, a word for a role.
 * Most words have nothing of it. To ask that once, without branches, costs less than a walk for each rule, since what
 * stands beside a word can't be guessed. A spot says only that a rule may begin there: the rule asks again, in full.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Rules: of words … */
enum {
    NAME_SPOT_JOTTED = 1, /* name_jotted.h */
    /* name_register.h: behind a comma or caret, or the cue for a number that opens a line */
    NAME_SPOT_ENTRY = 2,
    /* name_role.h: capitals behind what may be a role, or beside a number or comma */
    NAME_SPOT_ROLE = 4,
};
/* … and of numbers */
enum {
    NAME_SPOT_LETTERS = 1, /* before two or three letters: name_initials.h */
    NAME_SPOT_AGE = 2,     /* "is a 49": name_register.h */
    NAME_SPOT_HEAD = 4,    /* "3." or "4)" that opens a line: name_role.h */
};

struct name_spot {
    uint32_t at;    /* a token */
    uint32_t rules; /* set of NAME_SPOT_ */
};
struct name_spot_list {
    struct name_spot *v;
    uint32_t n;
};
struct name_spots {
    struct name_spot_list words;   /* of d->hot */
    struct name_spot_list numbers; /* of d->digits */
    struct token_list colons;      /* of d->marks */
    struct token_list strokes;     /* … '/' and '#' */
};

/* All in d's arena. `taken`: detect/taken.h. OK or ERR_MEMORY. */
MUST_USE err name_spots_find(const struct doc *d, const uint8_t *taken, struct name_spots *s);
