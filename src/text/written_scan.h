/* text/written_scan.h — inside text/written_*.c: the state of reading one date, and small steps.
 *
 * A rule takes the index of a lexeme and returns the index after what it took, or 0 when it does not
 * apply; a rule that fails leaves fields behind, and its caller restores them. Rules look at the shape
 * alone: whether the context speaks for a date is the detector's question.   Threads: pure.
 */
#pragma once
#include "text/date_lex.h"
#include "text/written_date.h"

struct date_scan {
    struct date_lex lex;
    struct written_date *w;
    enum date_order order;
    bool range_and;             /* "March 3 and 5": a range only when a year follows */
    struct written_piece spill; /* written where pieces are full, and never read: settle() fails */
};

#define AT(s, i) date_lex_at(&(s)->lex, (i))

static inline bool is_kind(struct date_scan *s, unsigned i, enum date_lex_kind k)
{
    return AT(s, i)->kind == k;
}

static inline bool is_word(struct date_scan *s, unsigned i, enum date_word_kind k)
{
    const struct date_lexeme *x = AT(s, i);
    return x->kind == DL_WORD && x->word == k;
}

static inline bool is_num(struct date_scan *s, unsigned i, unsigned min_len, unsigned max_len)
{
    const struct date_lexeme *x = AT(s, i);
    return x->kind == DL_NUM && x->len >= min_len && x->len <= max_len;
}

static inline bool is_year4(struct date_scan *s, unsigned i)
{
    return is_num(s, i, 4, 4) && AT(s, i)->number >= WRITTEN_YEAR_MIN &&
           AT(s, i)->number <= WRITTEN_YEAR_MAX;
}

static inline bool is_day(struct date_scan *s, unsigned i)
{
    return is_num(s, i, 1, 2) && AT(s, i)->number >= 1 && AT(s, i)->number <= 31;
}

static inline unsigned skip(struct date_scan *s, unsigned i, enum date_lex_kind k)
{
    return is_kind(s, i, k) ? i + 1 : i;
}

/* Fields of the date, each from the lexeme at i; they return the index after it. */
struct written_piece *scan_piece(struct date_scan *s, const struct date_lexeme *x,
                                 enum written_field field, unsigned part);
unsigned scan_year(struct date_scan *s, unsigned i, unsigned part); /* four digits or two */
unsigned scan_number(struct date_scan *s, unsigned i, enum written_field f, unsigned part);
unsigned scan_day(struct date_scan *s, unsigned i, unsigned part); /* with its suffix, if any */
unsigned scan_name(struct date_scan *s, unsigned i, enum written_field f, unsigned part);
/* Takes the suffix at i into the piece before it: 5th. */
void scan_suffix(struct date_scan *s, unsigned i);
/* The year after a day and month: ", 2021", " 2021", " '21", " of 2021", " de 2021", ", 21" at an end.
 * Returns i itself when there is none. */
unsigned scan_year_tail(struct date_scan *s, unsigned i, unsigned part);
/* What a range says once stands in both parts. */
void scan_share(struct written_date *w, enum written_field f);

typedef unsigned date_rule(struct date_scan *s, unsigned i, unsigned part);
date_rule scan_numeric_three; /* 2021-03-05, 3/5/21, 03.05.2021 */
date_rule scan_numeric_days;  /* 1/12-15/93 */
date_rule scan_numeric_two;   /* 3/2021, 2021-03, 3/5, 9/98, 9/03 */
date_rule scan_compact;       /* 20210305, 20210305142000-0500, 03052021 */
date_rule scan_month_first;   /* March 5th, 2021 and all that begins with a month */
date_rule scan_day_first;     /* 05MAR2021, 05-Mar-21, 5 March 2021, 15th of January, 3-5 March */
date_rule scan_period;        /* spring of 2021, Q2 2021, 2Q21, Christmas 2020, Labor Day */
