/* text/fold.h — the form of a text in which identifiers are looked for.
 *
 * NFC; zero-width characters and soft hyphens removed; no-break and other spaces to ' '; typographic
 * quotes, dashes and full-width forms to ASCII. Entities of HTML to
 * their characters. Case stays. Line ends stay ("\r\n" too). Nothing that
 * hides an identifier from a reader's eye hides it here. Plain ASCII (and any text that is folded
 * already) is borrowed and its map is the identity.    Threads: pure.
 */
#pragma once
#include "base/arena.h"
#include "text/offsets.h"

/* `text` is well-formed UTF-8. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err fold_text(view text, struct arena *a, view *folded, struct offset_map *map);
