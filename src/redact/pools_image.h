/* redact/pools_image.h — what tools/surrogates_build.c writes, for pools.c alone. */
#pragma once
#include "redact/pools.h"

struct pool_sheet {
    const struct pool_word *words;
    const uint16_t *slots; /* 1 + index of a word, 0 empty; by FNV-1a, linear probing */
    uint32_t mask;
};
struct pool_list {
    const struct pool_word *words;
    const uint16_t *at; /* indexes into words */
    uint32_t n;
};
extern const char pools_text[];
extern const struct pool_sheet pools_sheets[];
extern const struct pool_list pools_lists[];
extern const uint8_t pools_zip3[125];
