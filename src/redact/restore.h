/* redact/restore.h — from the replacements of one text back to its values.
 *
 * Knows what was replaced by what in one text, and puts the values back where the replacements stand in
 * another: what someone wrote from the redacted one. Needs no key, and inverts nothing: it remembers.
 * Where it isn't sure, it leaves the replacement: a wrong name in a note is worse than a tag. Shut are
 *   - a replacement of two values that differ in any byte (tags do not tell "Smith" from "SMITH")
 *   - one in quotes that was made of a value in its quotes, and of one between quotes too (a number of JSON and a
 *     string): it may be either
 *   - one that stands in the redacted text where nothing was replaced
 *   - one that is part of its value (a year), or too usual to be known again: under three bytes, or under
 *     five without a letter
 * A replacement is known again where it stands byte for byte and as a word: no letter, digit or "_" goes
 * on before or after it, nor a number ("3/14" is no part of "3/14/2020"). The longest wins.
 * Threads: a struct restore is immutable; share it.
 */
#pragma once
#include "base/buf.h"
#include "text/edit.h"

struct restore;
struct restore_counts {
    uint64_t put_back, left; /* replaced by the value; shut, and left as they stood */
};

/* `text` and the edits made to it; both are copied as far as needed. ERR_MEMORY or ERR_LIMIT. */
MUST_USE err restore_new(struct restore **out, view text, const struct edits *edits);
void restore_free(struct restore *r); /* wiped */
/* Edits whose replacement restore_text would not turn back in the redacted text itself; with 0 that text
 * becomes the original. */
uint32_t restore_lost(const struct restore *r);
/* Appends `text` with the values put back. Nothing is appended when this fails. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err restore_text(const struct restore *r, view text, struct buf *out,
                          struct restore_counts *counts);
