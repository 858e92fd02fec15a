/* detect/organization_everybodys.h — organisations that so many deal with that they tell of nobody:
 *
 *     Insurance: Aetna    billed to Blue Cross    found him on Facebook    sent via FedEx
 *
 * An insurer is no identifier of 45 CFR 164.514(b)(2)(i); an employer is, so who works there is told by it.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Are tokens first … last the name of one, and nobody's place of work? */
bool organization_is_everybodys(const struct doc *d, uint32_t first, uint32_t last);
