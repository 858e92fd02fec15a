/* detect/name_signs.h — two or three capitals without full stops that are somebody's initials.
 *
 *     per JS   seen by RK   d/w TS   verified with TG   report given to KW     who had a part in it
 *     KM notified   JKW, RN   Pt JKW denies                                    what only a person is or does
 *     Ate well. -JKT⏎   Resting. (JKV)⏎   Ate 50% /JKT⏎                         who wrote it, at the line's end
 *
 * Letters that mean something else too (TM, MP) are taken only after a verb that stands for a person, as in "cosigned
 * by"; services, professions and tests never.
 * Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Is token i a service, a profession, a test or a way to give: never somebody's initials? */
bool name_signs_is_other(const struct doc *d, int64_t i);
/* Looks at token i, a word of two or three capitals. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs(const struct doc *d, uint32_t i, const uint8_t *taken,
                        struct findings *out);
