/* detect/name_ward.h — patients in the rows of a ward's list: where they lie, who they are, how old.
 *
 *     B1 Mbatha 67 copd            2 BOZEMAN,RUE 00557 54F DKA          4A Qureshi N 59 dka
 *
 * One such row may be anything; where half of several name somebody, all do.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends them. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
SELDOM MUST_USE err name_wards(const struct doc *d, const uint8_t *taken, struct findings *out);
