/* redact/date_shift.h — a date moved by days, or cut down to its year, in the spelling it had.
 *
 * Both append to `out` and set *done; when *done is false nothing was appended, and the caller masks.
 * A value that is no date, does not exist in the calendar, or could not be written again byte for byte
 * is never guessed at.   Threads: pure.
 */
#pragma once
#include "base/base.h"
#include "base/buf.h"
#include "text/written_date.h"

/* Intervals between dates of one precision are kept exactly. A month or quarter or season with its year
 * moves as its middle (the 15th) would. A date without a year moves in a circle of 365 days, so 29
 * February without a year stays undone, as do holidays and anything that its spelling can't say any
 * more ("March 3-5" across the end of March). A weekday moves along, whether it was right or wrong.
 * "12/08" may be a day or a month with its year: it stays undone, unless a weekday, a time or the other
 * end of a range decides, or the caller, who knows what stands around it, with `is_day`. Numeric dates
 * are read in `order` where both orders are possible.
 * OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err date_shift(view value, enum date_order order, bool is_day, int days, struct buf *out,
                        bool *done);

/* The year alone, in four digits: "March 5th, 2021" gives "2021", "Feb '21" too (two digits are
 * expanded as text/written_date.h says), "12/28/2020-1/2/2021" gives "2020-2021". A date without a
 * year leaves *done false. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err date_year(view value, struct buf *out, bool *done);
