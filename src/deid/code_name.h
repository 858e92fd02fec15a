/* deid/code_name.h — is what stands in the place of a code, with no system named, somebody's full name?
 *
 * "john-smith", "smith_john", "JohnSmith", "dr.john.smith": whoever makes up codes makes them of what he has at hand.
 * A given name and another are asked for, both much more usual as names than as words: "in-progress" and "grace-period"
 * are none.   Threads: pure. */
#pragma once
#include "lexicon/lexicon.h"

/* What may stand between two words of a code. */
static inline bool code_is_mark(char c)
{
    return c == '-' || c == '_' || c == '.';
}

bool code_is_name(const struct lexicon *l, view code);
