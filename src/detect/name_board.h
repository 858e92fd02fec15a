/* detect/name_board.h — patients in the rows of a board, where the columns say who they are.
 *
 *     4   LINDEMAR    chest pain   JK
 *     17  VANN-ROYCE  r/o DVT      BTM
 *
 * Place, family name, why, and in letters who sees to it: no list need know the words. One row may be anything, so
 * there must be two.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends them. `opens`: numbers that may open a row. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
SELDOM MUST_USE err name_boards(const struct doc *d, const struct token_list *opens,
                                const uint8_t *taken, struct findings *out);
