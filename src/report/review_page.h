/* report/review_page.h — a page on which a person decides about disagreements, one after the other.
 *
 *     review_page_begin(&b, VIEW("Disagreements"), names, n)    the findings, in the order of their numbers
 *     review_page_report(&b, id, codes)     for each report: what all readers say of each finding
 *     review_page_item(&b, &item)           for each disagreement: the text with the words marked that
 *                                           each reader meant
 *     review_page_end(&b, left_out)
 *
 * What the person decides is saved from the page as JSON lines with findings (extract/labels.h): the reports
 * on which nothing is open, where the readers agree their answer. One HTML file, its style and script in it,
 * and nothing in it is loaded from anywhere or sent anywhere. It holds clear text: whoever may read the
 * reports may read it.   Threads: pure but for the buffer.
 */
#pragma once
#include "base/buf.h"

enum { REVIEW_READERS_MAX = 8 };
struct review_mark {
    uint32_t start, end; /* bytes of the text */
    uint8_t reader;      /* from 0 */
};
struct review_item {
    uint64_t number;         /* of the item on the page, from 1 */
    view id, finding, text;  /* text "": not given, no marks are shown */
    uint32_t which;          /* the finding's number in `names` */
    const char *const *says; /* what each reader says; static words */
    uint32_t n_readers;
    const struct review_mark *marks; /* in any order; clamped to the text */
    uint32_t n_marks;
};
enum { REVIEW_DIFFER = '-' }; /* of a code: the readers do not agree on this finding */
/* All append; ERR_MEMORY or ERR_LIMIT. `codes`: a character a finding, '0' not mentioned, '1' absent,
 * '2' uncertain, '3' present, or REVIEW_DIFFER, and then an item of this report follows. `left_out`:
 * disagreements that are not on the page; `unread`: reports that are not, since a reader could not read
 * them. */
MUST_USE err review_page_begin(struct buf *out, view title, const view *names, uint32_t n);
MUST_USE err review_page_report(struct buf *out, view id, view codes);
MUST_USE err review_page_item(struct buf *out, const struct review_item *item);
MUST_USE err review_page_end(struct buf *out, uint64_t left_out, uint64_t unread);
