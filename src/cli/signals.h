/* cli/signals.h — how a run ends when it is told to: outputs that are not complete are removed first.
 * Threads: the main thread only. */
#pragma once
#include "base/base.h"

/* SIGINT, SIGTERM and SIGHUP stop the batch under way (a second one kills); a broken pipe and a file
 * over its limit become error codes of the write. Before a batch begins they kill as ever. */
void signals_start(void);
/* After ERR_CANCELLED: ends the process by the signal that came, so that the caller's shell knows. */
void signals_end(void);
/* After EPIPE: as if SIGPIPE had never been held back. */
void signals_end_pipe(void);
