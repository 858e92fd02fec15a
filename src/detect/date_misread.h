/* detect/date_misread.h — inside detect/date*.c: dates of which a scanner read some digits as letters: "O3/l2/2021".
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Appends them. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err date_find_misread(const struct doc *d, struct findings *out);
