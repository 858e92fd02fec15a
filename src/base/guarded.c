#include "base/guarded.h"

#include <sodium.h>

#include "base/mem_count.h"

/* libsodium does not tell the size again, so it stands in front. The whole is a multiple of 16: the end
 * of the block lies on a page border, and the start must be aligned. */
struct head {
    size_t size;
    size_t align_16;
};

void *guarded_alloc(size_t n)
{
    size_t whole;
    if (sodium_init() < 0) return NULL;
    if (!size_add(n, sizeof(struct head) + 15, &whole)) return NULL;
    whole &= ~(size_t)15;
    if (!mem_count_in(n)) return NULL;
    struct head *h = sodium_malloc(whole);
    if (!h) {
        mem_count_out(n);
        return NULL;
    }
    h->size = n;
    return h + 1;
}

err guarded_seal(void *p)
{
    return sodium_mprotect_readonly((struct head *)p - 1) == 0 ? OK : ERR_SYSTEM;
}

void guarded_free(void *p)
{
    if (!p) return;
    struct head *h = (struct head *)p - 1;
    mem_count_out(h->size);
    sodium_free(h);
}
