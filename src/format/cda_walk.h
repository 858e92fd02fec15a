/* format/cda_walk.h — one XML document as pieces, by what its elements are.   Threads: one owner. */
#pragma once
#include "format/format.h"

/* ERR_FORMAT where it is not well-formed, ERR_UNSUPPORTED for a document type declaration (entities of
 * its own), a character set that can't be read, and embedded data that is no text, unless it is dropped;
 * ERR_LIMIT for a nesting over 256; ERR_MEMORY. The diag has the offset. */
MUST_USE err cda_walk(view bytes, bool drops_attachments, struct arena *a, struct record *out,
                      struct diag *d);
