/* format/write_inside.h — what the files of write*.c share.
 *
 * write.c        the way through a record, and pieces that lie one behind the other
 * write_steps.c  records whose texts run over structure, or that hold others
 *
 * Threads: one owner. */
#pragma once
#include "format/format.h"

struct writer {
    const struct record *r;
    view bytes;        /* of the record, or of what is embedded in it */
    uint32_t inside;   /* which pieces lie in them */
    struct buf *inner; /* r->n_embedded of them, written anew; NULL when nothing is embedded */
    struct buf *out;
    size_t pos;                   /* of `bytes`, what is written or replaced */
    size_t begun;                 /* length of `out` before */
    struct format_copies *copies; /* of the record itself; NULL: nobody asks */
};

/* Pieces that are written anew as a whole, not range by range. */
static inline bool write_is_whole(const struct piece *p)
{
    return p->spelling == SPELL_JSON_NUMBER || p->spelling == SPELL_CSV_BARE;
}

/* What stands in `bytes` from w->pos to `to`, as it is. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err write_copy_to(struct writer *w, size_t to);
/* A piece for which write_is_whole holds. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err write_whole(struct writer *w, const struct piece *p, const struct edits *edits);
/* All of w->bytes, its edits in any order. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err write_steps(struct writer *w, const struct edits *edits);
