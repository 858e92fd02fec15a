/* base/mem_count.h — the count behind mem.h, for the other allocators of base/. Not for use above it. */
#pragma once
#include "base/mem.h"

/* n bytes are about to be taken: false when an injected fault or the budget says no. */
bool mem_count_in(size_t n);
void mem_count_out(size_t n);
