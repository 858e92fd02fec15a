/* detect/date_dotted.h — inside detect/date*.c: a day and month alone that a full stop parts.
 *
 *     adm 6.14 w/ SBP      PICC placed 08.19      r/s 10.2      dc'd 5.2      TCI 14.7
 *
 * A decimal looks the same, so that only a few words straight before say that it is one.   Threads: pure. */
#pragma once
#include "detect/date_context.h"

/* Do tokens i … i + 2 read so? */
bool date_is_dotted(const struct doc *d, uint32_t i);
/* Do tokens i … i + 4: 14.III.2023, the month in Roman numerals? */
SELDOM bool date_is_roman(const struct doc *d, uint32_t i);
