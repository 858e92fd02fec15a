/* fuzz/release.c — any file is a record of a release or is refused with a reason; records, one a line, are judged
 * without a crash, and never hold for an output that is empty. */
#include "deid/release.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view all = { (const char *)data, size };
    struct release r;
    release_init(&r);
    for (size_t at = 0; at < size;) {
        size_t end = view_find_byte(all, at, '\n');
        struct diag d = { 0 };
        err e = release_add(&r, view_sub(all, at, end), &d);
        BUG_IF(e && e != ERR_MEMORY && e != ERR_LIMIT && d.code != e);
        at = end + 1;
    }
    release_judge(&r, "2026-11-22");
    BUG_IF(r.n_refused == 0);
    release_clear(&r);
    return 0;
}
