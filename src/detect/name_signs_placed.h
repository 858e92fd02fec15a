/* detect/name_signs_placed.h — places in which nothing but somebody's initials stands, whatever the letters mean else.
 *
 *     SIGNED OUT: 6/15/99 (VS)⏎   Wrote this at 1813 RH⏎   at 401-555-0100, NL 9:10am⏎     behind or before a moment
 *     7/4 07:15 BP 132/70 mmHg TB⏎   Influenza 9/15/02 LC⏎                                 at the end of a dated row
 *     Dict: LG / Trans: FD   collector LE.   index case RC.   care conference re AC, 12/10   behind a task
 *     seen by LB with JP   verified by AK and ZM   taken 9/2 by IH,   per TB, wasted with AE
 *     HR was brought to the ward   EN is a 23-year-old   LR understood                     of whom is said what is said of people
 *
 * Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Does token i, two or three capitals that are no service or profession, stand in such a place? `known`: they mean something
 * else too. `taken`: detect/taken.h. */
bool name_signs_placed(const struct doc *d, uint32_t i, const uint8_t *taken, bool known);
