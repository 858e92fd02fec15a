/* text/age_unit.h — in what an age is counted.   Threads: pure. */
#pragma once
#include "base/base.h"

/* How many of the unit make a year, as it is written in words or in UCUM: 1 for "years", "a" and for what is no unit
 * of time, 12 for "months" and "mo", 52 for weeks, 365 for days. Leading marks don't count. A capital M alone is a
 * sex: "93 M". */
unsigned age_unit_in_year(view unit);

/* The word at `from`, behind blanks and a dash: the unit of the number before it. Empty when none is there. */
view age_unit_behind(view text, size_t from);

/* LOINC and SNOMED CT codes of somebody's age, and the word itself as a local code. */
bool age_is_code(view code);
/* A name of what was observed whose last word is "age", or that begins with "age in", "age at": somebody's age. */
bool age_is_label(view label);
