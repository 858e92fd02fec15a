/* detect/zip.h — postal codes: ZIP, ZIP+4, and those of postcode.h.   Threads: pure. */
#pragma once
#include "detect/doc.h"

/* Appends them, each a finding of its own (PART_ZIP), for the rules that keep three digits of it.
 * Five digits are a ZIP code after a state, a town, the word "ZIP", or an address: the findings of
 * out from `streets` on are the addresses of this text. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err zip_find(const struct doc *d, uint32_t streets, struct findings *out);
