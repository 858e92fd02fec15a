/* detect/name_run_word.h — inside detect/name_run*.c: what one written word of a run is worth.   Threads: pure. */
#pragma once
#include "detect/name_run.h"

/* May the token at i, a written word by itself that nothing leads, be the first of a run? A cheap look: no only
 * where name_run_add_word says so. */
bool name_run_may_stand_first(const struct doc *d, uint32_t i);
/* May the written word first … last be a part? Adds its points to r. `led`: as in name_run_parse. */
bool name_run_add_word(const struct doc *d, uint32_t first, uint32_t last, bool led,
                       struct name_run *r);
