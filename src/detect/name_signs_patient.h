/* detect/name_signs_patient.h — two or three capitals that stand for the patient, whatever else they mean.
 *
 *     Pt SS was placed supine   Patient TV has marks on both arms      right behind the word, before a verb
 *     MO is to have more tests  NP has been counseled                  what is done to persons only, or what they do
 *     NM's bladder was emptied  With SA under general anesthesia       whose body it is
 *
 * A measure, a test, a service or a disease ("Pt BP was", "DM has been stable") only before what nothing but a person
 * does.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"
#include "detect/wordset.h"

/* The words that may stand before them. */
const struct wordset *name_signs_leads(void);
/* May token i be somebody? Most letters stand behind a word that leads to nobody. */
static inline bool name_signs_may_lead(const struct doc *d, const struct wordset *leads, uint32_t i)
{
    return !i || d->tok[i - 1].kind != TOK_WORD || d->tok[i].flags & TOK_LINE ||
           wordset_may_have(leads, d->tok[i - 1].hash);
}

/* Looks at token i, a word of two or three capitals. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs_patient(const struct doc *d, uint32_t i, const uint8_t *taken,
                                struct findings *out);
