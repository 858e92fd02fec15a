/* Spelled dates: what is read can be written again byte for byte, and a moved date is a date that
 * moves back to the same day. */
#include "text/written_date.h"
#include "redact/date_shift.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void move(view text, enum date_order order)
{
    struct buf moved;
    struct written_date before, after;
    bool done = false;
    buf_init(&moved, 1024);
    enum { DAY = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY, DAYS = 101 };
    if (date_shift(text, order, false, DAYS, &moved, &done) == OK && done) {
        BUG_IF(!written_date_parse(text, order, &before));
        /* a day over 12 that stood in the other place may now be read as a month: 13/3 moved to 3/4 */
        if (written_date_parse(buf_view(&moved), order, &after) &&
            before.day_first == after.day_first && (before.part[0].has & DAY) == DAY &&
            (after.part[0].has & DAY) == DAY) {
            const struct written_part *a = &before.part[0], *b = &after.part[0];
            int gap = civil_days(b->year, b->month, b->day) - civil_days(a->year, a->month, a->day);
            BUG_IF(gap % 36524 != DAYS && gap % 36525 != DAYS && gap % 36524 != DAYS - 36524 &&
                   gap % 36525 != DAYS - 36525); /* two digits of a year may change century */
        }
    }
    buf_clear(&moved);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    view text = view_of((const char *)data, n);
    for (int order = DATE_MONTH_FIRST; order <= DATE_DAY_FIRST; order++) {
        struct written_date w;
        size_t taken = written_date_scan(text, order, &w);
        BUG_IF(taken > n || w.n > WRITTEN_PIECES || (taken && w.text.n != taken));
        if (!written_date_parse(text, order, &w)) continue;
        struct buf out;
        bool done = false;
        buf_init(&out, 1024);
        BUG_IF(written_date_write(&w, w.part, &out, &done) == OK && !done);
        BUG_IF(done && !view_eq(buf_view(&out), text));
        buf_clear(&out);
    }
    struct buf year;
    bool done = false;
    buf_init(&year, 1024);
    move(text, DATE_MONTH_FIRST);
    move(text, DATE_DAY_FIRST);
    if (date_year(text, &year, &done) == OK) BUG_IF(done != (year.n > 0));
    buf_clear(&year);
    return 0;
}
