/* base/base.h — what every file of Cordon starts with.
 *
 * The two value types (`view`, `err`), the outcome macros, checked arithmetic, and the functions that
 * may not be used here. Include this first; it includes no domain word.
 * Threads: everything here is pure.
 */
#pragma once
#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/view.h"

#define MUST_USE __attribute__((warn_unused_result))
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define LIKELY(x) __builtin_expect(!!(x), 1)
/* A large local that is filled before it is read: the build zeroes all others at every call. */
#define FILLED_LATER __attribute__((uninitialized))
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
/* A function that is seldom called. What leads to a call of it is laid out apart from what runs for every text, which then
 * takes fewer lines of the cache. */
#define SELDOM __attribute__((cold))

/* One way out: a function that uses TRY has `err e = OK;` and a label `out:`. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        if (UNLIKELY((e = (call)) != OK)) goto out;                                                \
    } while (0)

/* A bug, not an input: stops the program in release builds too, and prints only file and line. */
#define BUG_IF(cond)                                                                               \
    do {                                                                                           \
        if (UNLIKELY(cond)) bug_abort(__FILE__, __LINE__);                                         \
    } while (0)
SELDOM _Noreturn void bug_abort(const char *file, int line);

/* a + b and a * b into *out; false when the sum does not fit. */
static inline bool size_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}
static inline bool size_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

/* Unbounded or shell-calling functions: a use is a compile error. Heap use outside base/ is caught
 * by tests/arch. */
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi atol atof system
