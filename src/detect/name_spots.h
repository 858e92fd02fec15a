/* detect/name_spots.h — where the smaller rules of names may begin, found in one walk for all of them.
 *
 * Each of these rules asks something of the tokens right beside a word or number: a mark, a number, a word for a role.
 * Most words have nothing of it. To ask that once, without branches, costs less than a walk for each rule, since what
 * stands beside a word can't be guessed. A spot says only that a rule may begin there: the rule asks again, in full.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

struct name_spots {
    struct token_list jotted; /* of d->hot: name_jotted.h */
    struct token_list
        entries; /* … name_register.h: behind a comma or caret, or the cue for a number that opens a line */
    struct token_list
        roles; /* … name_role.h: capitals behind what may be a role, or beside a number or comma */
    struct token_list letters; /* of d->digits: before two or three letters */
    struct token_list ages;    /* … "is a 49" */
    struct token_list heads;   /* … "3." or "4)" that opens a line */
    struct token_list colons;  /* of d->marks */
    struct token_list strokes; /* … '/' and '#' */
};

/* All in d's arena. `taken`: detect/taken.h. OK or ERR_MEMORY. */
MUST_USE err name_spots_find(const struct doc *d, const uint8_t *taken, struct name_spots *s);
