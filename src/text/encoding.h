/* text/encoding.h — bytes of a file to UTF-8 and back.
 *
 * UTF-8 (with or without BOM), UTF-16 with BOM, Latin-1 and Windows-1252, and, where they are named, parts 2
 * to 9 and 15 of ISO 8859. Guessing is conservative:
 * a NUL byte without a UTF-16 BOM is binary; bytes that mix well-formed multi-byte UTF-8 with broken
 * sequences are broken UTF-8, never Windows-1252.   Threads: pure.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "text/offsets.h"

/* clang-format off */
enum encoding {
    ENC_AUTO, ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE, ENC_WINDOWS1252, ENC_LATIN1,
    ENC_ISO8859_2, ENC_ISO8859_3, ENC_ISO8859_4, ENC_ISO8859_5, ENC_ISO8859_6, ENC_ISO8859_7,
    ENC_ISO8859_8, ENC_ISO8859_9, ENC_ISO8859_15,
};
/* clang-format on */

/* Never ENC_AUTO on OK; ERR_ENCODING with the offset when the bytes are no text. */
MUST_USE err encoding_guess(view bytes, enum encoding *out, struct diag *d);
/* The text and the map from it to `bytes`. For UTF-8 the text is borrowed from `bytes` (BOM left out);
 * else it lives in the arena. ERR_ENCODING, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err encoding_decode(enum encoding enc, view bytes, struct arena *a, view *text,
                             struct offset_map *map, struct diag *d);
/* Appends UTF-8 `text` in enc (no BOM). ERR_ENCODING when a character does not exist there. */
MUST_USE err encoding_encode(enum encoding enc, view text, struct buf *out);
/* "utf-8", "latin1", "iso-8859-2" … ; false when unknown. */
bool encoding_from_name(view name, enum encoding *out);
