/* text/civil.h — days of the Gregorian calendar, and dates as people write them.
 *
 * civil_* is arithmetic; written_date_* reads one spelled date and writes another date in the same
 * spelling. Both the detector and the date shift use it, so that what is found can be moved.
 * Years 1–9999.    Threads: pure.
 */
#pragma once
#include "base/base.h"
#include "base/buf.h"

int32_t civil_days(int year, int month, int day); /* days since 1970-01-01 */
void civil_from_days(int32_t days, int *year, int *month, int *day);
int civil_weekday(int32_t days); /* 0 is Sunday */
bool civil_is_date(int year, int month, int day);
int civil_month_days(int year, int month);

/* See text/written_date.h for spellings. */
