/* detect/tag_gate.h — which spans of the tagger may become findings on their own.
 *
 * A model that saw no score called "Shirodkar" takes the word for a name, because unknown capitalised
 * words mostly are. What no rule touched must therefore show more than its letters: words around it that
 * speak of persons, places or numbers of records. What overlaps a rule's finding needs none of it.
 *
 *   any          a score of 0.5, of names less; no token inside a placeholder, dose, value, score, gene variant, eponym or protected phrase
 *                (but for the door of a street: "13, 2A")
 *   NAME         no digits, no drug or disease; two words; or evidence of a person (detect/tag_person.h): a title,
 *                credential, cue, relative, clinician, verb of persons or age nearby, a name beside it, a number that
 *                reaches one, a place where letters, forms and tables have names; or a score of 0.6 in a text of 80
 *                tokens, 0.7 of 40, 0.8 of 16, 0.9 of fewer, if it is no part of a list of bare words and no head of
 *                a further field of its line. A word of plain language needs 0.9 and a capital that no sentence gives it
 *                In a text of 40 tokens with small letters, words that no list has as anything but names need 0.4 amid a
 *                sentence and 0.6 at its head, 0.8 before a number, 0.9 among things of a list or as all of a sentence, and
 *                a family name with a comma and a letter needs 0.3 (tag_gate_written.c)
 *   ORGANIZATION, LOCATION   a word of such names in it, or a word of place before it, or the same scores; a house that
 *                is known, alone on its line or in its column, with a score of 0.95
 *                several capital words together that are no medicine and end in a kind of house need a tenth of it; what
 *                was taken for a person may be a town of the lists behind a word that leads there, or such a house
 *   DATE         three numbers, no word of medicine before them, a score of 0.6
 *   PHONE        nine to fifteen digits, a score of 0.6
 *   ID           six digits behind a cue and a score of 0.6; with 0.95 five digits with letters between, or seven that are no
 *                range and have no word of medicine before them
 *   AGE          over 89
 * Threads: pure.
 */
#pragma once
#include "detect/tag_model.h"

/* Cuts tokens first … last to what can be one identifier: up to a mark that ends it, and without small words,
 * possessives and marks at its edges. Tokens that a rule found (hit, or NULL) are never cut off. False: nothing
 * is left; *next is where to go on in either case. */
bool tag_gate_trim(const struct doc *d, const uint8_t *hit, const struct tag_label *l,
                   uint32_t *first, uint32_t *last, uint32_t *next);
/* A capital letter with a full stop, and not the end of something else: "B. Nghinh". */
bool tag_is_dotted_letter(const struct doc *d, int64_t i);
/* Where a name that is found from token `first` on begins: with the O' of O'Connor, the HYUN- of HYUN-WOO and the
 * letter of "B. Nghinh". */
uint32_t tag_gate_begin(const struct doc *d, uint32_t first);
/* May it be one at all, alone or as part of a rule's finding? */
bool tag_gate_possible(const struct doc *d, uint32_t first, uint32_t last,
                       const struct tag_label *l);
/* May it stand alone? */
bool tag_gate_alone(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                    const struct tag_label *l, float score);
/* May what was taken for a person be a town, "Calling from: Ocilla"? */
bool tag_gate_town(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                   float score);
/* … or a house, "Kosciusko Kids Clinic"? */
bool tag_gate_called(const struct doc *d, uint32_t first, uint32_t last, float score);
/* "from Ilvanda TXM": a house and its letters, behind a word that leads to places? */
bool tag_gate_is_lettered_house(const struct doc *d, uint32_t first, uint32_t last);
/* "AALL1131", "SOPHIA and OLIVIA trials": do letters that end at `last` belong to a code, or to a list of studies? */
bool tag_gate_is_code(const struct doc *d, uint32_t last);
