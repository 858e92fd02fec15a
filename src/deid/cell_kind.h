/* deid/cell_kind.h — what a cell of a table could be by the words of the lexicon: for columns that no header names.
 *
 * "Smith" in a row of its own has nothing beside it that says it is a name; fifty cells of which most are names do.
 * Threads: pure but for the arena. */
#pragma once
#include "base/arena.h"
#include "format/csv.h"

/* *out: of enum csv_kind; 0: words of the language, numbers, prose. `cell` may be in any encoding of a table.
 * ERR_MEMORY, ERR_LIMIT when the arena is full. */
MUST_USE err cell_kinds(view cell, struct arena *scratch, unsigned *out);
