/* text/entity.h — characters written as entities: "O&apos;Brien", "Mart&iacute;nez", "&#39;", "&#xED;".
 *
 * The five of XML, the letters and signs of Latin-1, common punctuation, and numbers.
 * Source: HTML 4.01, 24 (character entity references).   Threads: pure.
 */
#pragma once
#include "base/view.h"

/* The length of the entity that begins with the '&' at in[at], and its code point, never 0 or a surrogate; 0 when
 * it is none. */
size_t entity_at(view in, size_t at, uint32_t *cp);
