/* text/date_words.h — the words dates are spelled with: months, weekdays, seasons, holidays, and the
 * little words between them. English, and the full Spanish months and weekdays.
 *
 * Words are compared without the case of A–Z and À–Þ.   Threads: pure.
 */
#pragma once
#include "base/base.h"

enum date_word_kind {
    DW_NONE,
    DW_MONTH,   /* value 1–12 */
    DW_WEEKDAY, /* value 0–6, 0 is Sunday */
    DW_SEASON,  /* value 1–4: winter, spring, summer, fall */
    DW_HOLIDAY, /* one word that is a holiday: Christmas */
    DW_SUFFIX,  /* st nd rd th */
    DW_OF,      /* of, de, del; in (value 1) */
    DW_THE,
    DW_TO, /* to, through, thru, until, till; and (value 1) */
    DW_QUARTER,
    DW_Q,    /* before the number of a quarter */
    DW_PART, /* day, eve: after a holiday */
    DW_AT,   /* before a time */
    DW_AMPM, /* am, pm, hrs, h, z, utc: after a time */
};
enum date_word_form { /* how a name was written, so that another one can be written alike */
                      DF_FULL,
                      DF_SHORT,
                      DF_LONGER, /* the longer of two short forms: Sept, Tues, Thurs; autumn for fall */
                      DF_SPANISH,
                      DF_BARE, /* Spanish without its accent: sabado */
                      DF_ODD,  /* Thur */
};
struct date_word {
    char text[14];
    uint8_t kind, value, form;
};

/* The entry for `word`, or NULL. */
const struct date_word *date_word_find(view word);
/* The name of a month, weekday or season in a form; "" when there is none. In lower case. */
view date_word_name(enum date_word_kind kind, int value, enum date_word_form form);
/* Bytes of the holiday that begins v ("new year's eve", "labor day"), or 0. Only those of two words
 * and more; single words are DW_HOLIDAY. */
size_t date_words_holiday(view v);
