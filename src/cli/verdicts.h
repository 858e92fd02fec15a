/* cli/verdicts.h — the file that a reader's verdicts are appended to, a line a record.
 *
 * Several may read into the same file; each line is written at once. Threads: the main thread only. */
#pragma once
#include "deid/review.h"

/* Opens or makes it, mends an end that a full disk or a kill cut off, and adds what it holds to r, so that it is not asked
 * again. *fd is the caller's to close, or -1; also after a failure. */
MUST_USE err verdicts_open(int *fd, struct review *r, const char *path, struct diag *d);
/* `missed`: ranges as in deid/review.h, "[text,start,end],…". */
MUST_USE err verdicts_add(int fd, const struct review *r, const struct review_unit *u, view reader,
                          view missed, struct diag *d);
