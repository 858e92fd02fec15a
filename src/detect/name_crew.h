/* detect/name_crew.h — rows of staff: a role and who has it, several beside each other.
 *
 *     charge Corvella; float Ansgard; hosp. Imsel          RN Tressick  PCT Vann  neph Lindemar
 *     crew Hartvig / Ostrova / FTO Brillman                Reg: T. Tonkova; cons: M. Alderby
 *
 * One role before a capital word says little, "charge" and "primary" are words of the language; two on a line say it
 * of each other.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* The person whose name begins with token i behind such a word, if the row says so. `taken`: detect/taken.h.
 * OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_crew(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out);
