/* base/guarded.h — memory for keys and for what follows from them.
 *
 * Whole pages between unreadable ones, locked in memory where the system's limit allows, left out of core
 * dumps, wiped when freed. A block costs at least four pages: for a few secrets, not for data. It counts
 * for mem_in_use and for injected faults like any other.   Threads: safe; a sealed block may be shared.
 */
#pragma once
#include "base/mem.h"

/* n bytes, 16-aligned, not zeroed; NULL when memory, the budget or an injected fault says no. */
void *guarded_alloc(size_t n) MUST_USE;
/* From now on a write to it stops the program. ERR_SYSTEM when the system refuses. */
MUST_USE err guarded_seal(void *p);
/* Wipes and frees, sealed or not; NULL is fine. */
void guarded_free(void *p);
