/* Every block carries its size and a mark before the bytes that the caller sees:
 *
 *      | size (8) | mark (8) | bytes …            the bytes are 16-aligned because malloc's are
 *
 * The size makes wiping and counting possible; the mark, which depends on the address, turns a
 * double free, a foreign pointer and an underrun into an abort instead of a corrupted heap.
 */
#include "base/mem.h"

#include <stdatomic.h>

#include "base/mem_count.h"
#include "base/poison.h"

struct head {
    size_t size;
    uint64_t mark;
};
_Static_assert(sizeof(struct head) == 16, "the bytes after the head stay 16-aligned");

static atomic_size_t in_use;
static atomic_size_t budget; /* 0: none */
static atomic_uint_fast64_t asked;
static atomic_bool fault_on, fault_sticky;
static atomic_int_fast64_t fault_in; /* allocations until the one that fails */

static uint64_t mark_for(const struct head *h)
{
    return (uint64_t)(uintptr_t)h ^ UINT64_C(0xC04D0A7E5AFE11E5);
}

static bool fault_now(void)
{
    atomic_fetch_add_explicit(&asked, 1, memory_order_relaxed);
    if (LIKELY(!atomic_load_explicit(&fault_on, memory_order_relaxed))) return false;
    int_fast64_t left = atomic_fetch_sub_explicit(&fault_in, 1, memory_order_relaxed);
    return left == 0 || (left < 0 && atomic_load_explicit(&fault_sticky, memory_order_relaxed));
}

bool mem_count_in(size_t n)
{
    if (fault_now()) return false;
    size_t max = atomic_load_explicit(&budget, memory_order_relaxed);
    size_t before = atomic_fetch_add_explicit(&in_use, n, memory_order_relaxed), after;
    if (LIKELY(size_add(before, n, &after) && (max == 0 || after <= max))) return true;
    mem_count_out(n);
    return false;
}

void mem_count_out(size_t n)
{
    atomic_fetch_sub_explicit(&in_use, n, memory_order_relaxed);
}

static void *take(size_t n, bool zero)
{
    size_t with_head;
    if (n > PTRDIFF_MAX || !size_add(n, sizeof(struct head), &with_head)) return NULL;
    if (!mem_count_in(n)) return NULL;

    struct head *h = zero ? calloc(1, with_head) : malloc(with_head);
    if (!h) {
        mem_count_out(n);
        return NULL;
    }
    h->size = n;
    h->mark = mark_for(h);
    void *p = h + 1;
    poison_region(h, sizeof *h);
    return p;
}

static struct head *head_of(void *p)
{
    struct head *h = (struct head *)p - 1;
    unpoison_region(h, sizeof *h);
    BUG_IF(h->mark != mark_for(h));
    return h;
}

void *mem_alloc(size_t n)
{
    return take(n, false);
}

void *mem_alloc_zero(size_t n)
{
    return take(n, true);
}

void mem_free_part(void *p, size_t used)
{
    if (!p) return;
    struct head *h = head_of(p);
    BUG_IF(used > h->size);
    mem_wipe(p, used);
    mem_count_out(h->size);
    h->mark = 0;
    free(h);
}

void mem_free(void *p)
{
    if (!p) return;
    struct head *h = head_of(p);
    mem_free_part(p, h->size);
}

/* Never realloc: it may move the block and leave the old bytes behind. */
void *mem_resize(void *p, size_t n)
{
    if (!p) return mem_alloc(n);
    struct head *h = head_of(p);
    size_t keep = MIN(h->size, n);
    poison_region(h, sizeof *h);

    void *q = take(n, false);
    if (!q) return NULL;
    memcpy(q, p, keep);
    mem_free(p);
    return q;
}

void mem_wipe(void *p, size_t n)
{
    if (n) explicit_bzero(p, n);
}

void mem_set_budget(size_t max_bytes)
{
    atomic_store_explicit(&budget, max_bytes, memory_order_relaxed);
}

size_t mem_in_use(void)
{
    return atomic_load_explicit(&in_use, memory_order_relaxed);
}

uint64_t mem_fail_at(int64_t k, bool sticky)
{
    atomic_store_explicit(&fault_on, false, memory_order_relaxed);
    uint64_t n = atomic_exchange_explicit(&asked, 0, memory_order_relaxed);
    if (k >= 0) {
        atomic_store_explicit(&fault_in, k, memory_order_relaxed);
        atomic_store_explicit(&fault_sticky, sticky, memory_order_relaxed);
        atomic_store_explicit(&fault_on, true, memory_order_relaxed);
    }
    return n;
}
