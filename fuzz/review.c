/* fuzz/review.c — lines as a sample, those that begin with '+' as verdicts: no crash, and an estimate that
 * stays within its bounds. */
#include "deid/review.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view all = { (const char *)data, size };
    struct review r;
    struct review_result x;
    if (utf8_bad_at(all) < size) return 0;
    review_init(&r);
    for (size_t at = 0; at < size;) {
        size_t end = view_find_byte(all, at, '\n');
        view line = view_sub(all, at, end);
        struct diag d = { 0 };
        bool verdict = line.n && line.p[0] == '+';
        err e = verdict ? review_add_verdict(&r, view_sub(line, 1, line.n), &d)
                        : review_add_unit(&r, line, &d);
        BUG_IF(e && e != ERR_MEMORY && e != ERR_LIMIT && d.code != e);
        at = end + 1;
    }
    if (review_estimate(&r, 0.95, 0.01, &x) == OK) {
        BUG_IF(!(x.notes >= 0 && x.notes <= 1 && x.notes_upper >= 0 && x.notes_upper <= 1));
        BUG_IF(!(x.identifiers >= 0 && x.identifiers <= 1));
        BUG_IF(x.read > x.drawn);
    }
    review_clear(&r);
    return 0;
}
