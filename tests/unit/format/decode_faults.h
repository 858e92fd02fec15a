/* tests/unit/format/decode_faults.h — decoding when memory is short.
 *
 *     decode_in_turn(&format_cda, VIEW("<text>a</text>"), 1);
 */
#pragma once
#include "unit.h"

#include "faults.h"
#include "format/format.h"

struct decode_faults {
    const struct format *format;
    view bytes;
    uint32_t n_pieces;
};

static inline err decode_with_faults(void *ctx)
{
    const struct decode_faults *f = ctx;
    struct arena a;
    struct record r;
    arena_init(&a, 1 << 20);
    err e = format_decode(f->format, f->bytes, ENC_AUTO, &a, &r, NULL);
    if (!e) assert_int_equal(r.n, f->n_pieces);
    arena_clear(&a);
    return e;
}

/* Each allocation fails in turn; as long as none does, there are n_pieces. */
static inline void decode_in_turn(const struct format *format, view bytes, uint32_t n_pieces)
{
    struct decode_faults f = { format, bytes, n_pieces };
    faults_in_turn(decode_with_faults, &f);
}
