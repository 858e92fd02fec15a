/* detect/name_signs_initialed.h — two or three capitals that sign for something, behind a word or day that asks who.
 *
 *     sheet initialed CCO and MM.      QC GB      Conductivity checked DS⏎      Transcribed: HW   Approved: …
 *     ADDENDUM 6/17/18 MM: spoke with  SCORED 9-20 XC   INTERP …      Coll 4/14/2021 by FF   Rcvd …
 *     read back, MO⏎                   signed out by Ada Roe, MD (AR/KT)
 *     TORB LD   contacts RD, NMD, JB.  Participant PT-5963 (OTO)   > MR⏎   called to the pharmacy, 799-232-2263. EA⏎
 *
 * The place tells, so that the letters may mean anything else.   Threads: pure. */
#pragma once
#include "detect/doc.h"
#include "detect/finding.h"

/* The letters at token i, behind which no sentence goes on. `taken`: detect/taken.h. Appends whom they name; OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs_initialed(const struct doc *d, uint32_t i, const uint8_t *taken,
                                  struct findings *out);
