/* base/random.h — unpredictable bytes from the operating system (libsodium).
 * Threads: safe after random_start, which main calls once. */
#pragma once
#include "base/base.h"

MUST_USE err random_start(void); /* ERR_SYSTEM when the system has no randomness to give */
void random_bytes(void *out, size_t n);
/* Uniform in [0, bound); bound > 0. */
uint32_t random_below(uint32_t bound);
