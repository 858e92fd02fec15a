/* redact/tag.h — "[NAME]" and "[NAME-7QK2]".
 *
 * A tag is a keyed hash of (label, project, canonical value) spelled with 4 to 6 of thirty signs (4 give
 * 810,000 tags: two of 100 values of a text share one once in 160 texts; the length is a setting, since
 * a tag must not depend on its neighbours).   Threads: as struct rewrite.
 */
#pragma once
#include "redact/rewrite.h"

view tag_mask(enum label l); /* "[NAME]", static */
/* One tag for the value; for a NAME one a word, with titles and credentials kept. */
MUST_USE err tag_value(struct rewrite *r, int letters, bool *done);
