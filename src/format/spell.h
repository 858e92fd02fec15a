/* format/spell.h — a replacement as the place it goes to spells it.   Threads: pure. */
#pragma once
#include "format/format.h"

/* Appends `with` (UTF-8) as text of p in r. ERR_ENCODING when it can't be spelled there, ERR_MEMORY,
 * ERR_LIMIT; what was appended by then stays, the caller takes it back. SPELL_JSON_NUMBER is not for
 * here: see format/write.c. */
MUST_USE err spell(const struct record *r, const struct piece *p, view with, struct buf *out);
