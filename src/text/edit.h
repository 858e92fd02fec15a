/* text/edit.h — "replace these bytes of the text by those": what redact/ asks and format/ does. */
#pragma once
#include "base/base.h"

struct edit {
    uint32_t start, end; /* bytes [start, end) of the decoded text */
    view with;           /* UTF-8, borrowed */
};
struct edits { /* ascending, never overlapping */
    struct edit *v;
    uint32_t n;
};
