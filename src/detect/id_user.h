/* detect/id_user.h — names that people sign on with, where a record says who did something.
 *
 *     printed by sdurant2      merged BY HIM_TLW      Tech: mhollow2      E-signed mkowalczyk
 *     Whitcombe A (awhitco)    discord moonfrog#2217
 *
 * Told by the word before and by a form that language does not have: digits or '_' behind letters, or a word that no
 * list knows.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Is the run without blanks that the word at i stands in such a name? Tokens *first … *last. */
bool id_user_at(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last);
/* The same behind a word that tells who did something, and before a day: "Intake per mkowal 2019-04-28". */
bool id_user_before_day(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last);
/* The same by its form alone, wherever it stands: "amedea.pizzuferro", "ragna_odegaarden25", "berelblumenthal89". */
bool id_user_formed(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last);
/* Is that run one by its form alone, where nothing but a day and time stands beside it: small letters with '.' or '_' between
 * them or digits behind them; where `word`, one word that no list knows as well? */
bool id_user_alone(const struct doc *d, uint32_t i, bool word, uint32_t *first, uint32_t *last);
