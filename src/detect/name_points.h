/* detect/name_points.h — what a run of words is worth by its own form, and by what the person does behind it.
 *
 * Points as those of name_run.h: logarithms of frequency, added up.   Threads: pure. */
#pragma once
#include "detect/name_run.h"

/* Full name, family name and comma, initials, one word alone: points, and the rule that it fits as *rule. */
int name_points_of_form(const struct doc *d, const struct name_run *r, enum rule *rule);
/* "Byeolhun denies chest pain", "Ling was informed", "K. Ok was informed": see detect/name_deed.h. No word of the
 * language that few people are called by ("Staff denies"). */
int name_points_of_deed(const struct doc *d, const struct name_run *r);
