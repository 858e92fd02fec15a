/* cli/diff.h — a record before and after, for the eye of the person who runs the command.
 *
 * This prints clear text, on request alone. Control characters are shown as '?', so that a text can't
 * play with the terminal.   Threads: the work is for deid/batch.h, one scratch a worker.
 */
#pragma once
#include "deid/batch.h"

enum diff_layout { DIFF_INLINE, DIFF_SIDE };
struct diff_options {
    const struct deid *deid;
    enum diff_layout layout;
    unsigned width; /* columns */
    bool colour;
};
struct batch_work diff_work(const struct diff_options *o);
/* One text and its edits; `a` is used and reset. */
MUST_USE err diff_text(struct buf *out, enum diff_layout layout, unsigned width, bool colour,
                       struct arena *a, view text, const struct edits *edits);
