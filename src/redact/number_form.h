/* redact/number_form.h — a value of digits and letters to another of the same form.
 *
 * Digits stay digits, letters letters in their case, everything else stays in its place. The result is
 * a keyed permutation of the value within its shape, walked on until it is acceptable: no digit or
 * letter run as it was, nothing that reads as a year 19xx or 20xx, no word-like letters, and no number
 * that a registry would take for valid (redact/check_digits.h). What the value means does not count:
 * the same number in two fields stays the same number.   Threads: as struct rewrite.
 */
#pragma once
#include "redact/rewrite.h"

enum { NUMBER_FORM_MAX = 128 };
enum number_rule { /* more that the result must be */
                   NUMBER_ANY = 0,
                   NUMBER_NO_LEADING_ZERO = 1, /* a house number */
                   NUMBER_ACRONYM =
                       2, /* consonants with a rare one among them: no abbreviation of medicine */
};
/* The result for `value` (of at most NUMBER_FORM_MAX bytes) in `out`. *done is false when there is no
 * digit or letter, one that is not ASCII, or nothing acceptable. */
void number_form(struct keyed_domain *keys, view value, unsigned rules, char out[NUMBER_FORM_MAX],
                 bool *done);
/* The same for bytes [from, to) of the finding in hand. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err number_form_put(struct rewrite *r, size_t from, size_t to, unsigned rules, bool *done);
