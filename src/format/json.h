/* format/json.h — a JSON walker that knows where everything stands (RFC 8259, strict).
 *
 * Pulls events from a document in memory, with the byte range of each; nothing is copied, nothing is
 * lost. Depth at most 512. Invalid escapes, lone surrogates, control characters, duplicate roots and
 * trailing bytes are ERR_FORMAT with their offset.   Threads: one owner.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "text/offsets.h"

/* clang-format off */
enum json_event {
    JSON_END, JSON_OBJECT, JSON_OBJECT_END, JSON_ARRAY, JSON_ARRAY_END,
    JSON_KEY, JSON_STRING, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL,
};
/* clang-format on */
struct json {
    view doc; /* well-formed UTF-8, borrowed */
    size_t pos;
    size_t start, end; /* of the event just returned; strings and keys: inside the quotes */
    bool has_escape;   /* of the string or key just returned */
    uint32_t depth;
    uint8_t stack[64]; /* a bit a level: object or array */
    uint8_t state;
};
/* Bytes of the byte order mark that a document may begin with. */
static inline size_t json_bom_length(view doc)
{
    return view_starts(doc, VIEW("\xEF\xBB\xBF")) ? 3 : 0;
}
void json_init(struct json *j, view doc);
MUST_USE err json_next(struct json *j, enum json_event *out, struct diag *d);
/* Skips the rest of the value whose opening event was just returned (nothing for scalars). */
MUST_USE err json_skip(struct json *j, enum json_event opening, struct diag *d);
/* The text of the string event just returned and its map (offsets from j->start). Borrowed from doc
 * when it has no escape. `map` may be NULL. */
MUST_USE err json_string(const struct json *j, struct arena *a, view *text, struct offset_map *map);
/* Appends `text` as it stands between the quotes of a JSON string; what needs no escape stays UTF-8.
 * ERR_ENCODING when it is not UTF-8, ERR_MEMORY, ERR_LIMIT; out is unchanged then. */
MUST_USE err json_escape(view text, struct buf *out);
/* Is all of v one number of the JSON grammar? */
bool json_is_number(view v);
/* A key that is more than a word of a schema: somebody may have put a name or a number there. So many digits tell. */
enum { JSON_DIGITS_OF_DATA = 5 };
bool json_key_could_be_data(view key);
