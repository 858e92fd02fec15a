/* detect/date_judge.h — inside detect/date*.c: is what reads like a date one, here?
 *
 * A day, month and year in four digits is a date wherever it stands. The less it says, the more the
 * words around it must: "3/5" is a date after "on" and a strength after "motor".   Threads: pure.
 */
#pragma once
#include "detect/date_context.h"
#include "text/written_date.h"

/* Judges the expression in tokens first … *last. True: *f is its finding (*last may have become less,
 * where only the beginning is a date). */
bool date_judge(const struct doc *d, uint32_t first, uint32_t *last, const struct written_date *w,
                struct finding *f);
/* Widens *first … *last over the day that is told in words beside the month at token `month`, which is
 * one of the two: "the twenty-third of March", "on March fifth". False: there is none. */
bool date_spoken_day(const struct doc *d, uint32_t month, uint32_t *first, uint32_t *last);
/* Judges token i, a month or holiday (its classes are `cls`) with no number beside it. */
bool date_judge_alone(const struct doc *d, uint32_t i, uint32_t cls, struct finding *f);
