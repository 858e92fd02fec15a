/* detect/bare_number.h — a small number by itself, which every record has: its own, an age, a count, a code.
 *
 * No detector finds anything in such a text unless the name of its field says what the number is, so that it need not
 * be made ready for them. tests/unit/detect/test_bare_number.c has them look at every such number all the same.
 * Threads: pure.
 */
#pragma once
#include "base/view.h"

/* Is the text nothing but one to six digits, and is its field's name (may be empty) silent about whose or what they are? */
bool bare_number(view text, view field);
