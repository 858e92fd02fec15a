/* detect/name_run_word.h — inside detect/name_run*.c: what one written word of a run is worth, and which letters are
 * initials.   Threads: pure. */
#pragma once
#include "detect/name_run.h"

/* May the token at i, a written word by itself that nothing leads, be the first of a run? A cheap look: no only
 * where name_run_add_word says so. */
bool name_run_may_stand_first(const struct doc *d, uint32_t i);
/* May the written word first … last be a part? Adds its points to r. `led`: as in name_run_parse. */
bool name_run_add_word(const struct doc *d, uint32_t first, uint32_t last, bool led,
                       struct name_run *r);

/* ---- name_run_letter.c ---- */

/* What a word of medicine alone means: no name that could go on with it. */
bool name_run_is_clinical(const struct doc *d, int64_t i);
/* "Perez L hip pain", "Kim K 3.2", "Ross O neg", "Tolliver C/S": a letter without a full stop behind a family name,
 * that is a side or an element of what follows. `led`: a title or field says that the name is whole before it. */
SELDOM bool name_run_is_clinical_letter(const struct doc *d, uint32_t i, bool led);
/* "J. Smith", "Anna S.": may the letter at token i be an initial, if a name is around it? */
bool name_run_is_initial(const struct doc *d, uint32_t i);
/* "Dr. X.  A repeat CT": the article, behind the full stop of an initial. */
SELDOM bool name_run_begins_sentence(const struct doc *d, uint32_t i);
