/* deid/misplaced_name.h — somebody's name in a field that is nobody's by its type.
 *
 * "88^Otterbury^Fenwick" as a telephone, "771^MARSWELL^OTIS" as the source of a specimen: the format tells which parts
 * are made as a person's are (piece.like_person), the words whether they are one. Before a number that a person may go
 * by, names that are hardly words will do; without one a usual given name is asked for.   Threads: one owner. */
#pragma once
#include "format/format.h"
#include "lexicon/lexicon.h"

/* Gives pieces of r that are parts of such a name their roles, and makes pieces of those among its codes, which are no
 * codes any more. To be called before what the record says is gathered: they are names like any other. ERR_MEMORY. */
MUST_USE err misplaced_names_take(const struct lexicon *l, struct record *r, struct arena *a);
