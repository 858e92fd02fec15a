/* text/written_date.h — one spelled date: what it says, and how it says it.
 *
 *     struct written_date w;
 *     if (written_date_parse(VIEW("March 5th, 2021"), DATE_MONTH_FIRST, &w)) { … w.part[0].day … }
 *
 * Read: 2021-03-05 (and with T14:20:00Z), 2021/03/05, 3/5/2021, 03/05/21, 3-5-21, 03.05.2021, 3/2021,
 * 2021-03, 3/5, 20210305, 20210305142000-0500, March 5th, 2021, Mar. 5 2021, March 5, March 2021,
 * Feb '21, March of 2021, March, 15th of January 2022, 5 Nov 2020, 05MAR2021, 05-Mar-21, Mar-05-2021,
 * 5 de marzo de 2021, spring 2021, Q2 2021, 2Q21, 2nd quarter of 2021, Christmas 2020, Labor Day; a
 * weekday before any of them; and ranges: 2/28-3/1, 1/12-15/93, March 3-5, 2021, Jan 5 to Jan 9.
 *
 * From texts that lost their punctuation: 3 5 2021, Jan 9th 23, 030521, 3052021.
 *
 * A date is read into fields; every byte between fields is kept. Writing another date puts its values
 * into the same fields: digits and padding, ordinal suffix, case, short or full names, language. What
 * was read and not moved is written byte for byte as it was, or it is not read at all.
 *
 * Two digits of a year are 2000–2029 up to 29 and 1930–1999 from 30 (WRITTEN_PIVOT), whatever the day:
 * the same text must give the same date on every machine and in every year.
 * A weekday keeps its distance to the date, right or wrong, so that it needs no year.   Threads: pure.
 */
#pragma once
#include "text/civil.h"

enum { WRITTEN_PIVOT = 30, WRITTEN_PIECES = 10, WRITTEN_YEAR_MIN = 1800, WRITTEN_YEAR_MAX = 2199 };

enum date_order {
    DATE_MONTH_FIRST,
    DATE_DAY_FIRST
}; /* of 3/5/2021 and 030521, where both are possible */

enum written_field {
    WRITTEN_YEAR = 1,
    WRITTEN_MONTH = 2,
    WRITTEN_DAY = 4,
    WRITTEN_WEEKDAY = 8,
    WRITTEN_SEASON = 16, /* 1–4: winter, spring, summer, fall, taken as the quarters of the year */
    WRITTEN_QUARTER = 32,
    WRITTEN_HOLIDAY = 64, /* known to be one; which does not matter */
    WRITTEN_TIME = 128,   /* kept as it is */
};
struct written_part {
    uint8_t has;        /* set of enum written_field; a year shared by a range is in both parts */
    uint8_t month, day; /* 1–12, 1–31 */
    uint8_t weekday;    /* 0–6 as written, 0 is Sunday */
    uint8_t season, quarter; /* 1–4 */
    int16_t year;            /* 1–9999, two digits expanded */
};
enum written_form {
    WRITTEN_NUMERIC, /* numbers with separators */
    WRITTEN_NAMED,   /* the month is a word */
    WRITTEN_COMPACT, /* 20210305, 05MAR2021 */
    WRITTEN_PERIOD,  /* season, quarter, holiday */
    WRITTEN_DAYNAME, /* a weekday and a day of the month, nothing else */
};
struct written_piece { /* one field in the text */
    uint16_t start, len;
    uint8_t field, part;
    uint8_t form;   /* names: enum date_word_form */
    uint8_t letter; /* case of names and suffixes: 'a' lower, 'A' upper, 'T' title */
    bool digits;    /* month and day: a number */
    bool padded;    /* month and day: two digits at least */
    bool suffix;    /* day: st nd rd th follows */
    bool short_year;
};
struct written_date {
    view text; /* borrowed: what was read, without what follows */
    struct written_part part[2];
    struct written_piece piece[WRITTEN_PIECES];
    uint8_t parts; /* 1, or 2 for a range */
    uint8_t n;     /* pieces, in text order */
    uint8_t form;
    char separator;   /* '/', '-', '.' of a numeric date, else 0 */
    bool spaced;      /* white space around the separator */
    bool day_first;   /* 13/3/2021, 5 March */
    bool day_year;    /* "12/08": the second number may be a day or a year; it is read as a day */
    bool doubtful;    /* digits without marks that can be cut in several ways: 1112023 */
    bool in_calendar; /* false: the shape of a date that does not exist, 02/30/2021, 8/23/207 */
};

/* Reads the longest date expression that begins at the start of v. Returns its length in bytes, or 0.
 * A time apart from the date ("3/5/2021 14:20") is not taken. What follows the expression is not
 * judged: a caller looks at it. */
size_t written_date_scan(view v, enum date_order order, struct written_date *out);
/* Reads v, which must be one date expression as a whole; a time may follow. False when it is not, is
 * doubtful, does not exist in the calendar, or could not be written again byte for byte. *out borrows v. */
bool written_date_parse(view v, enum date_order order, struct written_date *out);
/* Appends w's spelling with the values of `to`. *done is false, and nothing is appended, when this
 * spelling can't say them ("March 30-2", a shared year that differs, a year outside 1000–9999).
 * OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err written_date_write(const struct written_date *w, const struct written_part to[2],
                                struct buf *out, bool *done);
