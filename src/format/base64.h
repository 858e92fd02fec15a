/* format/base64.h — base64 as FHIR, HL7 v2 and CDA have it (RFC 4648, 4).   Threads: pure. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

/* White space between the characters is allowed, padding may be left out. ERR_FORMAT when it is none,
 * ERR_MEMORY; `out` lives in the arena. */
MUST_USE err base64_decode(view text, struct arena *a, view *out);
/* Appends, on one line and padded. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err base64_encode(view bytes, struct buf *out);
