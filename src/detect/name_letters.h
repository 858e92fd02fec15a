/* detect/name_letters.h — the initials that stand beside a name that was found.
 *
 *     Co-signature: Tarrow, V., pending      Wet read Lindemar, N. 12/7 11:48      Tech: Swenholt S⏎
 *     E. Oleander still has symptoms, where only the family name was known from elsewhere
 *
 * Some rules see no more than the family name. Runs behind all that find names.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Widens the NAME findings of *out over them. */
void name_letters(const struct doc *d, struct findings *out);
