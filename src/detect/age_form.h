/* detect/age_form.h — inside detect/age*.c: ages over 89 as forms, laboratory headers and people in passing write
 * them.   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is the number at i, which is over 89, one of years by its own form: "95Y", "94yrs)", "100y 4m", "92 yr 4 mo",
 * "90-something", "90ish"? */
bool age_is_in_years(const struct doc *d, int64_t i);
/* "M/93y", "F/95": after a sex that begins its line or cell, or stands by a name. */
bool age_is_after_sex(const struct doc *d, int64_t i);
/* "father to 91", "mother-in-law, 94, fainted", "wife 92 drives", "(will be 93 on 4/26)", "101 next birthday",
 * "is 102 yrs.", "Ada is 95 and", "D.O.B. 6.4.31   95". */
bool age_is_said(const struct doc *d, int64_t i);
/* The words of a number from token `first` to `last` after "I'm", "she is", "he will be", or
 * between commas. */
SELDOM bool age_is_said_in_words(const struct doc *d, int64_t first, int64_t last);
/* Nothing is counted by the number at i: the clause ends, or goes on with a plain word. */
bool age_counts_nothing(const struct doc *d, int64_t i);
