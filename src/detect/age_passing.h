/* detect/age_passing.h — inside detect/age*.c: ages over 89 told in passing, as people talk of their families.
 * Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Is the number at token i, which is over 89 and no limit, an age by the talk around it?
 *
 *     Mum hit 98 in May    made it to 94        just gone 95        I am only 97      amma, 94, keeps house
 *     he saw 96 summers    her neighbour of 93  not bad for 94,     will be 92 come May
 *     both aunts, 94 & 91  survivor 94          Ages of the house: 97, 61, 12
 *     F/97 with a cough    MIL 94F upstairs     98M roommate        Roe, Ada (97)     Age ..... 96
 *     her mother's 95th    reached her 99th     entering her 97th year
 *
 * Not after a vital sign or a laboratory value. */
bool age_is_in_passing(const struct doc *d, int64_t i);
/* The same of a number in words over tokens first … last: "Mum, ninety-two, cooks", "At ninety-one she drives",
 * "for her father's ninetieth". */
SELDOM bool age_words_in_passing(const struct doc *d, int64_t first, int64_t last);
/* By a relative before it and how he fares between: "PGF 96 A&W", "mother alive at ninety-two", "Parents ninety and
 * 81". The number is tokens first … last, in digits or words. */
SELDOM bool age_is_of_kin(const struct doc *d, int64_t first, int64_t last);
/* "mother at 96, fetal 140": is number i her heart's, counted beside her child's? */
bool age_is_beside_child(const struct doc *d, int64_t i);
/* "Ada (niece, 90)" */
SELDOM bool age_is_in_kins_bracket(const struct doc *d, int64_t i);
/* By anybody who is spoken of: "Landlord, 99, checks", "FH: M d. 104", "gone at ninety-two,". The number is tokens first …
 * last, in digits or words. */
SELDOM bool age_is_of_person(const struct doc *d, int64_t first, int64_t last);
/* As people write of themselves: "I am ninety-four and", "im 92", "At 91 I don't", "a spry 97". */
SELDOM bool age_is_of_talk(const struct doc *d, int64_t first, int64_t last);
/* In a history of the family: "aunt breast ca at 92", "MGM: colon, 92, d 93", "97, A&W". */
SELDOM bool age_is_of_pedigree(const struct doc *d, int64_t i);
/* In a list of ages or of old persons, or beside a name: "98, 95 and 72: ages of brothers", "Ada (ninety-six)". */
bool age_is_of_list(const struct doc *d, int64_t first, int64_t last);
/* By what somebody did until then or goes on to: "Drove until 93.", "91 going on 92"; in words, tokens first … last. */
SELDOM bool age_is_of_deed(const struct doc *d, int64_t i);
SELDOM bool age_words_of_deed(const struct doc *d, int64_t first, int64_t last);
