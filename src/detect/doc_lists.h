/* detect/doc_lists.h — the lists of a doc's tokens that detectors walk (detect/doc.h).
 *
 * Part of doc_prepare, once tokens and their entries are known.   Threads: pure but for the document.
 */
#pragma once
#include "detect/doc.h"

/* Makes all lists of d; *starts: the words that may begin a phrase. OK or ERR_MEMORY. */
MUST_USE err doc_lists(struct doc *d, const struct routes *r, struct token_list *starts);
