/* detect/name_copies.h — who gets a copy, one to a line, down to the chart.
 *
 *     c: Imselund
 *        Van Tarrow
 *        chart
 *
 * Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* The rows from token i on, behind "c:" or "cc:". `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
SELDOM MUST_USE err name_copies(const struct doc *d, uint32_t i, const uint8_t *taken,
                                struct findings *out);
