/* detect/date_judge_numbers.h — inside detect/date_judge*.c: dates of numbers alone.   Threads: pure. */
#pragma once
#include "detect/date_context.h"
#include "text/written_date.h"

enum { DATE_UNITS = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY };

/* How surely tokens first … last, read as w, are a date; 0: none.
 * Three numbers: the year's digits and the separator decide how much else is needed. */
float date_judge_three(const struct doc *d, uint32_t first, uint32_t last,
                       const struct written_date *w, const struct date_context *c);
/* Two numbers: 3/5, 9/98, 3/2021. See date_judge_two.c. */
float date_judge_two(const struct doc *d, uint32_t first, uint32_t last,
                     const struct written_date *w, const struct date_context *c);

/* "placed 11-02 @ 0212", "Date: 7-1": "2-3 days" and "L4-5" are written so too, so that a word must speak for it; for a
 * number that a range could end with, one that no range stands behind, or a person. See date_judge_dashed.c. */
bool date_judge_dashed(const struct doc *d, uint32_t first, uint32_t last,
                       const struct written_date *w, const struct date_context *c);

/* 1.2.3/4/2004, 10/3/2004/7: a part of something longer. */
bool date_is_chained(const struct doc *d, uint32_t first, uint32_t last);
/* A dash or letter joined to it: harmless next to a full date, not next to less. */
bool date_is_glued(const struct doc *d, uint32_t first, uint32_t last);
/* One of its tokens has a shield of `set`. */
bool date_has_shield(const struct doc *d, uint32_t first, uint32_t last, uint8_t set);
bool date_has_short_year(const struct written_date *w);
/* 04/11, 12/05/21: day and month with two digits each. */
bool date_is_padded(const struct written_date *w);
/* "by: T. Nolan RN 3/5": the end of a signature's line. */
bool date_is_signed(const struct doc *d, uint32_t first, uint32_t last,
                    const struct date_context *c);
/* "9/14 sessions": a plural that is counted stands behind it. */
bool date_counts_things(const struct doc *d, uint32_t last);
/* Nothing counted or graded stands after it: a mark, the line's end, or a word that goes on. */
bool date_ends_clause(const struct doc *d, uint32_t last);
/* "Chemo C2D1 12/21", "C6D9 given 4-11": the day of a cycle, and when that is. */
bool date_is_of_cycle(const struct doc *d, uint32_t first);
/* "note of 2-3" */
bool date_is_of_note(const struct doc *d, uint32_t first);
