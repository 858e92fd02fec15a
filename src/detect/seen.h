/* detect/seen.h — what was found in short texts, for when they come again.
 *
 * Cells of tables and displays of codes repeat by the million ("Body Weight", "Springfield"), and what a
 * text holds follows from its bytes and its field alone: it is looked through once. Bounded: two texts a
 * slot, one that has come again and the last one that has not, so that a column of numbers which never
 * repeat can't push out a column of towns. What known identifiers find is never kept.
 * Threads: one owner, as the scratch that it belongs to.
 */
#pragma once
#include "detect/finding.h"

enum { SEEN_BYTES_MAX = 112 }; /* of a text and its field together */

struct seen;
MUST_USE err seen_new(struct seen **out);
void seen_free(struct seen *s); /* wiped */
/* Appends what `of`, a detector by its number, found in the text. False: not seen, *out is as it was. */
bool seen_find(struct seen *s, uint64_t of, view text, view field, struct findings *out);
/* Keeps `found`, if the text is short and not much was found. */
void seen_keep(struct seen *s, uint64_t of, view text, view field, const struct findings *found);
