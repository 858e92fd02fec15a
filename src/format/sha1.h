/* format/sha1.h — SHA-1 (FIPS 180-4), which FHIR's Attachment.hash is defined by. For nothing that has
 * to be safe.   Threads: pure. */
#pragma once
#include "base/base.h"

enum { SHA1_BYTES = 20 };
void sha1(view v, uint8_t out[SHA1_BYTES]);
