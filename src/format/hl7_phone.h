/* format/hl7_phone.h — which digits of a telephone number a component of an XTN holds.
 *
 *     XTN-1 (617)555-0123X22    XTN-5 1    XTN-6 617    XTN-7 5550123    XTN-8 22
 *
 * One number stands there twice, as a whole and in parts, which must stay one. Without XTN-1, or where that is another
 * number, the parts are the whole.   Threads: as format/hl7_walk.h.
 */
#pragma once
#include "format/hl7_inside.h"

/* Of which number component n of the XTN in `rep` is a part; in the arena, NULL when of none. ERR_MEMORY. */
MUST_USE err hl7_phone_part(struct hl7_walk *w, struct hl7_range rep, uint32_t n,
                            const struct number_part **out);
