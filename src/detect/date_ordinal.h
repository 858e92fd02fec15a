/* detect/date_ordinal.h — a day of the month told by its ordinal alone: "since the 14th", "discharged the 21st".
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is the number at token i such a day? Its suffix is token i + 1. */
bool date_is_ordinal(const struct doc *d, uint32_t i);
