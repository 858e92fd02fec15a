/* report/review_page.h — a page on which a person looks at disagreements, one after the other.
 *
 *     review_page_begin(&b, VIEW("Disagreements"), VIEW("a.jsonl and b.jsonl"));
 *     review_page_item(&b, &item)      for each: the text with the words marked that each reader meant
 *     review_page_end(&b)
 *
 * One HTML file without script, and nothing in it is loaded from anywhere. It holds clear text: whoever
 * may read the reports may read it.   Threads: pure but for the buffer.
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
    const char *const *says; /* what each reader says; static words */
    uint32_t n_readers;
    const struct review_mark *marks; /* in any order; clamped to the text */
    uint32_t n_marks;
};
/* All append; ERR_MEMORY or ERR_LIMIT. */
MUST_USE err review_page_begin(struct buf *out, view title, view subtitle);
MUST_USE err review_page_item(struct buf *out, const struct review_item *item);
MUST_USE err review_page_end(struct buf *out);
