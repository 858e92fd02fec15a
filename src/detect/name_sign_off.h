/* detect/name_sign_off.h — who signs a text, behind its last sentence.
 *
 *     … by tomorrow. -Kev      … screenshot. Gil      … defect. R Staunton      … no caffeine. mjt cma
 *
 * Looks at the last words of the text alone.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends it. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_sign_off(const struct doc *d, const uint8_t *taken, struct findings *out);
