/* tools/notegen/values.h — values that a rule can't say: numbers, dates, numbers with check digits.
 *
 * {digits 7} {letters 2} {alnum 6} {hex 8}      so many of them
 * {num 60 99}  {tenth 25 120} (2.5 … 12.0)  {hundredth 5 140}     between two bounds
 * {date} {date.num} {date.short} {date.long} {date.md} {date.my} {date.iso} {date.dmy} {date.mil}
 *              of the weeks before the note (or {date.X 400}: so many days before); DATE
 * {today…} the note's day, {future…} the weeks after, {past…} long ago, in the same forms; {month} DATE
 * {year} {weekday} {time}                        no identifiers
 * {npi} {dea} {vin} {luhn 16} {mbi}              check digits are right; the rule says the label
 * {lex.f} {lex.m} {lex.s} {lex.town}             a word of data/lexicon
 */
#pragma once
#include "base/base.h"

struct speaker;
bool values_find(view name, uint32_t n_args, int *what);
void values_say(struct speaker *s, int what, const uint32_t args[2]);
void values_say_birth(struct speaker *s, uint32_t age);
int values_pick_style(struct speaker *s);
