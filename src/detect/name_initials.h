/* detect/name_initials.h — persons of whom only initials are left.
 *
 *     J.G. was told …     a sentence begins with them, and goes on as of a person
 *     Verified by E. V.   after "by", "pt", "initials"
 *     G.C./RE   JS/mt     who dictated and who typed, in a line of its own
 *     Transcribed by: xia.liu67     what a typist signs on with: an ID
 *     Reviewed 3/12/2004 DD         after a day
 *
 * Letters with full stops that medicine uses (I.V., O.R., D.C.) need a verb that only persons take.
 * Threads: pure.
 */
#pragma once
#include "detect/name_spots.h"

/* Letters in capitals at token i that are no abbreviation, unit or word. */
bool name_letters_mean_nothing(const struct doc *d, uint32_t i);
/* "Ate well. RGD⏎", "Skin intact. TQN The patient": two or three capitals at token i that mean nothing, alone
 * between two sentences; what means something too only at the end of a line. */
MUST_USE err name_initials_alone(const struct doc *d, uint32_t i, const uint8_t *taken,
                                 struct findings *out);
/* Appends them. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_initials(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                           struct findings *out);
