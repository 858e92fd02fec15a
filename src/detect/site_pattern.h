/* detect/site_pattern.h — a site's own patterns, as PCRE2 understands them (UTF, Unicode classes).
 *
 * A pattern is bounded: steps at one place of the text, depth and heap. A text on which a bound is
 * reached fails as a whole, because nobody knows what the pattern would have found. A match shorter than
 * `min` code points is none; one longer than `max` fails the text too.
 * Threads: fill it from one thread; then it is immutable and shared.
 */
#pragma once
#include "detect/doc.h"

enum {
    SITE_PATTERNS_MAX = 256,
    SITE_REGEX_MAX = 1000, /* bytes */
    SITE_MATCH_MAX = 256,  /* code points: the most that `max` may be */
    SITE_MATCH_USUAL = 64, /* `max` when none is given */
    SITE_CUE_REACH = 12,   /* tokens before the match in which the cue must stand */
};
struct site_pattern {
    view regex; /* borrowed for the call */
    enum label label;
    view cue;          /* a phrase that must stand before the match; "" for none */
    uint32_t min, max; /* code points */
};

struct site_patterns;
MUST_USE err site_patterns_new(struct site_patterns **out);
void site_patterns_free(struct site_patterns *p);
/* OK; ERR_FORMAT (the regex is not valid), ERR_UNSUPPORTED (it can match nothing at all), ERR_USAGE (the cue
 * has no letter or digit), ERR_LIMIT, ERR_MEMORY. Unchanged when it fails. */
MUST_USE err site_patterns_add(struct site_patterns *p, const struct site_pattern *what);
/* Appends the matches. OK, ERR_MEMORY, or ERR_LIMIT when a bound was reached. */
MUST_USE err site_patterns_find(const struct site_patterns *p, const struct doc *d,
                                struct findings *out);
