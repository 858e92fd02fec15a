/* base/map.h — views to 32-bit numbers, in an arena.
 *
 * Keys are borrowed: they must live as long as the map. Case matters.   Threads: readers may share.
 */
#pragma once
#include "base/arena.h"

struct map_slot;
struct map {
    struct arena *arena; /* borrowed */
    struct map_slot *slots;
    uint32_t n, cap; /* cap is a power of two, or 0 */
};

void map_init(struct map *m, struct arena *arena);
/* Inserts or overwrites. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err map_put(struct map *m, view key, uint32_t value);
bool map_get(const struct map *m, view key, uint32_t *value);
