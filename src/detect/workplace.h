/* detect/workplace.h — inside detect/organization*.c: the words that say where somebody works.
 *
 *     works nights at …    a welder for …    retired from …    owner of …    Employer: …
 *
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Does such a wording end right before token `first`? */
bool workplace_before(const struct doc *d, uint32_t first);
/* A word for such a place right before, in small letters: "agency Open Cradle". A person may follow as well. */
bool workplace_called(const struct doc *d, uint32_t first);
