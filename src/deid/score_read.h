/* deid/score_read.h — JSON lines of marked texts: {"id", "text", "spans": [{"start", "end", "label"}]}.
 *
 * `text` may be absent (predictions), other keys are passed over, a key that stands twice counts as it
 * stands last. An id is a string or an integer. Threads: pure but for the arena.
 */
#pragma once
#include "base/diag.h"
#include "deid/score.h"

struct score_line {
    view id;
    view text;
    bool has_text;
    struct score_span *spans; /* in the arena */
    uint32_t n;
};

/* One line without its end. Views are borrowed from `line` or live in the arena. ERR_FORMAT and
 * ERR_ENCODING with the offset in the line, ERR_MEMORY, ERR_LIMIT; *out is unchanged when this fails. */
MUST_USE err score_line_read(view line, struct arena *a, struct score_line *out, struct diag *d);

/* Calls `each` for every line of `file` that is not blank; a byte-order mark at the start is passed
 * over. When one fails, the diag names line and offset in the file. */
typedef err score_line_fn(void *ctx, view line, struct diag *d);
MUST_USE err score_lines(view file, score_line_fn *each, void *ctx, struct diag *d);
