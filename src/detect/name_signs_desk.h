/* detect/name_signs_desk.h — the initials of those who type, check, draw and embed, where a form asks for them.
 *
 *     REVIEWED: LM/OR   JOB 4471      Cosign: MB, DK      checked CDK/IG       who signed what, by twos
 *     Typed CS. Clinic 3 May          audio typist LM.    T/ EP. 2/8           who typed a letter, and which
 *     Initials: BG   2nd check: MA    AM labs seen TR.                         the second of two, and what was seen
 *     Collected: 3/8/2011 6:41 AM by NG⏎                  Tubridge/OL   blocks A1, A2
 *     V4  6 April 2024  coord NS   PI Vann                To: Imsel From: Vann Re: GB
 *     Spec <tab> Coll <tab> By⏎ 11-0223 <tab> 2 April <tab> LB            a table's last column
 *     … as an outpatient.⏎-NS                             the end of the text
 *
 * The place tells, so that the letters may mean anything else.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Two or three capitals at token i, behind which no sentence goes on. `taken`: detect/taken.h. Appends who it is; OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_signs_desk(const struct doc *d, uint32_t i, const uint8_t *taken,
                             struct findings *out);
