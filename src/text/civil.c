/* text/civil.c — see civil.h. The day count follows the proleptic Gregorian calendar with March as the
 * first month, so that the leap day is the last day of a year and needs no case of its own. */
#include "text/civil.h"

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 }; /* 400 years; 0000-03-01 to 1970-01-01 */

int32_t civil_days(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970;
}

void civil_from_days(int32_t days, int *year, int *month, int *day)
{
    int32_t z = days + DAYS_TO_1970;
    int32_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int32_t doe = z - era * DAYS_PER_ERA;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t m = (5 * doy + 2) / 153;
    *day = doy - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int civil_weekday(int32_t days)
{
    int w = (days + 4) % 7; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

int civil_month_days(int year, int month)
{
    static const uint8_t length[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12) return 0;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return length[month - 1] + (month == 2 && leap);
}

bool civil_is_date(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && day >= 1 && day <= civil_month_days(year, month);
}
