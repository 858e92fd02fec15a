/* base/poison.h — tells AddressSanitizer which of our bytes nobody may touch; nothing without it.
 *
 * An arena hands out pieces of one block, so the sanitizer alone would not see a piece overrun.
 */
#pragma once
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CORDON_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define CORDON_ASAN 1
#endif

#ifdef CORDON_ASAN
#include <sanitizer/asan_interface.h>
enum { POISON_GAP = 16 }; /* bytes left untouchable between two pieces of a block */
static inline void poison_region(const void *p, size_t n)
{
    __asan_poison_memory_region(p, n);
}
static inline void unpoison_region(const void *p, size_t n)
{
    __asan_unpoison_memory_region(p, n);
}
#else
enum { POISON_GAP = 0 };
static inline void poison_region(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
static inline void unpoison_region(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#endif
