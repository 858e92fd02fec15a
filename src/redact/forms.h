/* redact/forms.h — keyed identifiers of a certain form: tokens, UUIDs, OIDs, digits.
 *
 * Each is a pseudo-random function of the value with 59 bits (digits) or more than 90 (the others), so
 * that two values that differ get results that differ: among ten million numbers the odds of one
 * clash are 1 to 18,000, among ten million tokens they are none to speak of.   Threads: as struct keyed_domain.
 */
#pragma once
#include "redact/keyed.h"
#include "redact/shaped.h"

enum { FORM_ROOM = 80 };
/* Digits and dots with two dots at least. */
bool looks_like_oid(view v);

/* The replacement of v, of the form that v itself has unless `shape` asks for another one (UUID, OID,
 * DIGITS; everything else lets v decide). In `out`. */
view form_keyed(struct keyed_domain *keys, view v, enum value_shape shape, char out[FORM_ROOM]);
