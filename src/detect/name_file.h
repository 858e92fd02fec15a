/* detect/name_file.h — names and numbers inside the names of files: "oconnor_mary.pdf", "JSMITH-MRI.docx".
 *
 * What stands there is typed without care for capitals and blanks, so the words are judged by the lexicon
 * alone: two names beside each other, or one that is hardly anything else. Six digits and more that are
 * no date are a number of the patient's or of the visit's.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Appends them. `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_files(const struct doc *d, const uint8_t *taken, struct findings *out);
