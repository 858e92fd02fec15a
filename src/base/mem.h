/* base/mem.h — the only heap of the program.
 *
 * Everything above base/ allocates through arenas, buffers and mem_*; so one place can count, limit
 * and fail. Freed blocks are wiped first (their size is known): clear text does not stay behind.
 * Threads: safe from any thread.
 */
#pragma once
#include "base/base.h"

/* n bytes, 16-aligned, not zeroed; NULL when memory, the budget or an injected fault says no.
 * n = 0 gives a valid pointer. Owned by the caller, mem_free it. */
void *mem_alloc(size_t n) MUST_USE;
void *mem_alloc_zero(size_t n) MUST_USE;
/* As realloc; the old block is wiped. On NULL the old block stays as it was. */
void *mem_resize(void *p, size_t n) MUST_USE;
/* Wipes and frees; NULL is fine. */
void mem_free(void *p);
/* As mem_free, for a block of which only the first `used` bytes were ever written (or the rest is wiped
 * already): memory that was never touched is not touched now. */
void mem_free_part(void *p, size_t used);
/* Overwrites, and the compiler may not leave it out. */
void mem_wipe(void *p, size_t n);

/* The process-wide budget in bytes; 0 (the start value) is none. */
void mem_set_budget(size_t max_bytes);
size_t mem_in_use(void);

/* For tests: the k-th allocation from now fails (0 is the next one), and every one after it when
 * `sticky`. k < 0 switches it off. Returns how many allocations were asked for since the last call. */
uint64_t mem_fail_at(int64_t k, bool sticky);
