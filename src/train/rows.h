/* train/rows.h — arrays that grow by one.   Threads: pure. */
#pragma once
#include "base/mem.h"

/* Room for one more of `size` bytes in *v (a pointer to a pointer), which holds n and has room for *cap. ERR_MEMORY, ERR_LIMIT;
 * unchanged then. */
MUST_USE static inline err rows_room(void *pv, size_t size, uint64_t n, uint64_t *cap)
{
    void **v = pv;
    size_t bytes;
    if (n < *cap) return OK;
    const uint64_t want = *cap ? *cap + *cap / 2 : 1024;
    if (!size_mul(want, size, &bytes)) return ERR_LIMIT;
    void *p = mem_resize(*v, bytes);
    if (!p) return ERR_MEMORY;
    *v = p;
    *cap = want;
    return OK;
}
