/* clinical/signs.h — marks that stand for words: "+edema, -effusion", "edema (+)", "+/- pneumonia", "[x]", a
 * dash, and a question with its answer behind it.
 *
 * A minus says no only in a text that has a plus in the same form, for it is a bullet and a dash elsewhere.
 * Threads: pure.
 */
#pragma once
#include "clinical/layout.h"

enum sign {
    SIGN_NONE,
    SIGN_YES,      /* "+edema" */
    SIGN_NO,       /* "-effusion" */
    SIGN_MAYBE,    /* "+/-" */
    SIGN_DASH,     /* between blanks, or long; arrows, stars and bars */
    SIGN_AND,      /* "&", and a plus between two things */
    SIGN_TICKED,   /* "[x]" */
    SIGN_UNTICKED, /* "[ ]" */
    SIGN_ASKED     /* the question mark of "Effusion? Yes." */
};
struct sign_use {
    bool joined, apart; /* "+edema" and "+ edema" stand in the text */
    bool round;         /* "(x)": then "( )" is an empty box, and no word that somebody took out */
};
struct sign_use signs_used(const struct layout *l);
/* The sign at token i; *behind is the token after it. */
enum sign sign_at(const struct layout *l, const struct sign_use *use, uint32_t i, uint32_t *behind);
/* Is the last token of the sentence that ends at `end` a box? Then each box stands behind what it is of. */
bool signs_trail(const struct layout *l, const struct sign_use *use, uint32_t at, uint32_t end);
