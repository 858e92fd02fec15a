/* detect/date_doses.h — inside detect/date*.c: a/b/c that are the doses of a day, "Novorapid 8/10/12 with meals".
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Are tokens first … last, three numbers, what a medicine of several unequal doses a day, named straight before, is
 * taken in? Not where it is told beside it that the medicine was begun, given or dispensed then. */
bool date_is_doses(const struct doc *d, uint32_t first, uint32_t last);
