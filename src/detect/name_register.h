/* detect/name_register.h — persons as registers write them: family name first, in a column of their own.
 *
 *     Page 1 of 5   SELLOCK, TYQUANON   4132-5578        a comma, and a number, age, birth date or page beside it
 *     DUNCAN, HO  54F  78445019
 *     WANG^PAOKIE^Y 524 454 189                          carets
 *     PATIENT NAME: HE, WONGSHENG                        a field or cue that asks for a person
 *
 * No list needs to know the words: place and form tell. Whoever is found so far is left alone.
 * Threads: pure.
 */
#pragma once
#include "detect/name_spots.h"

/* Appends them. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_registers(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                            struct findings *out);
