/* deid/sink.h — where a run's output goes: standard output, or a file that is whole or absent.
 *
 * While it is written, a file's temporary is locked (flock), so that a later run can tell a
 * temporary in use from one that a killed run left behind.   Threads: one owner.
 */
#pragma once
#include <time.h>

#include "base/file.h"

struct sink {
    struct file_out file;
    bool is_open, is_stdout;
};

/* path NULL is standard output. ERR_EXISTS when the file exists and `replace` is not set. */
MUST_USE err sink_open(struct sink *s, const char *path, bool replace, struct diag *d);
MUST_USE err sink_write(struct sink *s, view v, struct diag *d);
MUST_USE err sink_commit(struct sink *s, struct diag *d);
void sink_discard(struct sink *s); /* no output appears; fine when nothing is open */

/* Removes temporaries that a dead run left in the folder: last written before `before`, which is when
 * this run began (CLOCK_REALTIME_COARSE, the clock of file times), and locked by nobody. What can't be
 * looked at stays. */
void sink_sweep(const char *folder, struct timespec before);
