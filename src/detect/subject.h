/* detect/subject.h — whose dates a stretch of a text holds: the patient's, the mother's, twin A's …
 *
 * A note of a birth or a transplant tells of two persons or more, and each one's dates move by an offset
 * of his own, or one known date would give the other person's away. Only a header begins a stretch, of
 * words for the person and for what notes say of one: "MOTHER", "Maternal history:", "Twin A:", "DONOR
 * INFORMATION", "Infant DOB:". "Donor site:", "Newborn screen:", "Maternal aunt:" are the patient's. Where
 * it is not sure whose a date is, it is the patient's: then its intervals stay right.
 *
 *   Mother's DOB:  one value, anywhere in a line: to the next field or the line's end
 *   Mother: G2P1   with text on its line: to an empty line, or a line that begins with a header or list mark
 *   MOTHER         alone on its line: to a header alone on its line, or one that begins a paragraph (other
 *                  than its first). When a later line is another person's, the note is parted by persons:
 *                  each part lasts to the next, and the last one goes on over the headers that an earlier
 *                  one had too.
 * Another person's header, signatures, addenda and ruled lines end all of them. A field ("mother_dob") can
 * be a person's as a whole.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

/* Sets the subject of every DATE in f, which are sorted findings of d. ERR_MEMORY. */
MUST_USE err subject_mark(const struct doc *d, struct findings *f);
/* "mother", "twin-a"; "" for the patient. Part of the scheme: offsets are derived from it. */
const char *subject_name(enum finding_subject s);
