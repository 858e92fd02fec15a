/* detect/name_signs_again.h — the initials of somebody whom the document names.
 *
 *     Mrs. Ilvana Kestrel was seen … Bowel sounds of IK are normal. … IK's daughter … IK tolerated the procedure
 *
 * Letters that mean nothing else are taken wherever they stand; others only as the subject of what persons do, or with
 * what is theirs.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends them. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs_again(const struct doc *d, uint32_t from, const uint8_t *taken,
                              struct findings *out);
