/* cli/review_terminal.h — somebody reads a sample in the terminal, record by record.   Threads: the main thread only. */
#pragma once
#include "deid/review.h"

/* Shows each record that `reader` has no verdict on, asks what is still there, and adds the verdict to the file at `path`;
 * until all are read or the reader stops. */
MUST_USE err review_in_terminal(struct review *r, const char *path, view reader, struct diag *d);
