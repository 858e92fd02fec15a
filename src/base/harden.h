/* base/harden.h — what main does first, before it reads a byte.
 *
 * Clear text and keys must not reach a core file, another process of the same user, or a file that
 * happens to be opened as descriptor 0–2. The umask is left as the user set it.
 * Threads: call once, before any thread.
 */
#pragma once
#include "base/base.h"

/* No core dumps, no attaching (PR_SET_DUMPABLE), no new privileges through exec, and descriptors
 * 0–2 open: one that was closed is taken, and reading or writing it fails. ERR_SYSTEM when any of it
 * is refused: do not go on. */
MUST_USE err harden_process(void);
