/* redact/canonical.h — the form of a value in which two spellings of it are the same.
 *
 * Without case, diacritics, zero-width characters and compatibility forms. CANON_WORD keeps letters and
 * digits alone ("(617) 555-0123" and "617.555.0123" agree, "O'Brien" is "obrien"); CANON_TEXT has one
 * space for each run of other characters ("Main St., Boston" and "main st  boston" agree).
 * Threads: pure.
 */
#pragma once
#include "base/arena.h"

enum canon { CANON_WORD, CANON_TEXT };

/* The canonical form of v (well-formed UTF-8): in `room` when it fits there, else in the arena.
 * OK, ERR_MEMORY or ERR_LIMIT. */
enum { CANON_ROOM = 256 };
MUST_USE err canonical(view v, enum canon form, struct arena *a, char room[CANON_ROOM], view *out);

/* What a character is to a name: letters and marks, digits, nothing visible, or a border. */
enum glyph { GLYPH_BORDER, GLYPH_LETTER, GLYPH_DIGIT, GLYPH_HIDDEN };
enum glyph glyph_of(uint32_t cp);
/* The character at *pos and what it is; *pos moves past it. v well-formed, *pos < v.n. */
enum glyph glyph_next(view v, size_t *pos, uint32_t *cp);
/* +1 upper case, -1 lower case, 0 neither. */
int glyph_case(uint32_t cp);
static inline bool glyph_is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == '`' || cp == 0x2019 || cp == 0x2018 || cp == 0x2BC;
}
