/* cli/text_lines.h — records of one text each (lines of JSON, rows, whole files), taken apart and looked through.
 *
 *     n = text_lines_ahead(lines, work, record, block);     opens those that come next; their texts go together
 *     TRY(text_lines_take(lines, work, record, &line, d));  a record's turn
 *
 * What fails ahead is dropped: its turn comes, it fails by itself, and says so.
 * Threads: the lines are one worker's. */
#pragma once
#include "deid/batch.h"

struct text_line {
    struct record record;
    const struct piece *piece; /* with the text; NULL: there is none */
    struct findings found;     /* in it */
};
/* Borrowed. */
struct text_work {
    const struct detect *detect;
    view field; /* with the text, where records have fields */
};
struct text_lines;
MUST_USE err text_lines_new(struct text_lines **out);
void text_lines_free(struct text_lines *l); /* wiped; NULL is fine */
/* For struct batch_work. */
size_t text_lines_ahead(struct text_lines *l, const struct text_work *w,
                        const struct batch_record *r, view block);
/* *out lives until the next one is taken. What decoding says, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err text_lines_take(struct text_lines *l, const struct text_work *w,
                             const struct batch_record *r, struct text_line **out, struct diag *d);
