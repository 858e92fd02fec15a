/* tools/notegen/people.h — the persons of a note: who they are stays the same through it.
 *
 * {patient.full}: who, and in which form.
 *   who    patient attending resident nurse surgeon referring pcp consultant radiologist pathologist
 *          clerk rel rel2 friend        the same person all through the note
 *          doctor person               a new one each time
 *   form   full any first last comma fi li lfi initials inits middle chart hl7 email user    (NAME, EMAIL)
 *          mr he He his His him man woman M male age kin born    words that agree with the person
 * Names: a culture by the rule `culture`, then the rules f.CULTURE, m.CULTURE, s.CULTURE, or half of the
 * time xf. xm. xs., which invent: what they give is in no list.
 */
#pragma once
#include "base/base.h"

enum { WHO_MAX = 20, NAME_BYTES = 96 };
struct person {
    bool known, woman, from_lists;
    uint32_t age;
    char given[NAME_BYTES], middle[NAME_BYTES], surname[NAME_BYTES], suffix[8], kin[24], mail[16];
};
struct speaker;
bool people_find(view name, int *who, int *form);
void people_say(struct speaker *s, int who, int form);
/* The note's patient is a woman or a man, and of this age (0: any). Before anything is said. */
void people_known(struct speaker *s, bool woman, uint32_t age);
