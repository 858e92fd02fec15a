/* tests/unit/format/plain_keys.h — a record without the pieces of plain keys, for tests that count pieces. */
#pragma once
#include "format/format.h"

static inline void drop_plain_keys(struct record *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n; i++)
        if (r->pieces[i].role != ROLE_KEY) r->pieces[n++] = r->pieces[i];
    r->n = n;
}
