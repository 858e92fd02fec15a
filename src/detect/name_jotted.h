/* detect/name_jotted.h — persons in one line of a jotting: a board's row, a list of scans, who does what.
 *
 *     3 Ravenscroft 55 DKA        Castellano 39+2, GBS neg       CT Dhaliwal 0930, MRI: Okpara
 *     Theatre 3: Abernathy, L THR            Matron Ogilvie            Grace slept well overnight
 *
 * detect/name_ward.h reads several rows that say each other what they are; here one says it alone, by an age and a
 * diagnosis, a gestation, a room or a time.   Threads: pure.
 */
#pragma once
#include "detect/name_spots.h"

/* Appends them. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_jotted(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                         struct findings *out);
