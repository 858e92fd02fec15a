/* detect/name_list.h — persons in the lists that teams hand to each other, found from one that is known.
 *
 *     Rm 213 Smalls - diabetic ketoacidosis - Rushson     fields of a line that a bed or a day opens
 *     Admit 2/8 - Xiong - Pusanid - Providence
 *     Room 33 Osei 39M celiac disease Drinkwater          whoever is last in a bed's line
 *     Supaporn and Yoojik      Ava (7), Eli (4)           beside a name
 *     Mohr/Ada 20685 fibromyalgia                         family, given, number
 *
 * Starts from findings and marks, never from all words.   Threads: pure.
 */
#pragma once
#include "detect/name_spots.h"

/* Appends them. Looks beside the NAME findings out->v[from …] and behind days. `taken`: detect/taken.h; the
 * tokens of names are marked in it too. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_lists(const struct doc *d, const struct name_spots *s, uint32_t from,
                        uint8_t *taken, struct findings *out);
