/* text/ruler.h — offsets of a text as its caller counts them: in code points, or in bytes.
 *
 *     struct ruler r = { .text = text, .bytes = false };
 *     ruler_at(&r, start);   ruler_at(&r, end);
 *
 * A walk along the text: cheap where the offsets asked for ascend, begun anew where one does not.
 * Threads: one owner; the text is borrowed and well-formed UTF-8. */
#pragma once
#include "text/utf8.h"

struct ruler {
    view text;
    bool bytes;       /* the caller counts bytes, too */
    size_t at, count; /* so many code points before byte `at` */
};

static inline uint64_t ruler_at(struct ruler *r, size_t offset)
{
    if (r->bytes) return offset;
    if (offset < r->at) r->at = r->count = 0;
    r->count += utf8_count(view_sub(r->text, r->at, offset));
    r->at = offset;
    return r->count;
}
