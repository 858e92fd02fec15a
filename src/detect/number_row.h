/* detect/number_row.h — numbers side by side that are a row of measurements, not the groups of one number:
 * "intake 250 300 1200 mL", "500 25 1000 30 2000 40".   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Tokens first … last are numbers with nothing but blanks between, and no cue says what they are. Is it a row:
 * by a unit behind it, another number beside it, the name of a measured value before it, or all of them round? */
SELDOM bool number_is_row(const struct doc *d, uint32_t first, uint32_t last);
/* 0930, 2130: a time of day as charts write it. */
bool number_is_clock(const struct token *t);
