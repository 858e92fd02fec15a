/* train/dictionary.h — 64-bit keys to numbers in order of first sight, with how often each was seen.
 * Threads: one owner. */
#pragma once
#include "base/mem.h"

struct dictionary {
    struct dictionary_entry {
        uint64_t key;
        uint32_t count;
    } * entry; /* owned */
    uint32_t n;
    uint32_t *slots; /* owned; number + 1, 0: empty; a power of two of them */
    uint32_t n_slots;
    uint32_t cap;
};
MUST_USE err dictionary_init(struct dictionary *d);
void dictionary_clear(struct dictionary *d); /* fine on a zeroed one */
/* The number of `key` (not 0), new or not; its count grows by one. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err dictionary_add(struct dictionary *d, uint64_t key, uint32_t *number);
