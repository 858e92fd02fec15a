#include "base/random.h"

#include <sodium.h>

err random_start(void)
{
    return sodium_init() < 0 ? ERR_SYSTEM : OK;
}

/* libsodium stops the program when the system stops giving randomness: the right end, since a
 * surrogate or a key from anything less would be worse than none. */
void random_bytes(void *out, size_t n)
{
    randombytes_buf(out, n);
}

uint32_t random_below(uint32_t bound)
{
    BUG_IF(bound == 0);
    return randombytes_uniform(bound);
}
