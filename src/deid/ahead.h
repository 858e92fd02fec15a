/* deid/ahead.h — prose that is looked through together, before the pieces and records that it stands in have their turn.
 *
 *     at = deid_ahead(d, s, format, encoding, block);   opens the next records of the block, looks through their prose
 *     x = ahead_next(d, s, format, bytes, domain);      a record's turn: NULL, it was not opened
 *     if (!ahead_found(x, piece, &found)) …             a piece's turn: false, it is to be looked through by itself
 *
 * Many texts together are cheaper than one after the other (detect/look.c). All that has an order (what is written,
 * counted, remembered or reported) happens at a record's own turn, so that nobody can tell from the result. What fails
 * ahead is dropped without a word: its turn comes, it fails by itself, and says so.
 * Records in turn lie in the scratch's arena until the next ones are opened.   Threads: as the scratch. */
#pragma once
#include "deid/exam.h"

struct ahead;
MUST_USE err ahead_new(struct ahead **out);
void ahead_free(struct ahead *a); /* NULL is fine */

/* Forgets what was opened, and wipes the scratch's arena with it. */
void ahead_drop(struct deid_scratch *s);
/* The record, when it is the next one that was opened ahead; else NULL, and the arena is ready for it. */
struct exam *ahead_next(const struct deid *d, struct deid_scratch *s, const struct format *f,
                        view bytes, view domain);
/* What is found in a piece, which is no single value, into *out. Of a record that is long, the pieces that follow are
 * looked through with it. Pieces are asked for in order. */
bool ahead_found(struct exam *x, const struct piece *p, struct findings *out);
/* What the record and others say about whose prose the piece is. ERR_CORRUPT, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err ahead_known(struct exam *x, const struct piece *p, struct known_list *out);
