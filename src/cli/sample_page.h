/* cli/sample_page.h — a sample as one HTML page to read and judge in a browser, without a server.
 *
 * Before and after stand side by side. Verdicts are kept by the page and saved as a file of JSON lines; the
 * page loads nothing and sends nothing (its content security policy forbids it). It holds clear text.
 * Threads: the main thread only. */
#pragma once
#include "deid/review.h"

MUST_USE err sample_page(const struct review *r, struct buf *out);
